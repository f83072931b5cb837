"""Why a place stands where it does: what the search looked at, for this place, in the order in which it counts."""

from __future__ import annotations

from collections.abc import Iterator

from directory.desk.cards import Badge
from directory.model import Language, Tri
from directory.search import WALK_IN, WHEELCHAIR, Freshness, Hit, Query, fitting
from directory.search.query import by_foot
from directory.text import listing as words
from directory.text.catalogue import say

__all__ = ["order", "reasons"]

_ANSWERS = ("plan", "waits", "room", "referrals")
"""The answers to filters as the ranking takes them; then whether it is open, then the language."""
_TONES = {Tri.YES: "good", Tri.UNKNOWN: "soft", Tri.NO: "bad"}
_BARRIERS = {WHEELCHAIR: "wheelchair", WALK_IN: "walk_in"}


def reasons(hit: Hit, query: Query, language: Language) -> tuple[Badge, ...]:
    """What put this place here; empty where nothing but its name did."""
    return tuple(Badge(words.capital(text), tone) for text, tone in _reasons(hit, query, language))


def _reasons(hit: Hit, query: Query, language: Language) -> Iterator[tuple[str, str]]:
    if query.program:
        yield _program(hit, query.program, language)
    answers = {answer.key: (answer.text, _TONES[answer.state]) for answer in words.answers(hit, query, language)}
    yield from (answers[key] for key in _ANSWERS if key in answers)
    if query.open_now:
        yield say(f"desk.look_up.why.open.{hit.open.value}", language), _TONES[hit.open]
    if "language" in answers:
        yield answers["language"]
    for barrier in query.barriers:
        state = fitting.of(hit.listing, barrier)
        yield say(f"desk.look_up.why.{_BARRIERS[barrier]}.{state.value}", language), _TONES[state]
    if hit.freshness is Freshness.STALE:
        yield say("desk.look_up.why.stale", language), "warn"
    if near := _near(hit, query, language):
        yield near, "soft"
    if hit.freshness is Freshness.CHECKED:
        yield say("desk.look_up.why.checked", language), "soft"


def _program(hit: Hit, program: str, language: Language) -> tuple[str, str]:
    given = program in hit.listing.programs
    text = say(f"desk.look_up.why.program.{'yes' if given else 'no'}", language, program=_named(program, language))
    return text, "good" if given else "bad"


def _named(program: str, language: Language) -> str:
    return words.program_name(program, language)


def _near(hit: Hit, query: Query, language: Language) -> str:
    """How far it is, or which county it serves: that is how it was found."""
    if far := words.distance(hit, language):
        return far
    if query.place is None:
        return ""
    if query.place.county in hit.listing.counties:
        return say("desk.look_up.why.county", language, county=query.place.county)
    return say("desk.look_up.why.state", language) if hit.listing.statewide else ""


def order(query: Query, language: Language) -> tuple[str, ...]:
    """By what the places of this question are ordered, the first first."""
    return tuple(say(f"desk.look_up.order.{key}", language, **names) for key, names in _order(query, language))


def _order(query: Query, language: Language) -> Iterator[tuple[str, dict[str, str]]]:
    if query.program:
        yield "program", {"program": _named(query.program, language)}
    if query.plan:
        yield "plan", {"plan": words.plan_name(query.plan)}
    if query.has_room:
        yield ("waits" if query.wait_list else "room"), {}
    if query.taking_referrals:
        yield "referrals", {}
    if query.open_now:
        yield "open", {}
    if query.language:
        yield "language", {"language": words.language_name(query.language, language)}
    yield from ((_BARRIERS[barrier], {}) for barrier in query.barriers)
    yield "fresh", {}
    if by_foot(query.place):
        yield "near", {}
    yield "checked", {}
    yield "name", {}
