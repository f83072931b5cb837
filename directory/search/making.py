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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from directory.search.bits import from_positions

__all__ = ["BLOCK", "DAYS", "VERSION", "blobs", "day_number"]

VERSION = f"1 {sys.byteorder}".encode()
"""Of what is written here: an index of another version is made anew in memory."""
BLOCK = 128
DAYS = ("dated_on", "assured_on", "capacity_on", "suspended_until")

_FIRST_DAY = date(1999, 12, 31).toordinal()
_MANY = {
    "listing_need": "need",
    "listing_program": "program",
    "listing_plan": "plan",
    "service_area": "county",
    "listing_language": "language",
}
_READ = (
    "rowid", "place", "name", "id", "x", "y", "z", "reach", "statewide", "source_id", "taking_referrals", "capacity",
    "schedule", *DAYS,
)  # fmt: skip
_Point = tuple[float, float, float]


@dataclass(frozen=True)
class _Rows:
    """The listings in the order `names`, column by column, and where each is on the map."""

    columns: Mapping[str, Sequence[object]]
    ranks: Sequence[int]
    firsts: Sequence[int]
    on_map: Sequence[int]
    map_of: Sequence[int]
    points: Sequence[_Point]

    @property
    def size(self) -> int:
        return len(self.ranks)


def blobs(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Everything the search keeps of that directory, by name; `digest` tells one content from another."""
    rows = _rows(connection)
    made = dict(_columns(rows))
    at = dict(zip(rows.columns["rowid"], range(rows.size), strict=True))
    for name, members in _sets(connection, rows, at):
        made[f"names:{name}"] = _bytes(from_positions(members, rows.size))
        made[f"map:{name}"] = _bytes(from_positions(map(rows.map_of.__getitem__, members), rows.size))
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(made):
        digest.update(name.encode() + b"\0" + made[name])
    return {"version": VERSION, "digest": digest.digest(), **made}


def _bytes(mask: int) -> bytes:
    return mask.to_bytes((mask.bit_length() + 7) // 8, "little")


@lru_cache(maxsize=4096)
def day_number(text: object) -> int:
    """A day of ISO text as a number above 0 that keeps the order; 0 for none."""
    return min(max(date.fromisoformat(str(text)).toordinal() - _FIRST_DAY, 1), 65535) if text else 0


# The order of the listings


def _rows(connection: sqlite3.Connection) -> _Rows:
    cursor = connection.cursor()
    cursor.row_factory = None
    read = cursor.execute(f"SELECT {', '.join(_READ)} FROM listing ORDER BY rowid").fetchall()
    columns: dict[str, Sequence[object]] = dict(zip(_READ, zip(*read), strict=True)) if read else {n: () for n in _READ}
    order, ranks = _by_names(columns)
    columns = {name: [values[number] for number in order] for name, values in columns.items()}
    firsts = _firsts(columns["place"])
    points = list(zip(columns["x"], columns["y"], columns["z"], strict=True))
    on_map, located = _on_map(firsts, points)
    map_of = [0] * len(order)
    for there, here in enumerate(on_map):
        map_of[here] = there
    return _Rows(columns, ranks, firsts, on_map, map_of, located)


def _by_names(columns: Mapping[str, Sequence[object]]) -> tuple[list[int], list[int]]:
    """The rows, each place where the first of its names belongs; and for each the place of its own name among all."""
    places = columns["place"]
    keys = [f"{str(name).casefold()}\0{id}" for name, id in zip(columns["name"], columns["id"], strict=True)]
    named = sorted(range(len(keys)), key=keys.__getitem__)
    first: dict[object, int] = {}
    sorting = [0] * len(keys)
    for rank, number in enumerate(named):
        sorting[number] = first.setdefault(places[number], rank) * len(keys) + rank
    order = sorted(named, key=sorting.__getitem__)
    return order, [sorting[number] % len(keys) for number in order]


def _firsts(places: Sequence[object]) -> list[int]:
    """For each position the first one of its place."""
    firsts, first = [], 0
    for position, place in enumerate(places):
        if place != places[first]:
            first = position
        firsts.append(first)
    return firsts


def _on_map(firsts: Sequence[int], points: Sequence[tuple[object, ...]]) -> tuple[list[int], list[_Point]]:
    """The positions in the order of the map, and a point for each that is somewhere; the others come last."""
    located: list[tuple[_Point, list[int]]] = []
    nowhere: list[int] = []
    for _, group in groupby(range(len(firsts)), key=firsts.__getitem__):
        services = list(group)
        point = next((points[each] for each in services if points[each][0] is not None), None)
        if point is None:
            nowhere += services
        else:
            located.append((point, services))  # type: ignore[arg-type]
    order, where = [], []
    for point, services in _tiled(located):
        order += services
        where += [points[each] if points[each][0] is not None else point for each in services]
    return [*order, *nowhere], where  # type: ignore[list-item]


def _tiled(located: list[tuple[_Point, list[int]]]) -> Iterator[tuple[_Point, list[int]]]:
    """Places near each other together: strips from west to east, each from south to north."""
    located.sort(key=lambda one: one[0][0])
    strip = BLOCK * max(math.isqrt(len(located) // BLOCK), 1)
    for start in range(0, len(located), strip):
        yield from sorted(located[start : start + strip], key=lambda one: one[0][2])


# What is kept


def _columns(rows: _Rows) -> Iterator[tuple[str, bytes]]:
    for name, values in (("ranks", rows.ranks), ("firsts", rows.firsts), ("on_map", rows.on_map)):
        yield name, array("I", values).tobytes()
    yield "map_of", array("I", rows.map_of).tobytes()
    rowids: Sequence[int] = rows.columns["rowid"]  # type: ignore[assignment]
    at = sorted(range(rows.size), key=rowids.__getitem__)
    yield "rowids", array("q", rowids).tobytes()
    yield "by_rowid", array("q", [rowids[here] for here in at]).tobytes()
    yield "at", array("I", at).tobytes()
    for name in DAYS:
        yield name, array("H", map(day_number, rows.columns[name])).tobytes()
    yield "points", array("d", [part for point in rows.points for part in point]).tobytes()
    yield "blocks", array("d", [part for ball in _balls(rows.points) for part in ball]).tobytes()
    schedules: dict[object, int] = {None: 0}
    numbers = [schedules.setdefault(text, len(schedules)) for text in rows.columns["schedule"]]
    yield "schedule", array("I", numbers).tobytes()
    yield "schedules", json.dumps(list(schedules)).encode()


def _balls(points: Sequence[_Point]) -> Iterator[tuple[float, float, float, float]]:
    """For each block a ball around all its points."""
    for start in range(0, len(points), BLOCK):
        sides = [(min(side), max(side)) for side in zip(*points[start : start + BLOCK], strict=True)]
        x, y, z = ((low + high) / 2 for low, high in sides)
        yield x, y, z, math.dist(*zip(*sides, strict=True)) / 2 + 1e-12


def _sets(connection: sqlite3.Connection, rows: _Rows, at: Mapping[object, int]) -> Iterator[tuple[str, Iterable[int]]]:
    """Sets of positions in the order `names`, by name."""
    columns = rows.columns
    ends = [here for here, first in enumerate(rows.firsts[1:]) if first == here + 1]
    yield "last", [*ends, rows.size - 1] if rows.size else []
    located = [x is not None for x in columns["x"]]
    foot = [reach == "distance" for reach in columns["reach"]]
    yield "located", [here for here, known in enumerate(located) if known]
    yield "walk_in", [here for here, known in enumerate(located) if known and foot[here]]
    yield "by_county", [here for here, known in enumerate(located) if not (known and foot[here])]
    yield "statewide", [here for here, whole in enumerate(columns["statewide"]) if whole]
    for name, column in (("source", "source_id"), ("referrals", "taking_referrals"), ("capacity", "capacity")):
        for value, members in _grouped(zip(columns[column], range(rows.size), strict=True)).items():
            yield f"{name}/{value}", members
    for table, column in _MANY.items():
        yield from _of_table(connection, table, column, at)


def _of_table(
    connection: sqlite3.Connection, table: str, column: str, at: Mapping[object, int]
) -> Iterator[tuple[str, Iterable[int]]]:
    cursor = connection.cursor()
    cursor.row_factory = None
    found = _grouped((value, at[rowid]) for value, rowid in cursor.execute(f"SELECT {column}, listing FROM {table}"))
    stated = bytearray(len(at))
    for value, members in found.items():
        yield f"{column}/{value}", members
        for here in members:
            stated[here] = min(stated[here] + 1, 2)
    yield column, [here for here, times in enumerate(stated) if times]
    yield f"{column} alone", [here for here, times in enumerate(stated) if times == 1]


def _grouped(pairs: Iterable[tuple[object, int]]) -> dict[object, list[int]]:
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for value, member in pairs:
        groups[value].append(member)
    return groups
