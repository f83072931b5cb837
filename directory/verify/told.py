"""A field of a place and the reasons to call it, in words of either language."""

from __future__ import annotations

from collections.abc import Iterator

from directory import phones
from directory.eligibility import rules
from directory.model import Capacity, Language, Listing, Phone
from directory.text import listing as words
from directory.text.catalogue import say
from directory.text.own import stated
from directory.verify.fields import Field
from directory.verify.queue import Reasons

__all__ = ["NO_ANSWERS", "field_name", "reasons", "value"]

NO_ANSWERS = 3
"""So often nobody answered in a row that it is told."""


def field_name(field: Field, language: Language) -> str:
    """What the field is called."""
    return say(f"desk.verify.field.{field.value}", language)


def value(field: Field, record: Listing, language: Language) -> str:
    """What we show there; empty where nothing is known."""
    return {
        Field.NAME: lambda: record.name,
        Field.SERVICES: lambda: _services(record, language),
        Field.PHONE: lambda: "; ".join(words.phone_text(item, language) for item in record.phones if _told(item)),
        Field.ADDRESS: lambda: words.address_text(record.address) if record.address else "",
        Field.HOURS: lambda: _hours(record, language),
        Field.WHO: lambda: stated(record.eligibility_text) or "",
        Field.LANGUAGES: lambda: words.joined(
            [words.language_name(code, language) for code in record.languages], language
        ),
        Field.CAPACITY: lambda: _room(record, language),
    }[field]()


def reasons(found: Reasons, language: Language) -> list[str]:
    """Why it should be called, the weightiest first."""
    return list(_reasons(found, language))


def _reasons(found: Reasons, language: Language) -> Iterator[str]:
    def tell(key: str, **values: object) -> str:
        return say(f"desk.verify.reason.{key}", language, **values)

    if found.people:
        what = words.joined([say(f"desk.verify.report.{name}", language) for name, _ in found.what], language)
        yield tell("reported.one" if found.people == 1 else "reported", people=found.people, what=what)
    if found.differs:
        fields = words.joined([field_name(field, language).lower() for field in found.differs], language)
        yield tell("differs", fields=fields)
    if found.days is None:
        yield tell("undated")
    else:
        yield tell("listed" if found.never else "checked", days=found.days)
    if found.shown:
        yield tell("shown.one" if found.shown == 1 else "shown", times=found.shown)
    if found.unanswered >= NO_ANSWERS:
        yield tell("unanswered", times=found.unanswered)


def _told(item: Phone) -> bool:
    return bool(phones.display(item))


def _services(record: Listing, language: Language) -> str:
    known = rules.programs()
    names = [words.program_name(id, language) for id in record.programs if id in known]
    return ", ".join(names or [words.need_name(need, language) for need in record.needs])


def _hours(record: Listing, language: Language) -> str:
    week = words.known_week(record)
    return words.week(week, language) if week else stated(record.hours_text) or ""


def _room(record: Listing, language: Language) -> str:
    if record.capacity is Capacity.UNKNOWN:
        return ""
    told = say(f"desk.room.{record.capacity.value}", language)
    return f"{told}: {record.wait_list}" if record.wait_list and record.capacity is Capacity.WAIT_LIST else told
