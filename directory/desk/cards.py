"""A place as the page shows it: a name, badges, and a fact for each thing known or not known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory import phones
from directory.desk.web import web
from directory.eligibility import rules
from directory.model import Capacity, Language, Listing, PhoneKind, Tri
from directory.search import Freshness, Hit, Query
from directory.text import listing as words
from directory.text import terms
from directory.text.catalogue import say
from directory.text.own import clipped, display_name, stated

__all__ = ["LIST_CLIP", "Badge", "Card", "Fact", "Service", "card"]

LIST_CLIP = 400
"""In a list of cards, at most so many letters of a place's own words; its own page shows them whole."""
WHOLE = 100_000


@dataclass(frozen=True)
class Badge:
    """A few words that stand out; `tone` is good, bad, soft or warn."""

    text: str
    tone: str


@dataclass(frozen=True)
class Fact:
    """One thing about a place; `links` are the parts of it that lead somewhere, as (text, address)."""

    label: str
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Service:
    """Another service of the same place: its name and only what differs."""

    name: str
    badges: tuple[Badge, ...]
    main: tuple[Fact, ...]
    rest: tuple[Fact, ...]


@dataclass(frozen=True)
class Card:
    """A place as the page shows it: what one needs to call and go there, then everything else, then other services."""

    id: str
    name: str
    demo: bool
    badges: tuple[Badge, ...]
    main: tuple[Fact, ...]
    rest: tuple[Fact, ...]
    also: tuple[Service, ...] = ()
    standing: tuple[Badge, ...] = ()
    """The badges but for those that answer the question."""


def card(hit: Hit, language: Language, query: Query | None = None, *, clip: int = WHOLE) -> Card:
    """The card of a place, in that language; a place's own words stay as they are, cut at `clip` letters.

    For `query` its badges say what the place says of each filter asked for.
    """
    own = _card(hit, language, query, clip)
    others = (_card(other, language, query, clip) for other in hit.also)
    also = tuple(_service(other, its, hit, own, language) for other, its in zip(hit.also, others, strict=True))
    return replace(own, also=also)


def _service(other: Hit, its: Card, hit: Hit, own: Card, language: Language) -> Service:
    """What is not known of the other service is no difference worth a line."""
    same = {*own.main, *own.rest, *(_fact(key, language, text) for key, text in _unknown(language))}
    name = words.service_name(other, hit, language)
    said = [say(f"desk.label.{key}", language) for key in ("programs", "id")]
    return Service(
        say("desk.also", language, name=name) if name else say("desk.also.other", language),
        tuple(badge for badge in its.badges if badge not in own.badges),
        tuple(fact for fact in its.main if fact not in same and fact.label not in said),
        tuple(fact for fact in its.rest if fact not in same and fact.label not in said),
    )


def _unknown(language: Language) -> list[tuple[str, str]]:
    return [(key, say("desk.unknown", language)) for key in ("languages", "plans", "referrals", "room", "wheelchair")]


def _card(hit: Hit, language: Language, query: Query | None, clip: int) -> Card:
    record = hit.listing
    joining = _joining(hit, language, clip)
    first = _known_terms(record, language)
    main = (
        *_programs(record, language),
        *_reach(hit, language),
        _hours(hit, language, clip),
        _languages(record, language),
        *(fact for fact in joining if fact.label in first),
    )
    standing = _standing(hit, language)
    left = (fact for fact in joining if fact.label not in first)
    return Card(
        id=record.id,
        name=display_name(record),
        demo=record.provenance.demo,
        badges=(*standing[:-1], *_answers(hit, language, query), *standing[-1:]),
        standing=standing,
        main=main,
        rest=(*left, *_own_words(record, language, clip), *_origin(record, language)),
    )


def _known_terms(record: Listing, language: Language) -> frozenset[str]:
    """What one needs before one sends somebody there, where it is known."""
    known = ("ways", "id_asked", "fees", *(() if record.capacity is Capacity.UNKNOWN else ("room",)))
    return frozenset(say(f"desk.label.{key}", language) for key in known)


_TONES = {Tri.YES: "good", Tri.NO: "bad", Tri.UNKNOWN: "soft"}


def _answers(hit: Hit, language: Language, query: Query | None) -> tuple[Badge, ...]:
    """What the place says of each filter asked for."""
    asked = words.answers(hit, query, language) if query else ()
    return tuple(Badge(_capital(answer.text), _TONES[answer.state]) for answer in asked)


def _standing(hit: Hit, language: Language) -> tuple[Badge, ...]:
    """A notice, whether it is open; at last how far it may be trusted."""
    dated = words.dated(hit, language)
    dated_tone = {Freshness.CHECKED: "good", Freshness.LISTED: "soft", Freshness.STALE: "warn"}[hit.freshness]
    notice = terms.notice(hit.listing, language, WHOLE)
    return (
        *((Badge(notice, "warn"),) if notice else ()),
        Badge(say(f"desk.open.{hit.open.value}", language), _TONES[hit.open]),
        Badge(_capital(dated), dated_tone),
    )


