"""One message as several: each thing asked for with its own place, each patient of a line with what is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.heard import Heard, fold, hear

__all__ = ["Part", "by_patient", "by_place", "unnamed"]

_WANTS, _PLACES = ("need", "program"), ("place", "zip")
_ELSEWHERE = ("mother", "father", "parents", "grandparent", "sibling", "other_family", "neighbor")
_TOWARDS = re.compile(r" (?:to|into|al|a|hasta|hacia) (?:\w+ ){0,4}$")
_PARTED = re.compile(r"[,.;]|\b(?:and|y|n|but|pero|plus)\b", re.IGNORECASE)
_FOR = re.compile(r" (?:for|para|pa|of|de|por) $")


@dataclass(frozen=True)
class Part:
    """A piece of a message as if it came alone; `number` is that of the patient whom it is about."""

    heard: Heard
    number: int | None = None


@dataclass(frozen=True)
class _Item:
    kind: str
    value: str
    start: int
    end: int


# --- by place --------------------------------------------------------------------------------------------------------


def by_place(message: Mapping[str, Any], heard: Heard) -> tuple[Part, ...]:
    """The things asked for, parted where each has a place of its own; empty where the message has one for all.

    A part without a place is of somebody who lives elsewhere than the one whose place is named.
    """
    items = _items(message, (*_WANTS, *_PLACES))
    groups = _groups(items, str(message.get("text") or ""))
    if len({place for _, place in groups}) > 1:
        return tuple(Part(_only(heard, wants, place)) for wants, place in groups)
    return _by_person(message, heard, items)


def _items(message: Mapping[str, Any], kinds: Iterable[str]) -> list[_Item]:
    """What is named of those kinds, in the order of the message; messages without letters hold nothing to part."""
    named = [one for one in message.get("entities") or () if one.get("entity") in kinds and "start" in one]
    items = [_Item(str(one["entity"]), str(one["value"]), int(one["start"]), int(one["end"])) for one in named]
    return sorted(items, key=lambda item: item.start)


def _groups(items: Sequence[_Item], text: str) -> list[tuple[list[_Item], str | None]]:
    """Wants with the place that stands behind them, or before them where the message begins with its place."""
    spans = {item.start for item in items if item.kind in _WANTS}
    if len(spans) < 2 or len({item.value for item in items if item.kind in _PLACES}) < 2:
        return []
    places_first = items[0].kind in _PLACES
    groups: list[tuple[list[_Item], str | None]] = [([], None)]
    for item in items:
        wants, place = groups[-1]
        if item.kind in _PLACES:
            if wants and places_first:
                groups.append(([], item.value))
            elif place is None and not _is_where_a_ride_goes(wants, text[: item.start]):
                groups[-1] = (wants, item.value)
        elif wants and place is not None and not places_first:
            groups.append(([item], None))
        else:
            wants.append(item)
    return _joined([group for group in groups if group[0]])


def _is_where_a_ride_goes(wants: Sequence[_Item], before: str) -> bool:
    rides = bool(wants) and wants[-1].value in ("transport", "nmt", "nemt", "ada_paratransit", "reduced_fare")
    return rides and _TOWARDS.search(fold(before[wants[-1].end :])) is not None


def _joined(groups: Sequence[tuple[list[_Item], str | None]]) -> list[tuple[list[_Item], str | None]]:
    """Those of one place as one; what is named without a place belongs to the place before it, else behind it."""
    first = next((place for _, place in groups if place), None)
    by_place: dict[str | None, list[_Item]] = {}
    place = first
    for wants, own in groups:
        place = own or place
        by_place.setdefault(place, []).extend(wants)
    return [(wants, place) for place, wants in by_place.items()]


def _by_person(message: Mapping[str, Any], heard: Heard, items: Sequence[_Item]) -> tuple[Part, ...]:
    """ "my kids' school lunch, and my mom in LA needs a ramp": the place is hers alone."""
    people = [one for one in _items(message, ("person_about",)) if one.value in _ELSEWHERE]
    at = [item for item in items if item.kind in _PLACES]
    if len(people) != 1 or not at or at[0].start < people[0].start:
        return ()
    before = [item for item in items if item.kind in _WANTS and item.start < people[0].start]
    behind = [item for item in items if item.kind in _WANTS and item.start > people[0].start]
    text = str(message.get("text") or "")
    if not before or not behind or _FOR.search(fold(text[: people[0].start])):
        return ()
    if not _PARTED.search(text[before[-1].end : people[0].start]):
        return ()
    theirs = replace(_only(heard, behind, at[0].value), about=people[0].value)
    return (Part(replace(_only(heard, before, None), about=None)), Part(theirs))


def _only(heard: Heard, wants: Iterable[_Item], place: str | None) -> Heard:
    """What was heard with only these things and this place of it."""
    values = {item.value for item in wants}
    return replace(
        heard,
        needs=tuple(need for need in heard.needs if need in values),
        programs=tuple(program for program in heard.programs if program in values),
        places=(place,) if place else (),
    )


# --- by patient ------------------------------------------------------------------------------------------------------

_LABEL = re.compile(
    r"(?<!\w)(?:case|patient|pt|px|client|person|member|caso|paciente|pte|clienta?|cliente|persona)"
    r"\s?(?:#|no\.?|num\.?)?\s?(?P<label>[1-9]|[a-e])(?!\w)",
    re.IGNORECASE,
)
_AGE_AND_SEX = re.compile(r"(?<![\w$])(?:\d{1,3} ?(?:m|f|h|yo ?[mf])|[mf] ?\d{1,3})(?!\w)", re.IGNORECASE)


def by_patient(message: Mapping[str, Any], heard: Heard) -> tuple[Part, ...]:
    """The patients of one line ("pt A: ... pt B: ...", "55M ... / 30F ..."); empty where there is one."""
    text = str(message.get("text") or "")
    labels = [(found.start(), _number(found["label"])) for found in _LABEL.finditer(text)]
    if len({number for _, number in labels}) < 2:
        labels = [(found.start(), number) for number, found in enumerate(_AGE_AND_SEX.finditer(text), 1)]
    if len({number for _, number in labels}) < 2:
        return ()
    return tuple(_of_patients(message, text, labels))


def _number(label: str) -> int:
    return int(label) if label.isdigit() else "abcde".index(label.lower()) + 1


def _of_patients(message: Mapping[str, Any], text: str, labels: Sequence[tuple[int, int]]) -> Iterator[Part]:
    ends = (*(start for start, _ in labels[1:]), len(text))
    for (start, number), end in zip(labels, ends, strict=True):
        inside = [one for one in message.get("entities") or () if start <= int(one.get("start") or 0) < end]
        alone = {**message, "text": text[start:end].strip(" .,;/|-"), "entities": inside}
        yield Part(hear(alone), number)


# --- what nothing is named in ----------------------------------------------------------------------------------------

_SIGNS = re.compile(r"[,;\n]| / |(?<=\D)\. ")
_FEWEST, _WORDS = 4, 4
"""How many pieces a terse line has at least, and how many words each of them at most."""


def unnamed(message: Mapping[str, Any]) -> tuple[str, ...]:
    """The pieces of a terse line ("pantry 95354, sat am, free, walkable") in which nothing is named."""
    text = str(message.get("text") or "")
    pieces = list(_pieces(text))
    if len(pieces) < _FEWEST or any(len(text[start:end].split()) > _WORDS for start, end in pieces):
        return ()
    named = [(int(one["start"]), int(one["end"])) for one in message.get("entities") or () if "start" in one]
    free = ((start, end) for start, end in pieces if not any(a < end and start < b for a, b in named))
    return tuple(text[start:end].strip() for start, end in free)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for sign in (*_SIGNS.finditer(text), None):
        end = sign.start() if sign else len(text)
        if text[start:end].strip(" .!?"):
            yield start, end
        start = sign.end() if sign else end
