"""What the pages of this room say of changes and events, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from directory.desk import fields
from directory.desk.review.showing import list_name
from directory.doctor.lists import OLD_DAYS
from directory.model import Language
from directory.publication.beforehand import Item
from directory.publication.gone import Why
from directory.publication.history import Event
from directory.publication.undo import UndoneState
from directory.store import SourceRecord
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.names import capital

__all__ = ["Change", "Line", "aged", "back_again", "change", "event_text", "why"]

Titles = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One field before and after, in words; empty where nothing is said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One place that comes, changes or goes."""

    kind: str
    id: str
    name: str
    hidden: bool
    list_name: str
    why: str
    lines: tuple[Line, ...]
    fields: str


def change(item: Item, titles: Titles, lang: Language) -> Change:
    """A change as the page shows it; of a confidential place the names of the fields and no value."""
    found, shown = item.change, frozenset(item.fields)
    told = () if found.hidden else tuple(
        Line(capital(fields.label(one.field, lang)), fields.value(one.field, one.before, lang),
             fields.value(one.field, one.after, lang))
        for one in found.fields if one.field in shown
    )  # fmt: skip
    named = ", ".join(dict.fromkeys(fields.label(name, lang) for name in item.fields)) if found.hidden else ""
    reason = why(found.reason, titles, lang) if found.reason else ""
    return Change(
        found.kind.value, found.id, found.name, found.hidden, list_name(found.source, titles, lang), reason, told, named
    )  # fmt: skip


def why(reason: str, titles: Titles, lang: Language) -> str:
    """Why a place is no longer shown."""
    if not isinstance(reason, Why) or not reason.parts:
        return capital(reason)
    return " ".join(_part(code, values, titles, lang) for code, values in reason.parts)


def _part(code: str, values: Mapping[str, str], titles: Titles, lang: Language) -> str:
    said = {**values, "list": list_name(values.get("list", ""), titles, lang)}
    for name in ("day", "until"):
        said[name] = _day(values.get(name, ""), lang)
    return say(f"desk.publish.why.{code}", lang, **said)


def _day(text: str, lang: Language) -> str:
    try:
        return day_text(date.fromisoformat(text[:10]), lang)
    except ValueError:
        return text


def aged(sources: tuple[SourceRecord, ...], today: date, lang: Language) -> tuple[str, ...]:
    """The lists that are old, or bear no day."""
    return tuple(_aged(sources, today, lang))


def _aged(sources: tuple[SourceRecord, ...], today: date, lang: Language) -> Iterator[str]:
    for item in sources:
        days = (today - item.as_of).days if item.as_of else None
        if item.as_of and days is not None and days > OLD_DAYS:
            day = day_text(item.as_of, lang)
            yield say("desk.publish.old", lang, list=item.title, day=day, days=days)


def back_again(state: UndoneState, titles: Titles, lang: Language) -> str:
    """What publishing would bring back."""
    lists = ", ".join(list_name(source, titles, lang) for source, _ in state.lists)
    key = "desk.publish.undone.lists" if lists else "desk.publish.undone.plain"
    return say(key, lang, day=_day(state.undone_at, lang), lists=lists)


def event_text(event: Event, titles: Titles, lang: Language) -> str:
    """What happened, in a sentence."""
    parts = event.parts
    if event.kind in ("published", "undone"):
        lists = ", ".join(list_name(str(one), titles, lang) for one in _many(parts["lists"]))
        text = say("desk.publish.event.places", lang, count=f"{parts['listings']:,}", lists=lists or "-")
        if event.kind == "published":
            return text
        return f"{say('desk.publish.event.back_to', lang, when=_moment(str(parts['file']), lang))} {text}"
    if event.kind == "decided":
        return _decided(parts, lang)
    name = list_name(str(parts["source_id"]), titles, lang)
    if event.kind == "stopped":
        return say("desk.publish.event.stopped", lang, list=name, why=parts["why"] or "-")
    counts = {key: parts[key] for key in ("added", "changed", "gone")}
    return say("desk.publish.event.counts", lang, list=name, **counts)


def _many(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple) else ()


def _moment(file: str, lang: Language) -> str:
    """The day of a publication's name (20261122T190700Z-001), which is all that is known of an old one."""
    try:
        return day_text(datetime.strptime(file[:8], "%Y%m%d").date(), lang)
    except ValueError:
        return file


def _decided(parts: Mapping[str, object], lang: Language) -> str:
    until = _day(str(parts["until"]), lang) if parts["until"] else ""
    field = fields.label(str(parts["field"]), lang) if parts["field"] else ""
    what = " ".join(filter(None, (say(f"desk.review.kind.{parts['kind']}", lang), f"({field})" if field else "")))
    ends = say("desk.publish.event.until", lang, day=until) if until else ""
    back = say("desk.publish.event.taken_back", lang, who=parts["undone_by"]) if parts["undone_by"] else ""
    return " ".join(filter(None, (f"{what}: {parts['listing_id']}.", ends, str(parts["why"]), back)))