def _programs(record: Listing, language: Language) -> list[Fact]:
    known = rules.programs()
    names = [words.program_name(id, language) for id in record.programs if id in known]
    needs = [words.need_name(need, language) for need in record.needs]
    facts = [_fact("programs", language, ", ".join(names or needs))] if names or needs else []
    if record.organization.casefold() not in display_name(record).casefold():
        facts.append(_fact("organization", language, record.organization))
    return facts


def _reach(hit: Hit, language: Language) -> list[Fact]:
    record = hit.listing
    facts = [_phones(record, language)]
    street = words.where(record, language) or (words.address_text(record.address) if record.address else "")
    if street:
        facts.append(_fact("address", language, _capital(street)))
    if near := words.distance(hit, language):
        facts.append(_fact("distance", language, _capital(near)))
    if record.statewide:
        facts.append(_fact("area", language, say("desk.label.area.state", language)))
    elif record.counties:
        facts.append(_fact("area", language, ", ".join(record.counties)))
    return facts


def _phones(record: Listing, language: Language) -> Fact:
    if not record.phones:
        return _fact("phone", language, say("desk.no_number", language))
    links = tuple(
        (words.phone_text(phone, language), f"tel:{phone.number}" if phone.kind is not PhoneKind.FAX else "")
        for phone in record.phones
        if phones.display(phone)
    )
    return Fact(say("desk.label.phone", language), links=links)


def _hours(hit: Hit, language: Language, clip: int) -> Fact:
    schedule, text = words.known_week(hit.listing), stated(hit.listing.hours_text)
    said = _capital(words.week(schedule, language)) if schedule else clipped(text or "", clip)
    year = words.old_year(hit)
    own = words.beside_week(hit.listing)
    note = say("details.hours.beside", language, text=clipped(own, clip)) if own else ""
    if said and year:
        return Fact(say("desk.label.hours.old", language, year=year), said, note=note)
    if said:
        return Fact(say("desk.label.hours" if schedule else "desk.label.hours.said", language), said, note=note)
    return _fact("hours", language, say("desk.call_first", language))


def _languages(record: Listing, language: Language) -> Fact:
    names = [words.language_name(code, language) for code in record.languages]
    return _fact("languages", language, _capital(words.joined(names, language)) or say("desk.unknown", language))


def _joining(hit: Hit, language: Language, clip: int) -> list[Fact]:
    record = hit.listing
    plan_names = ", ".join(words.plan_name(plan) for plan in record.plans)
    texts = (
        ("ways", _capital(terms.ways(record, language))),
        ("apply", terms.how_to_apply(record)),
        ("documents", stated(record.documents)),
        ("id_asked", "" if record.id_asked is Tri.UNKNOWN else _tri(record.id_asked, language)),
        ("fees", _capital(terms.price(record, language))),
    )
    return [
        _fact("plans", language, _capital(plan_names) or say("desk.unknown", language)),
        _fact("referrals", language, _tri(record.taking_referrals, language)),
        _fact("room", language, _room(record, language)),
        _fact("wheelchair", language, _tri(record.wheelchair, language)),
        *(_fact(key, language, clipped(text, clip)) for key, text in texts if text),
    ]


def _tri(value: Tri, language: Language) -> str:
    return say(f"desk.{value.value}", language)


def _room(record: Listing, language: Language) -> str:
    if record.capacity is Capacity.UNKNOWN:
        return say("desk.unknown", language)
    text = say(f"desk.room.{record.capacity.value}", language)
    if record.wait_list and record.capacity is Capacity.WAIT_LIST:
        text = f"{text}: {record.wait_list}"
    said = terms.said(record, language)
    return say("desk.said_on", language, text=text, day=said) if said else text


def _own_words(record: Listing, language: Language, clip: int) -> list[Fact]:
    facts = []
    if helped := stated(record.eligibility_text):
        note = say("desk.label.eligibility.note", language)
        facts.append(Fact(say("desk.label.eligibility", language), clipped(helped, clip), note=note))
    if described := stated(record.description):
        facts.append(_fact("description", language, clipped(described, clip)))
    return facts


def _origin(record: Listing, language: Language) -> list[Fact]:
    facts = []
    if record.url:
        facts.append(_linked("url", language, record.url, web(record.url)))
    if record.email:
        facts.append(_linked("email", language, record.email, f"mailto:{record.email}" if "@" in record.email else ""))
    facts.append(_fact("source", language, record.provenance.source_title))
    facts.append(_fact("id", language, record.id))
    return facts


def _linked(key: str, language: Language, text: str, address: str) -> Fact:
    return Fact(say(f"desk.label.{key}", language), links=((text, address),))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fact(key: str, language: Language, text: str) -> Fact:
    return Fact(say(f"desk.label.{key}", language), text)
