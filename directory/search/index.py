"""The index of a directory: written by publication, read once by each process, kept for the last two publications.

What is kept belongs to the publication that the very connection of a request reads, and to its content: the file may
be replaced between two requests, never within one. A directory without an index gets one in memory on first use.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from directory import hours, store
from directory.model import Place, Schedule, Tri
from directory.search import making
from directory.search.around import Around, Ground
from directory.search.bits import Recent, from_flags, from_positions
from directory.search.today import CAPACITY_DAYS, CHECKED_DAYS, STALE_DAYS

__all__ = ["LOADED", "Day", "Index", "Numbering", "build", "of"]

_PUBLICATIONS = 2
_WORDS = 64
_PLACES = 16
_MOMENTS = 4
_SPARSE = 16

_NO, _YES = b"01"


def build(connection: sqlite3.Connection) -> None:
    """Writes the index of a new directory whose tables are filled; whoever publishes commits."""
    connection.execute("DELETE FROM search_index")
    connection.executemany("INSERT INTO search_index (name, data) VALUES (?, ?)", making.blobs(connection).items())


@dataclass(frozen=True)
class Day:
    """Sets of positions that are another each day: who is not stale, checked lately, not suspended, and whose room was
    judged lately."""

    fresh: int
    checked: int
    shown: int
    judged: int


@dataclass(frozen=True, eq=False)
class Numbering:
    """One of the two orders of the positions, and the sets in it; see `making`."""

    name: str
    masks: dict[str, int]
    size: int
    by_name: array[int] | None = None
    """For each position the one in the order `names`, unless this is that order."""

    def __getitem__(self, name: str) -> int:
        return self.masks.get(name, 0)

    @property
    def everything(self) -> int:
        return (1 << self.size) - 1

    def from_flags(self, flags: bytes) -> int:
        """A set given in the order `names` as text of 0 and 1."""
        return from_flags(bytes(map(flags.__getitem__, self.by_name)) if self.by_name is not None else flags)


@dataclass(frozen=True, eq=False)
class Index:
    """What the search knows of one publication; the columns are in the order `names` unless they say otherwise."""

    names: Numbering
    map: Numbering
    rowids: array[int]
    by_rowid: array[int]
    """The rowids in their order, and `at` which positions they have."""
    at: array[int]
    ranks: array[int]
    firsts: array[int]
    of_name: array[int]
    owners: array[int]
    """For each position the number of its organization, whose positions are `sites` from `sites_from` on."""
    sites: array[int]
    sites_from: array[int]
    ground: Ground
    days: dict[str, array[int]]
    schedule: array[int]
    schedules: tuple[Schedule | None, ...]
    clock: tuple[int, ...]
    """The minutes of a day at which some schedule may open or close."""
    _around: Recent[tuple[float, float], Around] = field(default_factory=lambda: Recent(_PLACES))
    _days: Recent[tuple[str, date], Day] = field(default_factory=lambda: Recent(_MOMENTS))
    _open: Recent[tuple[str, date, int], tuple[int, int]] = field(default_factory=lambda: Recent(_MOMENTS))
    _noticed: Recent[tuple[str, date], int] = field(default_factory=lambda: Recent(_MOMENTS))
    _words: Recent[tuple[str, str], int] = field(default_factory=lambda: Recent(_WORDS))

    @property
    def size(self) -> int:
        return len(self.ranks)

    def day(self, today: date, order: Numbering) -> Day:
        """What holds on that day."""
        return self._days.get((order.name, today), partial(self._made_day, today, order))

    def _made_day(self, today: date, order: Numbering) -> Day:
        number = {
            ago: making.day_number((today - timedelta(days=ago)).isoformat())
            for ago in (0, CAPACITY_DAYS, CHECKED_DAYS, STALE_DAYS)
        }
        day = self.days
        kept = {
            "fresh": [on >= number[STALE_DAYS] for on in day["dated_on"]],
            "checked": [number[CHECKED_DAYS] <= on <= number[0] for on in day["assured_on"]],
            "shown": [on < number[0] for on in day["suspended_until"]],
            "judged": [on == 0 or on >= number[CAPACITY_DAYS] for on in day["capacity_on"]],
        }
        return Day(**{name: order.from_flags(bytes(map(_FLAG.__getitem__, held))) for name, held in kept.items()})

    def around(self, place: Place) -> Around:
        """The surroundings of that place."""
        return self._around.get((place.latitude, place.longitude), lambda: Around(self.ground, place))

    def open(self, now: datetime, order: Numbering) -> tuple[int, int]:
        """Who is open and who is closed at that time; between two hours of the clock the answer stays."""
        local = now.astimezone(hours.PACIFIC)
        minute = local.hour * 60 + local.minute
        spell = sum(turn <= minute for turn in self.clock)
        return self._open.get((order.name, local.date(), spell), partial(self._made_open, local, order))

    def _made_open(self, local: datetime, order: Numbering) -> tuple[int, int]:
        states = [hours.is_open(schedule, local) for schedule in self.schedules]
        yes, no = ([_YES if state is wanted else _NO for state in states] for wanted in (Tri.YES, Tri.NO))
        return tuple(  # type: ignore[return-value]
            order.from_flags(bytes(map(flags.__getitem__, self.schedule))) for flags in (yes, no)
        )

    def noticed(self, connection: sqlite3.Connection, today: date, order: Numbering) -> int:
        """Who has a notice in force on that day."""
        return self._noticed.get((order.name, today), partial(self._made_noticed, connection, today, order))

    def _made_noticed(self, connection: sqlite3.Connection, today: date, order: Numbering) -> int:
        query = "SELECT rowid FROM listing WHERE alert IS NOT NULL AND (alert_until IS NULL OR alert_until >= ?)"
        return self._having({row[0] for row in connection.execute(query, (today.isoformat(),))}, order)

    def of_organization(self, position: int) -> array[int]:
        """All positions of the organization that one belongs to."""
        owner = self.owners[position]
        return self.sites[self.sites_from[owner] : self.sites_from[owner + 1]]

    def position(self, rowid: int) -> int:
        """The position of a row of this publication."""
        return self.at[bisect_left(self.by_rowid, rowid)]

    def word(self, connection: sqlite3.Connection, word: str, order: Numbering) -> int:
        """Who has a word that begins so."""
        return self._words.get((order.name, word), partial(self._made_word, connection, word, order))

    def _made_word(self, connection: sqlite3.Connection, word: str, order: Numbering) -> int:
        cursor = connection.cursor()
        cursor.row_factory = None
        found = cursor.execute("SELECT rowid FROM listing_word WHERE listing_word MATCH ?", (f'"{word}"*',))
        return self._having({rowid for (rowid,) in found}, order)

    def _having(self, having: set[int], order: Numbering) -> int:
        """The positions of those rowids."""
        if len(having) * _SPARSE > self.size:
            return order.from_flags(bytes([_FLAG[rowid in having] for rowid in self.rowids]))
        members = map(self.position, having)
        there = members if order.by_name is None else map(self.of_name.__getitem__, members)
        return from_positions(there, self.size)


_FLAG = {False: _NO, True: _YES}
LOADED: Recent[tuple[object, ...], Index] = Recent(_PUBLICATIONS)


def of(connection: sqlite3.Connection) -> Index:
    """The index of the directory that this connection reads."""
    publication = connection.execute("SELECT id FROM publication").fetchone()
    written = _written(connection)
    mark = written or _file(connection)
    return LOADED.get((publication and publication[0], *mark), lambda: _load(_blobs(connection, bool(written))))


def _written(connection: sqlite3.Connection) -> tuple[object, ...]:
    """The digest of the index in the file, if it is one that this version reads."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_index'").fetchone():
        return ()
    marks = connection.execute("SELECT name, data FROM search_index WHERE name IN ('version', 'digest')")
    found = dict(marks)
    return (found["digest"],) if found.get("version") == making.VERSION else ()


