"""What listings say of what stands in somebody's way: in their own words, in a column, or by the program they give."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from directory import store
from directory.folding import bare_words
from directory.model import Listing, Schedule, Tri

__all__ = ["barriers", "of", "programs", "told"]

_FILE = Path(__file__).with_suffix(".yml")
_TEXTS = ("name", "description", "eligibility_text", "documents", "how_to_apply", "hours_text")
_EVENINGS = "works_days"
_EVENING = time(17, 30)
"""Who works days is free from then on."""
_WEEKEND = 5
_Told = tuple[str, str]
"""A barrier, and yes or no."""


@dataclass(frozen=True)
class _Phrase:
    words: str
    told: _Told


def barriers() -> tuple[str, ...]:
    """Every barrier that listings are read for, the hardest first."""
    return tuple(_table())


def programs(barrier: str) -> tuple[str, ...]:
    """The programs whose places all help in spite of that barrier."""
    return tuple(_table()[barrier].get("programs", ()))


def told(connection: sqlite3.Connection, rowids: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """The positions of the listings that say yes, and of those that say no, to each barrier that any speaks of."""
    at = {rowid: here for here, rowid in enumerate(rowids)}
    members: dict[_Told, list[int]] = {}
    cursor = connection.cursor()
    cursor.row_factory = None
    columns = _columns()
    cursor.execute(f"SELECT rowid, schedule, {', '.join((*columns, *_TEXTS))} FROM listing")
    for rowid, schedule, *values in cursor:
        position = at[rowid]
        for said in (
            _in_columns(tuple(values[: len(columns)])),
            _in_hours(schedule),
            *map(_in_words, values[len(columns) :]),
        ):
            for one in said:
                members.setdefault(one, []).append(position)
    for (barrier, state), positions in members.items():
        yield f"fits/{barrier}/{state}", positions


def of(listing: Listing, barrier: str) -> Tri:
    """What one listing says of a barrier: that it helps all the same, that it does not, nothing; a no counts more."""
    values = tuple(getattr(getattr(listing, column), "value", None) for column in _columns())
    said = {*_in_columns(values)}.union(*(_in_words(getattr(listing, name)) for name in _TEXTS))
    if (barrier, "no") in said:
        return Tri.NO
    return Tri.YES if (barrier, "yes") in said or set(listing.programs) & set(programs(barrier)) else Tri.UNKNOWN


@lru_cache(maxsize=1024)
def _in_columns(values: Sequence[str]) -> frozenset[_Told]:
    return frozenset(
        (barrier, entry["columns"][column][value])
        for column, value in zip(_columns(), values, strict=True)
        for barrier, entry in _table().items()
        if value in entry.get("columns", {}).get(column, {})
    )


@lru_cache(maxsize=1024)
def _in_hours(schedule: str | None) -> frozenset[_Told]:
    """Whether somebody who works days can come."""
    known = store.schedule_from_json(schedule)
    if known is None or not (known.always or known.intervals):
        return frozenset()
    return frozenset({(_EVENINGS, "yes" if _late(known) else "no")})


def _late(schedule: Schedule) -> bool:
    if schedule.always:
        return True
    return any(one.day >= _WEEKEND or one.closes > _EVENING or one.closes <= one.opens for one in schedule.intervals)


@lru_cache(maxsize=4096)
def _in_words(text: str | None) -> frozenset[_Told]:
    """What a text says; a phrase is looked for only where its longest word stands."""
    words = bare_words(text or "")
    phrases = _by_word()
    telling = set(words) & phrases.keys()
    if not telling:
        return frozenset()
    said = f" {' '.join(words)} "
    return frozenset(phrase.told for word in telling for phrase in phrases[word] if phrase.words in said)


@cache
def _by_word() -> Mapping[str, tuple[_Phrase, ...]]:
    found: dict[str, list[_Phrase]] = {}
    for barrier, entry in _table().items():
        for state in ("yes", "no"):
            for phrase in entry[state]:
                found.setdefault(max(phrase.split(), key=len), []).append(_Phrase(f" {phrase} ", (barrier, state)))
    return {word: tuple(phrases) for word, phrases in found.items()}


@cache
def _columns() -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for entry in _table().values() for column in entry.get("columns", ())))


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return table
