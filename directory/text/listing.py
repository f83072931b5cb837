"""How a listing reads: a line of a list, everything about it, a whole reply, and what to say when there is none.

Names and addresses are never translated; unknown is said as unknown; a place's own words are introduced as its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from directory import hours, phones, plans
from directory.eligibility import rules
from directory.model import (
    Address,
    Capacity,
    Language,
    Listing,
    Need,
    Phone,
    PhoneKind,
    Place,
    PlaceKind,
    Schedule,
    Tri,
)
from directory.reply import ShownListing
from directory.search import Freshness, Hit, Query, Relaxed, SearchResult
from directory.text import terms
from directory.text.catalogue import keys, say
from directory.text.day import day_text
from directory.text.own import clipped, display_name, stated

__all__ = [
    "Answer",
    "Channel",
    "NoneFound",
    "address_text",
    "answers",
    "dated",
    "day_text",
    "demo_notice",
    "details",
    "distance",
    "header",
    "hours_line",
    "joined",
    "known_week",
    "language_code",
    "language_name",
    "line",
    "need_name",
    "none_found",
    "notes",
    "old_year",
    "page",
    "phone_line",
    "phone_text",
    "place_name",
    "plan_name",
    "program_name",
    "relaxed_line",
    "service_name",
    "shown",
    "title",
    "week",
    "where",
]

Channel = Literal["sms", "web", "print"]

OWN_WORDS = 280
"""Of a place's own words, at most so many letters are repeated in a message; the desk shows them whole."""


@dataclass(frozen=True)
class NoneFound:
    """What to say when nothing was found, and the phones in it that belong to no listing."""

    text: str
    phones: tuple[str, ...]


# A list of places


def page(result: SearchResult, language: Language, first: int = 1, *, channel: Channel = "web") -> str:
    """The whole reply for one page of a search whose first listing has the number `first`; none_found without hits."""
    if not result.hits:
        return none_found(result, language).text
    numbered = [
        f"{number}. {line(hit, language, channel=channel, query=result.query)}"
        for number, hit in enumerate(result.hits, start=first)
    ]
    if channel == "sms":
        return "\n".join([*_above(result, language, first), *numbered, *_below(result, language, first)])
    parts = ["\n".join(_above(result, language, first)), *numbered, "\n".join(_below(result, language, first))]
    return "\n\n".join(part for part in parts if part)


def _above(result: SearchResult, language: Language, first: int) -> list[str]:
    if first > 1:
        return [say("header.more", language, header=header(result, language))]
    return [header(result, language), *notes(result, language)]


def notes(result: SearchResult, language: Language) -> list[str]:
    """What a person should know before the places: no list for the county, and what was given up."""
    place = result.query.place
    uncovered = [say("no_list.shown", language, county=place.county)] if place and not result.covered else []
    return [*uncovered, *(relaxed_line(step, result.query, language) for step in result.relaxed)]


def _below(result: SearchResult, language: Language, first: int) -> list[str]:
    last = first + len(result.hits) - 1
    if result.total > last:
        hint = say("hint.more", language)
    else:
        hint = say("hint.one" if result.total == 1 else "hint.details", language)
    if not any(hit.listing.provenance.demo for hit in result.hits):
        return [hint]
    return [hint, demo_notice(language, one=len(result.hits) == 1)]


def demo_notice(language: Language, *, one: bool = False) -> str:
    """That what is shown is invented."""
    return say("demo.notice.one" if one else "demo.notice", language)


def header(result: SearchResult, language: Language) -> str:
    """What was understood: "Food near 95354 (Modesto), open now:"."""
    query = result.query
    what = _capital(_what(query, language))
    filters = _filters(result, language)
    if query.place is None:
        return say("header.anywhere", language, what=what, filters=filters)
    key = "header.county" if query.place.kind is PlaceKind.COUNTY else "header"
    return say(key, language, what=what, place=place_name(query.place, language), filters=filters)


