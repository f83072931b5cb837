"""A place as a card shows it: beside its name and phone on what terms it helps, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from directory.eligibility import rules
from directory.model import Language, Listing, Tri
from directory.reply import ShownListing
from directory.search import Hit, Query
from directory.search.narrowing import Narrowing
from directory.text import terms
from directory.text.asked import answers
from directory.text.catalogue import say
from directory.text.english import quoted
from directory.text.facts import distance
from directory.text.lines import open_told, shown
from directory.text.names import capital, joined, plan_name, program_name
from directory.text.narrowed import terms_told
from directory.text.own import OWN_WORDS, stated

__all__ = ["carried"]

_PLAIN = ("open.yes", "open.no", "open.unknown", "open.unknown.told")
"""What a card says of itself by whether it is open."""
_MOST_COUNTIES = 6


def carried(
    hit: Hit,
    language: Language,
    *,
    query: Query | None = None,
    narrowing: Narrowing | None = None,
    county: str | None = None,
    plan: str | None = None,
) -> ShownListing:
    """The listing as a card needs it; for `query`, or for a county and a plan, with what speaks for it."""
    record = hit.listing
    now = open_told(hit, language, "web", query, narrowing)
    return replace(
        shown(hit, language),
        what=_what(hit, language),
        distance=distance(hit, language) or None,
        open_told=now if now and now not in [say(key, language) for key in _PLAIN] else None,
        private=record.confidential,
        serves=_serves(record, language),
        wheelchair=record.wheelchair,
        cost=_own(terms.price(record, language), language),
        papers=tuple(_papers(record, language)),
        come=tuple(_come(record, language)),
        who=_own(stated(record.eligibility_text), language),
        plans=tuple(plan_name(each) for each in record.plans),
        ask=_asked(hit, Tri.UNKNOWN, language, query, narrowing),
        why=tuple(dict.fromkeys(_why(hit, language, query, narrowing, county, plan))),
    )


def _what(hit: Hit, language: Language) -> tuple[str, ...]:
    """The programs of all its services; without any that we know, what the place says of itself."""
    known = rules.programs()
    ids = dict.fromkeys(id for each in hit.services for id in each.listing.programs if id in known)
    if ids:
        return tuple(program_name(id, language) for id in ids)
    own = _own(stated(hit.listing.description), language)
    return (own,) if own else ()


def _own(text: str | None, language: Language) -> str | None:
    """A place's own words, as its list has them."""
    return capital(quoted(text, language, OWN_WORDS)) if text else None


def _serves(record: Listing, language: Language) -> str | None:
    if record.statewide:
        return say("card.serves.state", language)
    if not record.counties:
        return None
    names = [say("place.county", language, county=county) for county in record.counties[:_MOST_COUNTIES]]
    more = len(record.counties) - len(names)
    return ", ".join((*names, say("card.serves.more", language, count=more))) if more else joined(names, language)


def _papers(record: Listing, language: Language) -> Iterator[str]:
    """What to bring, and whether a paper with a name is asked."""
    if record.id_asked is not Tri.UNKNOWN:
        yield say(f"card.id.{record.id_asked.value}", language)
    if own := _own(stated(record.documents), language):
        yield own


def _come(record: Listing, language: Language) -> Iterator[str]:
    """How one begins, in our words and the place's, and whether it takes new referrals."""
    for text in (capital(terms.ways(record, language)), _own(terms.how_to_apply(record), language)):
        if text:
            yield text
    if record.taking_referrals is not Tri.UNKNOWN:
        yield capital(say(f"fact.referrals.{record.taking_referrals.value}", language))


def _asked(
    hit: Hit, state: Tri, language: Language, query: Query | None, narrowing: Narrowing | None
) -> tuple[str, ...]:
    """What the place says of each filter asked for, where it says that (`state`)."""
    told = [one.text for one in answers(hit, query, language) if one.state is state] if query else []
    narrowed = terms_told(hit, narrowing, language, state) if narrowing else []
    return tuple(capital(text) for text in (*told, *narrowed))


def _why(
    hit: Hit, language: Language, query: Query | None, narrowing: Narrowing | None, county: str | None, plan: str | None
) -> Iterator[str]:
    record = hit.listing
    program = query.program if query else None
    if program and any(program in each.listing.programs for each in hit.services):
        yield say("card.why.program", language, program=program_name(program, language))
    county = query.place.county if query and query.place else county
    if record.statewide:
        yield say("card.why.state", language)
    elif county in record.counties:
        yield say("card.why.county", language, county=county)
    if near := distance(hit, language):
        yield capital(near)
    if plan and plan in record.plans:
        yield capital(say("fact.plan.yes", language, plan=plan_name(plan)))
    yield from _asked(hit, Tri.YES, language, query, narrowing)
