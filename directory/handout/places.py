"""A place on the paper: its name and number large, then what one needs to call it or to go there, and what to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from directory import phones, plans
from directory.eligibility import rules
from directory.handout.drafts import Around
from directory.model import Capacity, Language, Listing, Need, Phone, PhoneKind, Tri
from directory.search import Freshness, Hit
from directory.text import terms
from directory.text.catalogue import say
from directory.text.english import quoted
from directory.text.facts import address_text, dated, title, where
from directory.text.names import capital, joined, language_name, need_name, program_name
from directory.text.own import stated
from directory.text.week import beside_week, known_week, old_year, week

__all__ = ["Line", "Spot", "asked_of", "spot"]

_OWN_WORDS = 160
"""Of a place's own words, at most so many letters: large type has little room."""
_MOST_PROGRAMS = 3
_TO_CALL = (PhoneKind.VOICE, PhoneKind.TEXT, PhoneKind.TTY)


@dataclass(frozen=True)
class Line:
    """A line of the paper: what it is about, and what is known of it."""

    label: str
    text: str


@dataclass(frozen=True)
class Spot:
    """A place on the paper; `phones` as people read them with what they are for, `warn` stands before all else."""

    id: str
    name: str
    what: str
    phones: tuple[Line, ...]
    lines: tuple[Line, ...]
    say: str | None
    dated: str
    warn: str | None = None


def asked_of(hit: Hit, programs: Iterable[str], around: Around) -> str | None:
    """The program for which somebody goes there: one of the list, else the one that was looked for, else its only.

    None where a need was looked for that the place helps with: then that need is what one asks for.
    """
    given = [id for one in hit.services for id in one.listing.programs if id in rules.programs()]
    wanted = [*programs, *filter(None, [around.program])]
    fitting = next((id for id in wanted if id in given), None)
    by_need = around.need in [need.value for need in _needs(hit)]
    return fitting or (given[0] if len(set(given)) == 1 and not by_need else None)


def spot(hit: Hit, program: str | None, around: Around, language: Language, told: Collection[str] = ()) -> Spot:
    """The place in that language; nothing stands there that no list says.

    What to bring for a program in `told` stands beside that program already.
    """
    record = hit.listing
    numbers = tuple(Line(_kind(phone, language), phones.display(phone)) for phone in _to_call(record))
    return Spot(
        id=record.id,
        name=title(record, language),
        what=capital(_what(hit, program, language)),
        phones=numbers,
        lines=tuple(_lines(hit, None if program in told else program, language)),
        say=_say(hit, program, around, language) if numbers else None,
        dated=capital(dated(hit, language)) + ".",
        warn=terms.notice(record, language) or None,
    )


def _to_call(record: Listing) -> list[Phone]:
    """At most two numbers, those to talk on first; never a fax."""
    usable = [phone for phone in record.phones if phone.kind in _TO_CALL and phones.display(phone)]
    return sorted(usable, key=lambda phone: _TO_CALL.index(phone.kind))[:2]


def _kind(phone: Phone, language: Language) -> str:
    kind = "" if phone.kind is PhoneKind.VOICE else say(f"handout.phone.{phone.kind.value}", language)
    return ", ".join(part for part in (kind, phone.label) if part)


def _what(hit: Hit, program: str | None, language: Language) -> str:
    """What it gives: the program that one goes there for first."""
    given = [id for one in hit.services for id in one.listing.programs if id in rules.programs()]
    order = sorted(dict.fromkeys(given), key=lambda id: id != program)[:_MOST_PROGRAMS]
    if order:
        return joined([program_name(id, language) for id in order], language)
    return joined([need_name(need, language) for need in _needs(hit)], language)


def _needs(hit: Hit) -> list[Need]:
    return list(dict.fromkeys(need for one in hit.services for need in one.listing.needs))


def _lines(hit: Hit, program: str | None, language: Language) -> Iterator[Line]:
    record = hit.listing
    if not _to_call(record):
        yield _line("phone", say("handout.no_phone", language), language)
    yield from _there(record, language)
    yield _line("hours", _hours(hit, language), language)
    yield _line("languages", _languages(record, language), language)
    yield from _terms(record, program, language)


def _there(record: Listing, language: Language) -> Iterator[Line]:
    street = where(record, language) or (address_text(record.address) if record.address else "")
    access = record.wheelchair
    chair = "" if access is Tri.UNKNOWN else say(f"handout.wheelchair.{access.value}", language)
    if street or chair:
        yield _line("address", ". ".join(part for part in (capital(street), chair) if part), language)


def _hours(hit: Hit, language: Language) -> str:
    schedule, own = known_week(hit.listing), quoted(stated(hit.listing.hours_text) or "", language, _OWN_WORDS)
    said = week(schedule, language) if schedule else own
    if not said:
        return say("handout.hours.unknown", language)
    if year := old_year(hit):
        return say("handout.hours.old", language, year=year, text=said)
    if hit.freshness is Freshness.STALE:
        return say("handout.hours.undated", language, text=said)
    beside = beside_week(hit.listing)
    return f"{capital(said)} ({quoted(beside, language, _OWN_WORDS)})" if beside else capital(said)


def _languages(record: Listing, language: Language) -> str:
    names = [language_name(code, language) for code in record.languages]
    return capital(joined(names, language)) if names else say("handout.languages.unknown", language)


def _terms(record: Listing, program: str | None, language: Language) -> Iterator[Line]:
    """How to begin, what it costs, what to bring, whether there is a list to wait on: only what is known."""
    price = quoted(terms.price(record, language), language, _OWN_WORDS)
    ways = [terms.ways(record, language), quoted(terms.how_to_apply(record) or "", language, _OWN_WORDS)]
    start = [*ways, say("handout.cost", language, text=price) if price else ""]
    if any(start):
        told = ". ".join(capital(part).rstrip(".") for part in start if part)
        yield _line("ways" if any(ways) else "cost", told if any(ways) else capital(price), language)
    if bring := _bring(record, program, language):
        yield _line("bring", bring, language)
    if record.capacity in (Capacity.WAIT_LIST, Capacity.FULL):
        yield _line("room", capital(terms.room(record, language).partition(": ")[2]), language)


def _bring(record: Listing, program: str | None, language: Language) -> str:
    """The place's own words, else what the program asks; whether a paper with a name is asked, where it says so."""
    own = quoted(stated(record.documents) or "", language, _OWN_WORDS)
    asked = joined(rules.program(program).bring.get(language), language) if program and not own else ""
    papers = "" if record.id_asked is Tri.UNKNOWN else say(f"handout.id.{record.id_asked.value}", language)
    return ". ".join(capital(part).rstrip(".") for part in (own or asked, papers) if part)


def _line(key: str, text: str, language: Language) -> Line:
    return Line(say(f"handout.label.{key}", language), text)


def _say(hit: Hit, program: str | None, around: Around, language: Language) -> str | None:
    """What to say on the phone, as one sentence; None where nothing is known of what one goes there for."""
    if program is None:
        needs = _needs(hit)
        wanted = Need(around.need) if around.need and Need(around.need) in needs else next(iter(needs), None)
        return say("handout.say.need", language, need=need_name(wanted, language)) if wanted else None
    known = rules.program(program)
    name = known.official.get(language)
    if not known.plan_benefit:
        return say("handout.say.program", language, program=name)
    plan = plans.plans().get(around.plan or "")
    if plan:
        return say("handout.say.plan", language, program=name, plan=plan.short_name)
    return say("handout.say.medi_cal", language, program=name)