def _what(query: Query, language: Language) -> str:
    if query.program:
        return program_name(query.program, language)
    if query.need:
        return need_name(query.need, language)
    if query.text:
        return say("what.words", language, text=query.text)
    return say("what.places", language)


def _words(query: Query, language: Language) -> str:
    """The words asked for beside a need or a program."""
    return say("filter.words", language, text=query.text) if query.text and (query.program or query.need) else ""


def _filters(result: SearchResult, language: Language) -> str:
    """What was asked for and kept; what was given up is said apart."""
    query = result.query
    parts = [_words(query, language)] if _words(query, language) else []
    for step, key, names in _wanted(query, language):
        if step not in result.relaxed:
            sure = all(_states(hit, query)[step] is Tri.YES for hit in result.hits)
            parts.append(say(f"filter.{key}" if sure else f"filter.{key}_or_unknown", language, **names))
    return "".join(f", {part}" for part in parts)


def _wanted(query: Query, language: Language) -> list[tuple[Relaxed, str, dict[str, str]]]:
    """The filters asked for, in the order in which they are said: each with its key and the names its texts need."""
    spoken = {"language": language_name(query.language or "", language)}
    filters: tuple[tuple[object, Relaxed, str, dict[str, str]], ...] = (
        (query.plan, Relaxed.PLAN, "plan", {"plan": plan_name(query.plan or "")}),
        (query.language, Relaxed.LANGUAGE, "language", spoken),
        (query.open_now, Relaxed.OPEN_NOW, "open_now", {}),
        (query.taking_referrals, Relaxed.TAKING_REFERRALS, "referrals", {}),
        (query.has_room, Relaxed.CAPACITY, "room", {}),
    )
    return [(step, key, names) for asked, step, key, names in filters if asked]


def _states(hit: Hit, query: Query) -> dict[Relaxed, Tri]:
    return {
        Relaxed.PLAN: _among(query.plan, hit.listing.plans),
        Relaxed.LANGUAGE: _among(query.language, hit.listing.languages),
        Relaxed.OPEN_NOW: hit.open,
        Relaxed.TAKING_REFERRALS: hit.listing.taking_referrals,
        Relaxed.CAPACITY: hit.room,
    }


def _among(wanted: str | None, stated: tuple[str, ...]) -> Tri:
    if not stated:
        return Tri.UNKNOWN
    return Tri.YES if wanted in stated else Tri.NO


def relaxed_line(step: Relaxed, query: Query, language: Language) -> str:
    """What was given up, in words."""
    if step is Relaxed.LANGUAGE:
        return say("relaxed.language", language, language=language_name(query.language or "", language))
    if step is Relaxed.PLAN:
        return say("relaxed.plan", language, plan=plan_name(query.plan or ""))
    if step is not Relaxed.PROGRAM:
        return say(f"relaxed.{step.value}", language)
    program = rules.program(query.program or "")
    names = {"program": program.short.get(language), "need": need_name(query.need or program.need, language)}
    return say("relaxed.program", language, **names)


# One place


def line(hit: Hit, language: Language, *, channel: Channel = "web", query: Query | None = None) -> str:
    """A place as it stands in a list, with the programs of all its services.

    For `query` only the programs of the need asked for are named, and none when one program was asked for.
    """
    name = title(hit.listing, language)
    told = _told(hit)
    letters = terms.SMS_LETTERS if channel == "sms" else terms.NOTICE_LETTERS
    notices = dict.fromkeys(terms.notice(each.listing, language, letters) for each in told)
    what = " ".join(part for part in (*notices, _line_programs(told, query, language)) if part)
    facts = [_phone_shown(hit.listing) or say("phone.none", language)]
    near = distance(hit, language, short=channel == "sms")
    facts += [fact for fact in (near, _open_fact(told, query, language, channel), where(hit.listing, language)) if fact]
    facts += _asked_facts(hit, query, language) if query else []
    day = dated(min(told, key=_trust), language, short=channel == "sms")
    if channel == "sms":
        return f"{name}{f' - {what}' if what else ''}: {', '.join(facts)}. {_capital(day)}."
    head = f"{name}: {what}" if what else name
    return "\n".join([head, " · ".join(facts), f"{_capital(day)}."])


