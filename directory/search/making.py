"""What the search reads of a directory, as named blobs: sets of positions, and a few columns.

Each listing has two positions. `names` follows the names: the services of a place stand together, each place where its
first service belongs, so that the first of a wide question are found at once. `map` follows the ground: places near
each other stand together, in blocks whose middle and radius are kept, so that a circle is a few blocks. The services of
a place are neighbors in both, which makes counting places a matter of adding (`bits.runs`).
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import itemgetter
from typing import Any

from directory.folding import spaced
from directory.search import fitting
from directory.search.bits import from_positions

__all__ = ["BLOCK", "DAYS", "VERSION", "blobs", "day_number"]

VERSION = f"3 {sys.byteorder}".encode()
"""Of what is written here: an index of another version is made anew in memory."""
BLOCK = 128
_ROWS = 500
DAYS = ("dated_on", "assured_on", "capacity_on", "suspended_until")

_MANY = {
    "listing_need": "need",
    "listing_program": "program",
    "listing_plan": "plan",
    "service_area": "county",
    "listing_language": "language",
}
_STATED = ("plan", "language")
"""Where saying nothing is another thing than saying no."""
_FIRST_DAY = date(1999, 12, 31).toordinal()
_Point = tuple[float, float, float]


@dataclass(frozen=True)
class _Order:
    """The listings in the order `names`: for each its number among the rowids, its rowid, the rank of its own name
    among all, and the first position of its place."""

    numbers: Sequence[int]
    rowids: Sequence[int]
    ranks: Sequence[int]
    firsts: Sequence[int]

    @property
    def size(self) -> int:
        return len(self.ranks)


@dataclass(frozen=True)
class _Ground:
    """The order `map`: the position by name of each, a point for each that is somewhere; and the position here of each
    by name."""

    by_name: Sequence[int]
    points: Sequence[_Point]
    of_name: Sequence[int]


def blobs(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Everything the search keeps of that directory, by name; `digest` tells one content from another."""
    read = _read(connection)
    order = _order(*(read.pop(name) for name in ("rowid", "place", "name", "id")))
    columns = {name: list(map(values.__getitem__, order.numbers)) for name, values in read.items()}
    del read
    ground = _ground(order.firsts, list(zip(columns["x"], columns["y"], columns["z"], strict=True)))
    made = dict(chain(_of_order(order, columns), _of_ground(ground), _of_organizations(connection, order)))
    told = fitting.told(connection, order.rowids)
    for name, members in chain(_of_columns(order, columns), _of_tables(connection, order), told):
        made[f"names:{name}"] = _bytes(from_positions(members, order.size))
        made[f"map:{name}"] = _bytes(from_positions(map(ground.of_name.__getitem__, members), order.size))
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(made):
        digest.update(name.encode() + b"\0" + made[name])
    return {"version": VERSION, "digest": digest.digest(), **made}