def _file(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What tells a file without an index from the one that replaced it."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if not path:
        return (id(connection),)
    about = Path(path).stat()
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns


def _blobs(connection: sqlite3.Connection, written: bool) -> dict[str, bytes]:
    if not written:
        return making.blobs(connection)
    return dict(connection.execute("SELECT name, data FROM search_index"))


def _load(blobs: dict[str, bytes]) -> Index:
    by_name, ranks = _array("I", blobs["by_name"]), _array("I", blobs["ranks"])
    masks: dict[str, dict[str, int]] = {"names": {}, "map": {}}
    for name, data in blobs.items():
        order, colon, about = name.partition(":")
        if colon:
            masks[order][about] = int.from_bytes(data, "little")
    schedules = tuple(store.schedule_from_json(text) for text in json.loads(blobs["schedules"]))
    return Index(
        names=Numbering("names", masks["names"], len(ranks)),
        map=Numbering("map", masks["map"], len(ranks), by_name),
        rowids=_array("q", blobs["rowids"]),
        by_rowid=_array("q", blobs["by_rowid"]),
        at=_array("I", blobs["at"]),
        ranks=ranks,
        firsts=_array("I", blobs["firsts"]),
        of_name=_array("I", blobs["of_name"]),
        owners=_array("I", blobs["owners"]),
        sites=_array("I", blobs["sites"]),
        sites_from=_array("I", blobs["sites_from"]),
        ground=Ground(
            points=_array("d", blobs["points"]),
            balls=_array("d", blobs["balls"]),
            located=masks["map"]["located"],
            ranks=array("I", map(ranks.__getitem__, by_name)),
        ),
        days={name: _array("H", blobs[name]) for name in making.DAYS},
        schedule=_array("I", blobs["schedule"]),
        schedules=schedules,
        clock=_clock(schedules),
    )


def _array(kind: str, data: bytes) -> array[Any]:
    made: array[Any] = array(kind)
    made.frombytes(data)
    return made


def _clock(schedules: tuple[Schedule | None, ...]) -> tuple[int, ...]:
    weeks = (schedule.intervals for schedule in schedules if schedule)
    turns = {moment for week in weeks for one in week for moment in (one.opens, one.closes)}
    return tuple(sorted(moment.hour * 60 + moment.minute for moment in turns))