def title(listing: Listing, language: Language) -> str:
    """The name, marked when the listing is invented."""
    name = display_name(listing)
    return f"{name} {say('demo.mark', language)}" if listing.provenance.demo else name


def _told(hit: Hit) -> tuple[Hit, ...]:
    """The services that a line speaks for: one line has one date, so a stale service waits for the details."""
    return tuple(
        each for each in hit.services if each.freshness is not Freshness.STALE or each.freshness is hit.freshness
    )


def _trust(hit: Hit) -> tuple[bool, date]:
    """The less of it, the less a line may claim: only listed before checked, no day before any, the oldest first."""
    return hit.listing.assured_on is not None, hit.listing.assured_on or hit.listing.provenance.as_of or date.min


def _line_programs(services: Sequence[Hit], query: Query | None, language: Language) -> str:
    """The programs that tell this place from the next one, each once: none when one program was asked for."""
    if query and query.program and services and query.program in services[0].listing.programs:
        return ""
    return ", ".join(_program_names(services, query, language))


def _program_names(services: Sequence[Hit], query: Query | None, language: Language) -> list[str]:
    ids = dict.fromkeys(id for each in services for id in _fitting_programs(each.listing, query)[:2])
    return [program_name(id, language) for id in ids]


def _fitting_programs(listing: Listing, query: Query | None) -> list[str]:
    known = rules.programs()
    asked = known.get(query.program) if query and query.program else None
    need = asked.need if asked else query.need if query else None
    return [id for id in listing.programs if id in known and need in (None, known[id].need)]


def _open_fact(services: Sequence[Hit], query: Query | None, language: Language, channel: Channel) -> str:
    now_open = [each for each in services if each.open is Tri.YES]
    closed = [each for each in services if each.open is Tri.NO]
    if len(now_open) == len(services):
        return say("open.yes", language)
    if len(closed) == len(services):
        return say("open.no", language)
    if which := ", ".join(_program_names(now_open, query, language)):
        return say("open.yes.some", language, what=which)
    if services[0].freshness is Freshness.STALE:
        return ""  # its date already says to call first
    return say("open.unknown.short" if channel == "sms" else "open.unknown", language)


@dataclass(frozen=True)
class Answer:
    """What a place says of one filter: `key` is plan, language, referrals or room; `text` says it in words."""

    key: str
    state: Tri
    text: str


def answers(hit: Hit, query: Query, language: Language) -> tuple[Answer, ...]:
    """What this place says of each filter asked for, whether it is open apart."""
    states = _states(hit, query)
    return tuple(
        Answer(key, states[step], say(f"fact.{key}.{states[step].value}", language, **names))
        for step, key, names in _wanted(query, language)
        if step is not Relaxed.OPEN_NOW
    )


def _asked_facts(hit: Hit, query: Query, language: Language) -> list[str]:
    """A no is said once for all, as what was given up."""
    return [answer.text for answer in answers(hit, query, language) if answer.state is not Tri.NO]


def distance(hit: Hit, language: Language, *, short: bool = False) -> str:
    """How far it is, said as no finer than it is known; empty when it is not known."""
    if hit.miles is not None:
        return say("miles.short" if short else "miles", language, miles=_miles(hit.miles))
    if hit.about_miles is None:
        return ""
    about = max(round(hit.about_miles), 1)
    if about == 1 and not short:
        return say("miles.about.one", language)
    return say("miles.about.short" if short else "miles.about", language, miles=about)


def where(listing: Listing, language: Language) -> str:
    """The street address, or that it is private; empty when no street is known."""
    if listing.confidential:
        return say("address.private", language)
    return address_text(listing.address) if listing.address and listing.address.address_1 else ""


