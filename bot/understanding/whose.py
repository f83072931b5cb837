"""Whose place a message means where it names several, and which place a name with two meanings is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.understanding.found import Sighting
from bot.understanding.text import Token, words_file
from directory import places
from directory.model import Place

__all__ = ["of_who_needs_help", "settled"]

_PLACED = frozenset({"place", "zip"})
_OTHER, _AWAY, _SELF, _NONE = "other", "away", "self", "none"


def of_who_needs_help(items: Sequence[Sighting], words: Sequence[Token]) -> list[Sighting]:
    """Without the places of the one who writes for another, of a job, a doctor, a birth, of where a ride goes."""
    named = [item for item in items if item.kind in _PLACED]
    if len({item.value for item in named}) < 2:
        return list(items)
    roles = _roles(named, words)
    if _AWAY not in roles.values() and _each_is_asked_of(items):
        return list(items)
    if _OTHER in roles.values():
        dropped = {item for item, role in roles.items() if role != _OTHER}
    else:
        dropped = {item for item, role in roles.items() if role == _AWAY}
        dropped = dropped if len(dropped) < len(roles) else set()
        dropped |= _left_behind([item for item in named if item not in dropped], words)
    return [item for item in items if item not in dropped]


def _each_is_asked_of(items: Sequence[Sighting]) -> bool:
    """Whether each place stands behind something that is asked for: "food in Fresno and a ramp for my mom in LA"."""
    places_of = [item.kind in _PLACED for item in sorted(items, key=lambda item: item.first) if item.kind in _KINDS]
    rows = "".join("p" if is_place else "w" for is_place in places_of)
    return re.fullmatch(r"(?:w+p+){2,}", rows) is not None


_KINDS = frozenset({*_PLACED, "need", "program"})


def _roles(named: Sequence[Sighting], words: Sequence[Token]) -> dict[Sighting, str]:
    """The role of each place by the last cue before it; a ZIP or county beside a place shares its role."""
    roles: dict[Sighting, str] = {}
    role, until = _NONE, 0
    for item in named:
        said = " ".join(word.text for word in words[max(until, item.first - _FAR) : item.first])
        after = " ".join(word.text for word in words[item.last : item.last + 3])
        role = _role(said, after) or (role if not said.strip() else _NONE)
        roles[item] = role
        until = item.last
    return roles


_FAR = 9


def _role(said: str, after: str) -> str | None:
    if not said.strip():
        return None
    last = max(((match.end(), role) for role, cue in _cues() for match in cue.finditer(said)), default=None)
    if last is not None:
        return last[1]
    return _OTHER if _after().match(after) else _NONE


def _left_behind(named: Sequence[Sighting], words: Sequence[Token]) -> set[Sighting]:
    """ "i live in tracy but need food in modesto": help is wanted where the later words say."""
    if len(named) != 2:
        return set()
    between = {word.text for word in words[named[0].last : named[1].first]}
    return {named[0]} if between & {"but", "pero"} else set()


@functools.cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = words_file("whose")
    return tuple((role, re.compile(rf"\b(?:{'|'.join(lists[role])})\b")) for role in (_SELF, _OTHER, _AWAY))


@functools.cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words_file('whose')['other_after'])})\b")


def settled(items: Sequence[Sighting], served: Mapping[str, frozenset[str]]) -> list[Sighting]:
    """The sightings, a place with two meanings made one where the plan or another place named fits only one of them.

    What stays open keeps the name as it was said: `places.resolve` gives its options, and the person is asked.
    """
    items = _plans_of_counties(items, served)
    plans = [item.value for item in items if item.kind == "plan"]
    open_, closed = _by_clearness(items)
    if not open_:
        return list(items)
    counties = {county for item in closed for county in _counties(item)}
    serving = [frozenset(counties)] if counties else [served[plan] for plan in plans if plan in served]
    kept: list[Sighting] = []
    for item in items:
        place = _only(open_[item], serving) if item in open_ else None
        if place is not None and counties and item in open_ and place.county in counties:
            continue  # "SJ, Stockton": the clear one says it all
        kept.append(replace(item, value=places.text_for(place)) if place else item)
    return kept


def _plans_of_counties(items: Sequence[Sighting], served: Mapping[str, frozenset[str]]) -> list[Sighting]:
    """A name that several plans have means the one that serves the county named ("the alliance" in Oakland)."""
    several = words_file("plans")["several"]
    if not any(item.name in several for item in items if item.kind == "plan"):
        return list(items)
    counties = {county for item in items if item.kind in _PLACED for county in _counties(item)}
    serving = {
        item: next((plan for plan in several.get(item.name, ()) if counties & served[plan]), item.value)
        for item in items
        if item.kind == "plan"
    }
    return [replace(item, value=serving.get(item, item.value)) for item in items]


def _by_clearness(items: Iterable[Sighting]) -> tuple[dict[Sighting, tuple[Place, ...]], list[Sighting]]:
    open_: dict[Sighting, tuple[Place, ...]] = {}
    closed: list[Sighting] = []
    for item in items:
        if item.kind in _PLACED:
            found = places.resolve(item.value)
            if isinstance(found, places.Ambiguous):
                open_[item] = found.options
            else:
                closed.append(item)
    return open_, closed


def _counties(item: Sighting) -> tuple[str, ...]:
    found = places.resolve(item.value)
    return (found.county,) if isinstance(found, Place) else ()


def _only(options: Sequence[Place], serving: Sequence[frozenset[str]]) -> Place | None:
    for counties in serving:
        fitting = [option for option in options if option.county in counties]
        if len(fitting) == 1:
            return fitting[0]
    return None
