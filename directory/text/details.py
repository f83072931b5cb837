"""Everything about one place, and the short answers to "what is their phone" and "when are they open"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from directory.model import Capacity, Language, Listing, Tri
from directory.search import Freshness, Hit
from directory.text import terms
from directory.text.catalogue import by_text, is_by_text, say
from directory.text.english import once, quoted
from directory.text.facts import (
    address_text,
    all_programs,
    dated,
    demo_notice,
    distance,
    phone_shown,
    phone_text,
    service_name,
    title,
    where,
)
from directory.text.names import capital, joined, language_name, plan_name
from directory.text.own import OWN_WORDS, display_name, stated
from directory.text.week import beside_week, known_week, old_year, week

__all__ = ["details", "hours_line", "phone_line"]


def details(hit: Hit, language: Language, *, clip: int = OWN_WORDS, channel: str = "web") -> str:
    """Everything that is known of a place, a line for each fact; its own words are cut at `clip` letters.

    Of each other service there only what differs is said. In a text message stands first what somebody needs who goes
    or calls today.
    """
    with by_text(channel == "sms" or is_by_text()):
        return _details(hit, language, clip, first=_for_today if channel == "sms" else None)


def _details(hit: Hit, language: Language, clip: int, first: Callable[[Hit, Language, int], list[str]] | None) -> str:
    today = first(hit, language, clip) if first else []
    own = [*today, *(line for line in _facts(hit, language, clip) if line not in today)]
    demo = [demo_notice(language, one=True)] if any(each.listing.provenance.demo for each in hit.services) else []
    above, below = (demo, []) if first else ([], demo)  # by text message no part of it comes without
    head = [title(hit.listing, language), *above, *_notice(hit.listing, language, clip)]
    who = _who(hit.listing, language)
    lines = [*head, *today, *who, *own[len(today) :]]
    for other in hit.also:
        lines += _also(other, hit, own, language, clip)
    return once("\n".join((*lines, *below)), language)


def _also(other: Hit, hit: Hit, own: Sequence[str], language: Language, clip: int) -> list[str]:
    notices = [
        text for text in _notice(other.listing, language, clip) if text not in _notice(hit.listing, language, clip)
    ]
    differing = [*notices, *(line for line in _facts(other, language, clip) if line not in own)]
    name = service_name(other, hit, language)
    if name:
        return [say("details.also", language, text=name), *differing]
    return [say("details.also.other", language), *differing] if differing else []


def _notice(listing: Listing, language: Language, clip: int) -> list[str]:
    text = terms.notice(listing, language, clip)
    return [text] if text else []


def _facts(hit: Hit, language: Language, clip: int) -> list[str]:
    groups = (
        _reach(hit, language),
        _times(hit, language, clip),
        _languages(hit.listing, language),
        _joining(hit.listing, language, clip),
        _places_words(hit.listing, language, clip),
        _origin(hit, language),
    )
    return [text for group in groups for text in group]


def _for_today(hit: Hit, language: Language, clip: int) -> list[str]:
    """Whom to call and where to go, when, of which day that is, what it costs and takes, what they speak."""
    groups = (
        _way(hit, language),
        _times(hit, language, clip),
        _origin(hit, language),
        _quoted(_to_have(hit.listing, language), language, clip),
        _languages(hit.listing, language),
    )
    return [text for group in groups for text in group]


def _who(listing: Listing, language: Language) -> list[str]:
    named = listing.organization.casefold() in display_name(listing).casefold()
    lines = [] if named else [say("details.organization", language, text=listing.organization)]
    programs = all_programs(listing, language)
    return [*lines, say("details.programs", language, text=programs)] if programs else lines


def _way(hit: Hit, language: Language) -> list[str]:
    """Its phones, its address, how far it is."""
    record = hit.listing
    numbers = ", ".join(phone_text(phone, language) for phone in record.phones)
    lines = [say("details.phone", language, text=numbers) if numbers else say("details.phone.none", language)]
    street = where(record, language) or (address_text(record.address) if record.address else "")
    if street:
        lines.append(say("details.address", language, text=street))
    if near := distance(hit, language):
        lines.append(say("details.distance", language, text=near))
    return lines


def _reach(hit: Hit, language: Language) -> list[str]:
    record, lines = hit.listing, _way(hit, language)
    if record.statewide:
        lines.append(say("details.area.state", language))
    elif record.counties:
        area = joined([say("place.county", language, county=county) for county in record.counties], language)
        lines.append(say("details.area", language, text=area))
    lines += [
        say(f"details.{key}", language, text=text)
        for key, text in (("url", record.url), ("email", record.email))
        if text
    ]
    return lines


def _times(hit: Hit, language: Language, clip: int) -> list[str]:
    schedule = known_week(hit.listing)
    own = quoted(stated(hit.listing.hours_text) or "", language, clip)
    said = week(schedule, language) if schedule else own
    if not said:
        return [
            say("details.hours.unknown" if phone_shown(hit.listing) else "details.hours.unknown.no_phone", language)
        ]
    beside = _beside(hit.listing, language, clip)
    lines = [_hours_said(hit, said, language), *filter(None, [beside]), say(f"details.open.{hit.open.value}", language)]
    current = schedule if hit.freshness is not Freshness.STALE else None
    if current and not current.always and current.holidays is Tri.UNKNOWN:
        lines.append(say("details.holiday", language))
    return lines


def _beside(listing: Listing, language: Language, clip: int) -> str:
    own = beside_week(listing)
    return say("details.hours.beside", language, text=quoted(own, language, clip)) if own else ""


def _hours_said(hit: Hit, said: str, language: Language) -> str:
    if year := old_year(hit):
        return say("details.hours.old", language, year=year, text=said)
    if hit.freshness is Freshness.STALE:
        return say("details.hours.undated", language, text=said)
    return say("details.hours" if known_week(hit.listing) else "details.hours.said", language, text=said)


def _languages(record: Listing, language: Language) -> list[str]:
    if not record.languages:
        return [say("details.languages.unknown", language)]
    names = [language_name(code, language) for code in record.languages]
    return [say("details.languages", language, text=joined(names, language))]


def _joining(record: Listing, language: Language, clip: int) -> list[str]:
    start = (("ways", capital(terms.ways(record, language))), ("apply", terms.how_to_apply(record)))
    lines = _quoted((*start, *_to_have(record, language)), language, clip)
    if record.plans:
        lines.append(say("details.plans", language, text=", ".join(plan_name(plan) for plan in record.plans)))
    lines.append(say(f"details.referrals.{record.taking_referrals.value}", language))
    if record.capacity is not Capacity.UNKNOWN:
        lines.append(terms.room(record, language))
    if record.wheelchair is not Tri.UNKNOWN:
        lines.append(say(f"details.wheelchair.{record.wheelchair.value}", language))
    return lines


def _to_have(record: Listing, language: Language) -> Sequence[tuple[str, str | None]]:
    return (
        ("documents", stated(record.documents)),
        ("id", terms.id_asked(record, language)),
        ("fees", capital(terms.price(record, language))),
    )


def _quoted(texts: Sequence[tuple[str, str | None]], language: Language, clip: int) -> list[str]:
    return [say(f"details.{key}", language, text=quoted(text, language, clip)) for key, text in texts if text]


def _places_words(record: Listing, language: Language, clip: int) -> list[str]:
    texts = (("description", stated(record.description)), ("eligibility", stated(record.eligibility_text)))
    return _quoted(texts, language, clip)


def _origin(hit: Hit, language: Language) -> list[str]:
    """In one line, so that beside another service the day and the list it belongs to stay together."""
    day, title_of_list = capital(dated(hit, language)), hit.listing.provenance.source_title
    return [say("details.source", language, day=day, list=title_of_list)]


def phone_line(hit: Hit, language: Language) -> str:
    """The answer to "what is their phone", after any mark that it may be wrong."""
    doubts = dict.fromkeys(terms.doubt(each.listing, language) for each in hit.services)
    said = _each_service(hit, language, _phone_sentence)
    return _marked(hit, language, " ".join(part for part in (*doubts, said) if part))


def _phone_sentence(hit: Hit, name: str, language: Language) -> str:
    numbers = ", ".join(phone_text(phone, language) for phone in hit.listing.phones)
    if not numbers:
        return say("phone.line.none", language, name=name)
    return say("phone.line", language, name=name, phone=numbers)


def hours_line(hit: Hit, language: Language) -> str:
    """The answer to "when are they open", after any notice ("closed on Friday")."""
    notices = dict.fromkeys(terms.notice(each.listing, language) for each in hit.services)
    said = _each_service(hit, language, _hours_sentence)
    return once(_marked(hit, language, " ".join(part for part in (*notices, said) if part)), language)


def _each_service(hit: Hit, language: Language, sentence: Callable[[Hit, str, Language], str]) -> str:
    """A sentence for the place, and one for each other service there for which it is another."""
    name = title(hit.listing, language)
    said = {sentence(hit, name, language): sentence(hit, name, language)}
    for other in hit.also:
        label = service_name(other, hit, language)
        said.setdefault(
            sentence(other, name, language), sentence(other, f"{name}, {label}" if label else name, language)
        )
    return "\n".join(said.values())


def _hours_sentence(hit: Hit, name: str, language: Language) -> str:
    schedule, text, phone = known_week(hit.listing), stated(hit.listing.hours_text), phone_shown(hit.listing)
    said = week(schedule, language) if schedule else quoted(text or "", language, OWN_WORDS)
    if said and not (schedule is None and phone and _ONLY_CALL.match(text or "")):
        is_open = say(f"details.open.{hit.open.value if schedule else 'unknown'}", language)
        key = "hours.line.old" if old_year(hit) else "hours.line" if schedule else "hours.line.said"
        old = {"year": old_year(hit)} if old_year(hit) else {}
        line = say(key, language, name=name, hours=said, open=is_open, **old)
        return f"{line} {beside}" if (beside := _beside(hit.listing, language, OWN_WORDS)) else line
    if phone is None:
        return say("hours.line.unknown.no_phone", language, name=name)
    return say("hours.line.unknown", language, name=name, phone=phone)


_ONLY_CALL = re.compile(r"\s*(?:please\s+)?call(?: first| ahead| for (?:the )?hours)?\s*[.!]?\s*$", re.IGNORECASE)
"""Hours that say nothing but to call: "Call for hours"."""


def _marked(hit: Hit, language: Language, text: str) -> str:
    return f"{text}\n{demo_notice(language, one=True)}" if hit.listing.provenance.demo else text