def address_text(address: Address) -> str:
    """Street, city and ZIP as they stand, never translated."""
    return ", ".join(part for part in (address.address_1, address.city) if part) + (
        f" {address.postal_code}" if address.postal_code else ""
    )


def dated(hit: Hit, language: Language, *, short: bool = False) -> str:
    """When somebody last checked it, or which day its list bears; unless it was checked lately, to call first."""
    assured_on, as_of = hit.listing.assured_on, hit.listing.provenance.as_of
    day = assured_on or as_of
    if day is None:
        return say("fresh.undated", language)
    if hit.freshness is Freshness.STALE:
        return say("fresh.stale_checked" if assured_on else "fresh.stale_listed", language, year=day.year)
    if assured_on is None:
        return say("fresh.listed.short" if short else "fresh.listed", language, day=day_text(day, language))
    sure = short or hit.freshness is Freshness.CHECKED
    return say("fresh.checked" if sure else "fresh.checked_long_ago", language, day=day_text(day, language))


def shown(hit: Hit, language: Language) -> ShownListing:
    """The listing as a reply carries it, hours and languages in words of `language`.

    Hours and dates only as far as they hold for each service of its line.
    """
    record, told = hit.listing, _told(hit)
    states, texts = {each.open for each in told}, {each.listing.hours_text for each in told}
    checked_on = min(told, key=_trust).listing.assured_on
    return ShownListing(
        id=record.id,
        name=display_name(record),
        phone=_phone_shown(record),
        miles=None if hit.miles is None else round(hit.miles, 1),
        open=hit.open if len(states) == 1 else Tri.UNKNOWN,
        checked_on=checked_on.isoformat() if checked_on else None,
        organization=record.organization,
        address=address_text(record.address) if record.address else None,
        hours=_hours_in_words(hit, language) if len(texts) == 1 else None,
        url=record.url,
        languages=tuple(language_name(code, language) for code in record.languages),
        demo=record.provenance.demo,
    )


def _hours_in_words(hit: Hit, language: Language) -> str | None:
    """The hours as far as they are known; old ones with their year."""
    schedule, text = known_week(hit.listing), stated(hit.listing.hours_text)
    said = week(schedule, language) if schedule else text
    year = old_year(hit)
    return say("hours.old", language, year=year, hours=said) if said and year else said


def old_year(hit: Hit) -> int | None:
    """The year of a stale listing, whose hours nobody should count on; None for any other."""
    day = hit.listing.assured_on or hit.listing.provenance.as_of
    return day.year if day and hit.freshness is Freshness.STALE else None


def _phone_shown(listing: Listing) -> str | None:
    phone = _first_phone(listing)
    return phones.display(phone) if phone else None


def _first_phone(listing: Listing) -> Phone | None:
    """The phone to call: a voice line, else one for text messages or TTY, never a fax."""
    order = (PhoneKind.VOICE, PhoneKind.TEXT, PhoneKind.TTY)
    usable = [phone for phone in listing.phones if phone.kind in order]
    return min(usable, key=lambda phone: order.index(phone.kind), default=None)


# Everything about a place


def details(hit: Hit, language: Language, *, clip: int = OWN_WORDS) -> str:
    """Everything that is known of a place, a line for each fact; its own words are cut at `clip` letters.

    Of each other service there only what differs is said.
    """
    own = _facts(hit, language, clip)
    lines = [title(hit.listing, language), *_notice(hit.listing, language, clip), *_who(hit.listing, language), *own]
    for other in hit.also:
        lines += _also(other, hit, own, language, clip)
    if any(each.listing.provenance.demo for each in hit.services):
        lines.append(demo_notice(language, one=True))
    return "\n".join(lines)


def _also(other: Hit, hit: Hit, own: Sequence[str], language: Language, clip: int) -> list[str]:
    notices = [
        text for text in _notice(other.listing, language, clip) if text not in _notice(hit.listing, language, clip)
    ]
    differing = [*notices, *(line for line in _facts(other, language, clip) if line not in own)]
    name = service_name(other, hit, language)
    if name:
        return [say("details.also", language, text=name), *differing]
    return [say("details.also.other", language), *differing] if differing else []