def _bytes(mask: int) -> bytes:
    return mask.to_bytes((mask.bit_length() + 7) // 8, "little")


@lru_cache(maxsize=4096)
def day_number(text: str | None) -> int:
    """A day of ISO text as a number above 0 that keeps the order; 0 for none."""
    return min(max(date.fromisoformat(text).toordinal() - _FIRST_DAY, 1), 65535) if text else 0


# What is read


def _order(rowids: list[int], places: list[int], names: list[str], ids: list[str]) -> _Order:
    """Each place where the first of its names belongs, and its services in the order of theirs."""
    keys = [f"{name.casefold()}\0{id}" for name, id in zip(names, ids, strict=True)]
    named, size = sorted(range(len(keys)), key=keys.__getitem__), len(keys)
    first: dict[int, int] = {}
    sorting = [0] * size
    for rank, number in enumerate(named):
        sorting[number] = first.setdefault(places[number], rank) * size + rank
    named.sort(key=sorting.__getitem__)
    return _Order(
        named,
        [rowids[number] for number in named],
        [sorting[number] % size for number in named],
        _firsts([sorting[number] // size for number in named]),
    )


def _firsts(places: Sequence[int]) -> list[int]:
    """For each position the first one of its place."""
    first: dict[int, int] = {}
    return [first.setdefault(place, position) for position, place in enumerate(places)]


_COLUMNS = {
    **{name: name for name in ("rowid", "place", "name", "id")},
    **{name: name for name in ("x", "y", "z", "statewide", "source_id", "schedule", *DAYS)},
    "foot": "reach = 'distance'",
    "taking_referrals": "CASE WHEN taking_referrals IN ('yes', 'no') THEN taking_referrals END",
    "capacity": "CASE WHEN capacity IN ('open', 'wait_list', 'full') THEN capacity END",
    "confidential": "CASE WHEN confidential = 1 THEN 'yes' END",
}


_OWN = frozenset({"rowid", "place", "name", "id", "x", "y", "z"})
"""The columns in which hardly two listings say the same; of the others each value is kept once."""


def _read(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """The columns of all listings, in the order of the rowids."""
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(f"SELECT {', '.join(_COLUMNS.values())} FROM listing ORDER BY rowid")
    read: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    known: dict[Any, Any] = {}
    while rows := cursor.fetchmany(_ROWS):  # column by column: 100,000 tuples at once would keep the collector busy
        for name, values in zip(read, zip(*rows, strict=True), strict=True):
            read[name] += values if name in _OWN else map(known.setdefault, values, values)
    return read


# The order of the map


def _ground(firsts: Sequence[int], points: Sequence[_Point]) -> _Ground:
    """Who is nowhere comes last; a service without a point stands where its place is."""
    starts = [here for here, first in enumerate(firsts) if here == first]
    located: list[tuple[float, float, int, int]] = []
    nowhere: list[int] = []
    stands = list(points)
    for start, end in zip(starts, [*starts, len(firsts)][1:], strict=True):
        if points[start][0] is None or end > start + 1:
            stands[start:end] = _filled(points[start:end])
        x, _, z = stands[start]
        if x is None:
            nowhere += range(start, end)
        else:
            located.append((x, z, start, end))
    by_name = [here for _, _, start, end in _tiled(located) for here in range(start, end)]
    where = [stands[here] for here in by_name]
    by_name += nowhere
    return _Ground(by_name, where, _inverse(by_name))


def _filled(points: Sequence[_Point]) -> list[_Point]:
    """The points of the services of a place, another one's for those that have none."""
    known = next((point for point in points if point[0] is not None), points[0])
    return [point if point[0] is not None else known for point in points]


def _inverse(order: Sequence[int]) -> list[int]:
    inverse = [0] * len(order)
    for here, there in enumerate(order):
        inverse[there] = here
    return inverse


def _tiled(located: list[tuple[float, float, int, int]]) -> Iterator[tuple[float, float, int, int]]:
    """Places near each other together: strips from west to east, each from south to north."""
    located.sort()
    strip = BLOCK * max(math.isqrt(len(located) // BLOCK), 1)
    for start in range(0, len(located), strip):
        yield from sorted(located[start : start + strip], key=itemgetter(1))


# What is kept


def _of_order(order: _Order, columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, bytes]]:
    at = sorted(range(order.size), key=order.rowids.__getitem__)
    yield "rowids", array("q", order.rowids).tobytes()
    yield "by_rowid", array("q", map(order.rowids.__getitem__, at)).tobytes()
    yield "at", array("I", at).tobytes()
    yield "ranks", array("I", order.ranks).tobytes()
    yield "firsts", array("I", order.firsts).tobytes()
    for name in DAYS:
        yield name, array("H", map(day_number, columns[name])).tobytes()
    schedules: dict[str | None, int] = {None: 0}
    numbers = [schedules.setdefault(text, len(schedules)) for text in columns["schedule"]]
    yield "schedule", array("I", numbers).tobytes()
    yield "schedules", json.dumps(list(schedules)).encode()


def _of_ground(ground: _Ground) -> Iterator[tuple[str, bytes]]:
    yield "by_name", array("I", ground.by_name).tobytes()
    yield "of_name", array("I", ground.of_name).tobytes()
    yield "points", array("d", chain.from_iterable(ground.points)).tobytes()
    yield "balls", array("d", chain.from_iterable(_balls(ground.points))).tobytes()


def _balls(points: Sequence[_Point]) -> Iterator[tuple[float, float, float, float]]:
    """For each block the middle and the radius of a ball around all its points."""
    for start in range(0, len(points), BLOCK):
        sides = [(min(side), max(side)) for side in zip(*points[start : start + BLOCK], strict=True)]
        x, y, z = ((low + high) / 2 for low, high in sides)
        yield x, y, z, math.dist(*zip(*sides, strict=True)) / 2 + 1e-12


def _of_organizations(connection: sqlite3.Connection, order: _Order) -> Iterator[tuple[str, bytes]]:
    """For each position the number of its organization; and, for each organization, where its positions begin."""
    numbers: dict[str, int] = {}
    cursor = connection.cursor()
    cursor.row_factory = None
    of_row = {
        rowid: numbers.setdefault(spaced(name), len(numbers))
        for rowid, name in cursor.execute("SELECT rowid, organization FROM listing")
    }
    owners = list(map(of_row.__getitem__, order.rowids))
    sites = sorted(range(order.size), key=owners.__getitem__)
    counts = Counter(owners)
    yield "owners", array("I", owners).tobytes()
    yield "sites", array("I", sites).tobytes()
    yield "sites_from", array("I", accumulate((counts[owner] for owner in range(len(numbers))), initial=0)).tobytes()


# Sets of positions by name, each with what it is called


def _of_columns(order: _Order, columns: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, Sequence[int]]]:
    every = range(order.size)
    starts = [here for here, first in enumerate(order.firsts) if here == first]
    yield "last", [start - 1 for start in [*starts, order.size][1:]]
    located = [x is not None for x in columns["x"]]
    walk_in = [foot and known for foot, known in zip(columns["foot"], located, strict=True)]
    yield "located", list(compress(every, located))
    yield "walk_in", list(compress(every, walk_in))
    yield "by_county", list(compress(every, (not foot for foot in walk_in)))
    yield "statewide", list(compress(every, columns["statewide"]))
    for name in ("source_id", "taking_referrals", "capacity", "confidential"):
        for value in set(columns[name]) - {None}:
            yield f"{name}/{value}", [here for here, said in enumerate(columns[name]) if said == value]


def _of_tables(connection: sqlite3.Connection, order: _Order) -> Iterator[tuple[str, Sequence[int]]]:
    at = dict(zip(map(str, order.rowids), range(order.size), strict=True))
    for table, column in _MANY.items():
        of_all: list[int] = []
        # One text for each value: a tuple for each of half a million rows would take three times as long.
        for value, rowids in connection.execute(f"SELECT {column}, group_concat(listing) FROM {table} GROUP BY 1"):
            members = list(map(at.__getitem__, str(rowids).split(",")))
            yield f"{column}/{value}", members
            of_all += members
        if column in _STATED:
            yield column, list(set(of_all))
        if column == "county":
            yield "county alone", [here for here, times in Counter(of_all).items() if times == 1]