def service_name(other: Hit, hit: Hit, language: Language) -> str:
    """What tells another service from the one that stands for its place: its name, its programs; empty if nothing."""
    one, first = other.listing, hit.listing
    name = one.name if one.name.casefold() != first.name.casefold() else ""
    tells = name or set(one.programs) != set(first.programs)
    return ": ".join(part for part in (name, _all_programs(one, language) if tells else "") if part)


def _notice(listing: Listing, language: Language, clip: int) -> list[str]:
    text = terms.notice(listing, language, clip)
    return [text] if text else []


def _all_programs(listing: Listing, language: Language) -> str:
    return ", ".join(program_name(id, language) for id in listing.programs if id in rules.programs())


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


def _who(listing: Listing, language: Language) -> list[str]:
    named = listing.organization.casefold() in display_name(listing).casefold()
    lines = [] if named else [say("details.organization", language, text=listing.organization)]
    programs = _all_programs(listing, language)
    return [*lines, say("details.programs", language, text=programs)] if programs else lines


def _reach(hit: Hit, language: Language) -> list[str]:
    record = hit.listing
    numbers = ", ".join(phone_text(phone, language) for phone in record.phones)
    lines = [say("details.phone", language, text=numbers) if numbers else say("details.phone.none", language)]
    street = where(record, language) or (address_text(record.address) if record.address else "")
    if street:
        lines.append(say("details.address", language, text=street))
    if near := distance(hit, language):
        lines.append(say("details.distance", language, text=near))
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


def phone_text(phone: Phone, language: Language) -> str:
    """A phone with its kind, unless people talk on it, and its label."""
    text = phones.display(phone)
    if phone.kind is not PhoneKind.VOICE:
        text = say(f"phone.{phone.kind.value}", language, phone=text)
    return say("phone.labeled", language, phone=text, label=phone.label) if phone.label else text


def _times(hit: Hit, language: Language, clip: int) -> list[str]:
    schedule, text, year = known_week(hit.listing), stated(hit.listing.hours_text), old_year(hit)
    said = week(schedule, language) if schedule else clipped(text or "", clip)
    if not said:
        return [say("details.hours.unknown", language)]
    is_open = say(f"details.open.{hit.open.value}", language)
    if year:
        return [say("details.hours.old", language, year=year, text=said), is_open]
    if hit.freshness is Freshness.STALE:
        return [say("details.hours.undated", language, text=said), is_open]
    if schedule is None:
        return [say("details.hours.said", language, text=said), is_open]
    lines = [say("details.hours", language, text=said), is_open]
    if not schedule.always and schedule.holidays is Tri.UNKNOWN:
        lines.append(say("details.holiday", language))
    return lines


def known_week(record: Listing) -> Schedule | None:
    """The week, if it says anything: no interval at all means unknown, not closed."""
    schedule = record.schedule
    return schedule if schedule and (schedule.always or schedule.intervals) else None


def _languages(record: Listing, language: Language) -> list[str]:
    if not record.languages:
        return [say("details.languages.unknown", language)]
    names = [language_name(code, language) for code in record.languages]
    return [say("details.languages", language, text=joined(names, language))]


def _joining(record: Listing, language: Language, clip: int) -> list[str]:
    texts = (
        ("ways", _capital(terms.ways(record, language))),
        ("apply", stated(record.how_to_apply)),
        ("documents", stated(record.documents)),
        ("id", terms.id_asked(record, language)),
        ("fees", _capital(terms.price(record, language))),
    )
    lines = [say(f"details.{key}", language, text=clipped(text, clip)) for key, text in texts if text]
    if record.plans:
        lines.append(say("details.plans", language, text=", ".join(plan_name(plan) for plan in record.plans)))
    lines.append(say(f"details.referrals.{record.taking_referrals.value}", language))
    if record.capacity is not Capacity.UNKNOWN:
        lines.append(terms.room(record, language))
    if record.wheelchair is not Tri.UNKNOWN:
        lines.append(say(f"details.wheelchair.{record.wheelchair.value}", language))
    return lines


def _places_words(record: Listing, language: Language, clip: int) -> list[str]:
    texts = (("description", stated(record.description)), ("eligibility", stated(record.eligibility_text)))
    return [say(f"details.{key}", language, text=clipped(text, clip)) for key, text in texts if text]


def _origin(hit: Hit, language: Language) -> list[str]:
    return [
        f"{_capital(dated(hit, language))}.",
        say("details.source", language, text=hit.listing.provenance.source_title),
    ]


def phone_line(hit: Hit, language: Language) -> str:
    """The answer to "what is their phone"."""
    return _marked(hit, language, _each_service(hit, language, _phone_sentence))


def _phone_sentence(hit: Hit, name: str, language: Language) -> str:
    numbers = ", ".join(phone_text(phone, language) for phone in hit.listing.phones)
    if not numbers:
        return say("phone.line.none", language, name=name)
    return say("phone.line", language, name=name, phone=numbers)


def hours_line(hit: Hit, language: Language) -> str:
    """The answer to "when are they open", after any notice ("closed on Friday")."""
    notices = dict.fromkeys(terms.notice(each.listing, language) for each in hit.services)
    said = _each_service(hit, language, _hours_sentence)
    return _marked(hit, language, " ".join(part for part in (*notices, said) if part))


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
    schedule, text, phone = known_week(hit.listing), stated(hit.listing.hours_text), _phone_shown(hit.listing)
    said = week(schedule, language) if schedule else clipped(text or "", OWN_WORDS)
    if said:
        is_open = say(f"details.open.{hit.open.value if schedule else 'unknown'}", language)
        key = "hours.line.old" if old_year(hit) else "hours.line" if schedule else "hours.line.said"
        old = {"year": old_year(hit)} if old_year(hit) else {}
        return say(key, language, name=name, hours=said, open=is_open, **old)
    if phone is None:
        return say("hours.line.unknown.no_phone", language, name=name)
    return say("hours.line.unknown", language, name=name, phone=phone)


def _marked(hit: Hit, language: Language, text: str) -> str:
    return f"{text}\n{demo_notice(language, one=True)}" if hit.listing.provenance.demo else text


# When there is none


def none_found(result: SearchResult, language: Language) -> NoneFound:
    """Never a dead end: what the program is, the plan's line, the county office or statewide line, 211."""
    query = result.query
    plan, plan_phones = _plan_line(query, language)
    office, office_phones = _office_line(query, language)
    texts = [_nothing(result, language), *_programs_there_are(query, language), *plan, *office]
    if "211" not in office_phones:
        texts.append(say("none.211", language))
    return NoneFound("\n".join(texts), tuple(dict.fromkeys((*plan_phones, *office_phones, "211"))))


def _nothing(result: SearchResult, language: Language) -> str:
    query = result.query
    if query.place and not result.covered:
        return say("no_list", language, county=query.place.county)
    what = ", ".join(part for part in (_what(query, language), _words(query, language)) if part)
    if query.place is None:
        return say("none.anywhere", language, what=what)
    key = "none.county" if query.place.kind is PlaceKind.COUNTY else "none"
    return say(key, language, what=what, place=place_name(query.place, language))


def _programs_there_are(query: Query, language: Language) -> list[str]:
    if query.program:
        program = rules.program(query.program)
        return [
            say("none.program", language, name=_capital(program.short.get(language)), what=program.what.get(language))
        ]
    ids = rules.needs().get(query.need, ())[:3] if query.need else ()
    names = joined([program_name(id, language) for id in ids], language)
    return [say("none.programs", language, names=names)] if names else []


def _plan_line(query: Query, language: Language) -> tuple[list[str], tuple[str, ...]]:
    """The plan's line, unless a program was asked for that no plan pays."""
    if query.plan is None or (query.program and not rules.program(query.program).plan_benefit):
        return [], ()
    plan = plans.plans().get(query.plan)
    if plan is None:
        return [say("none.plan.card", language, plan=plan_name(query.plan))], ()
    key = "none.plan" if plan.phone_verified else "none.plan.unverified"
    return [say(key, language, plan=plan.short_name, phone=plan.phone)], (plan.phone,)


def _office_line(query: Query, language: Language) -> tuple[list[str], tuple[str, ...]]:
    subject = query.program or (query.need.value if query.need else None)
    said_already = query.plan and query.program and rules.program(query.program).plan_benefit
    if query.place is None or subject is None or said_already:
        return [], ()
    office = plans.office(query.place.county, subject)
    values = {"name": office.name(language), "ask": office.what_to_ask(language)}
    if not office.phone:
        return [say("none.office.no_phone", language, **values)], ()
    if office.phone == office.name_en:  # 211 is its own name
        return [say("none.office.211", language, ask=office.what_to_ask(language))], (office.phone,)
    key = "none.office" if office.verified else "none.office.unverified"
    return [say(key, language, phone=office.phone, **values)], (office.phone,)


# Names and words


def place_name(place: Place, language: Language) -> str:
    """A place as we write it: "95354 (Modesto)", "Modesto", "Stanislaus County"."""
    if place.kind is PlaceKind.COUNTY:
        return say("place.county", language, county=place.county)
    if place.kind is PlaceKind.ZIP and place.zip:
        return say("place.zip", language, zip=place.zip, name=place.name) if place.name != place.zip else place.zip
    return place.name


def program_name(program: str, language: Language) -> str:
    """A program's short name."""
    return rules.program(program).short.get(language)


def need_name(need: Need, language: Language) -> str:
    """What a need is called when we speak of it."""
    return rules.need_names()[need].get(language)


def plan_name(plan: str) -> str:
    """A plan's short name; an id that we do not know stays as it is."""
    known = plans.plans().get(plan)
    return known.short_name if known else plan


def language_name(code: str, language: Language) -> str:
    """A language's name; a code that we have no name for stays as it is."""
    key = f"language.{code}"
    return say(key, language) if key in keys(language) else code


def language_code(text: str) -> str | None:
    """The code of a language named in English or Spanish, or of the code itself; None when we do not know it."""
    wanted = rules.key_of(text)
    for spoken in Language:
        for key in keys(spoken):
            prefix, _, code = key.partition(".")
            if prefix == "language" and wanted in (code, rules.key_of(say(key, spoken))):
                return code
    return None


def week(schedule: Schedule, language: Language) -> str:
    """The hours of a week: "Monday to Friday 9 am to 5 pm; Saturday 10 am to 1 pm"."""
    if schedule.always:
        return say("hours.always", language)
    by_days: dict[tuple[int, ...], list[str]] = {}
    for days, opens, closes in hours.spans(schedule):
        times = say("hours.times", language, opens=_clock(opens, language), closes=_clock(closes, language))
        by_days.setdefault(days, []).append(times)
    return "; ".join(
        say("hours.span", language, days=_days(days, language), times=joined(times, language))
        for days, times in by_days.items()
    )


def _days(days: tuple[int, ...], language: Language) -> str:
    """Monday to Friday; Monday, Tuesday and Friday; every day."""
    if len(days) == 7:
        return say("day.all", language)
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        first, last = (say(f"day.{day}", language) for day in (days[0], days[-1]))
        return say("hours.days", language, first=first, last=last)
    return joined([say(f"day.{day}", language) for day in days], language)


def _clock(moment: time, language: Language) -> str:
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return say("hours.noon" if moment.hour else "hours.midnight", language)
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02d} {half}" if moment.minute else f"{hour} {half}"


def _miles(miles: float) -> str:
    return f"{miles:.0f}" if miles >= 9.95 else f"{max(miles, 0.1):.1f}"


def joined(words: Sequence[str], language: Language) -> str:
    """English, Spanish and Hmong."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('and', language)} {words[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
