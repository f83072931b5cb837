"""The rows of one list on their way into work.db, chunk by chunk inside one transaction; nothing is held of them.

What a run has to know of earlier rows stands in the narrow table `list_row`: which version of a row the list had. Of a
list that is not huge it is held in memory; then a row that the list has again as it was costs one look there, and
nothing is written of it, unless a problem of it has to be told with its line.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from directory.sync import fields
from directory.sync.crew import Crew, Drafted, Fresh
from directory.sync.normalize import row_id
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.source import Source

__all__ = ["CHUNK", "Taking", "fingerprint"]

CHUNK = 1_000
"""Rows in hand at once."""
HELD = 300_000
"""Rows of a list up to which all their hashes are held in memory, 25 MB for each 100,000; else they are looked up."""

_Known = tuple[str, int]
"""The hash of a row as the list had it, and the run that last wrote or met it."""


def fingerprint(cells: Mapping[str, str]) -> str:
    """The hash of an untouched row: half a SHA-256 over its headings and cells."""
    return hashlib.sha256("\x1f".join([*cells, *cells.values()]).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Taking:
    """Takes the rows of one run; `anew` reads also those that are as they were.

    `loose` are the problems of rows without a place in work.db: no id, or one that stood in the list before;
    `notes` are what a reader says of the list beside its rows: they are no rows that were left out. Old drafts of
    rows that are written again go to the temporary table `before`.
    """

    def __init__(self, work: sqlite3.Connection, source: Source, number: int, today: str, *, anew: bool) -> None:
        self.work, self.source, self.number, self.today, self.anew = work, source, number, today, anew
        self.count = 0
        self.loose: list[Problem] = []
        self.notes: list[Problem] = []
        for statement in _TEMPORARY:
            work.execute(statement)
        query = "SELECT EXISTS (SELECT 1 FROM staged WHERE source_id = ?)"
        self._met_before = bool(work.execute(query, (source.id,)).fetchone()[0])
        self._held = self._all()
        self._told = self._with_problems() if self._held else frozenset[str]()

    def take(self, rows: Iterator[RawRow], crew: Crew) -> Iterator[int]:
        """Takes all rows, and says after each chunk how many it has met."""
        while chunk := list(islice(rows, CHUNK)):
            self._let_go()
            self.count += len(chunk)
            for made in crew.put(self._fresh(chunk)):
                self._write(made)
            yield self.count
        for made in crew.rest():
            self._write(made)
        self._note_gone()

    def _fresh(self, chunk: Iterable[RawRow]) -> list[Fresh]:
        """Of a chunk the rows that have to be read; the others only stand where they stand now."""
        chunk = [row for row in chunk if row.damage is None or not self._noted(row, row.damage)]
        named = [(row, f"line-{row.line}" if row.damage else row_id(row, self.source)) for row in chunk]
        known = self._held
        if known is None:
            known = self._looked_up([identity for _, identity in named if identity is not None])
        fresh: list[Fresh] = []
        carried: list[tuple[int, int, str, str]] = []
        for row, identity in named:
            if identity is None:
                self.loose.append(Problem(row.line, "row_id", Code.NO_ROW_ID))
                continue
            sha256, last = fingerprint(row.cells), known.get(identity)
            if last is not None and last[1] == self.number:
                code = Code.REPEATED_ROW if last[0] == sha256 else Code.REPEATED_ID
                self.loose.append(Problem(row.line, "row_id", code, identity))
                continue
            known[identity] = sha256, self.number
            if last is not None and last[0] == sha256 and not self.anew:
                if self._held is None or identity in self._told:
                    carried.append((row.line, self.number, self.source.id, identity))
            else:
                fresh.append(Fresh(identity, sha256, row.line, dict(row.cells), row.damage))
        self._stand(carried, fresh)
        return fresh

    def _noted(self, row: RawRow, said: Code) -> bool:
        """Whether that is no row but a note of the reader; it is kept as one."""
        if not said.refuses:
            self.notes.append(Problem(row.line, "row", said, fields.excerpt(" ".join(row.cells.values()))))
        return not said.refuses

    def _all(self) -> dict[str, _Known] | None:
        """The hashes of all rows that the list had; None when they are too many to hold."""
        query = "SELECT row_id, sha256, run FROM list_row WHERE source_id = ? LIMIT ?"
        rows = self.work.execute(query, (self.source.id, HELD + 1))
        rows.row_factory = None
        found = {identity: (sha256, run) for identity, sha256, run in rows}
        return found if len(found) <= HELD else None

    def _let_go(self) -> None:
        """Of a list that turns out to be too long, work.db is told which rows were met, and is asked from now on."""
        if self._held is not None and len(self._held) > HELD:
            met = [(self.number, self.source.id, row) for row, (_, run) in self._held.items() if run == self.number]
            self.work.executemany("UPDATE list_row SET run = ? WHERE source_id = ? AND row_id = ?", met)
            self._held = None

    def _looked_up(self, ids: list[str]) -> dict[str, _Known]:
        query = """SELECT row_id, sha256, run FROM list_row
                   WHERE source_id = ? AND row_id IN (SELECT value FROM json_each(?))"""
        rows = self.work.execute(query, (self.source.id, json.dumps(ids)))
        return {identity: (sha256, run) for identity, sha256, run in rows}

    def _with_problems(self) -> frozenset[str]:
        """The rows whose problems are told with their line."""
        query = "SELECT row_id FROM staged WHERE source_id = ? AND problems <> '[]'"
        return frozenset(row[0] for row in self.work.execute(query, (self.source.id,)))

    def _note_gone(self) -> None:
        """Puts into the temporary table `gone` the rows that the list had and has no more."""
        if self._held is None:
            query = "INSERT INTO temp.gone SELECT row_id FROM list_row WHERE source_id = ? AND run < ?"
            self.work.execute(query, (self.source.id, self.number))
        else:
            gone = [(identity,) for identity, (_, run) in self._held.items() if run != self.number]
            self.work.executemany("INSERT INTO temp.gone VALUES (?)", gone)

    def _stand(self, carried: list[tuple[int, int, str, str]], fresh: list[Fresh]) -> None:
        self.work.executemany("UPDATE list_row SET line = ?, run = ? WHERE source_id = ? AND row_id = ?", carried)
        self.work.executemany(
            "INSERT OR REPLACE INTO list_row VALUES (?, ?, ?, ?, ?, 0)",
            [(self.source.id, row.row_id, row.sha256, row.line, self.number) for row in fresh],
        )

    def _write(self, rows: list[Drafted]) -> None:
        before = self._before(rows) if self._met_before else {}
        new = [row for row in rows if row.row_id not in before or _differs(row, before[row.row_id])]
        old = [before[row.row_id] for row in new if row.row_id in before]
        self.work.executemany(
            "INSERT OR IGNORE INTO temp.before VALUES (?, ?, ?, ?, ?)",
            [
                (row["row_id"], row["draft"], row["place"], row["marked"], row["confidential"])
                for row in old
                if row["draft"] is not None and row["ended_on"] is None
            ],
        )
        self.work.executemany(
            "INSERT OR IGNORE INTO raw_row VALUES (?, ?, ?, ?, ?)",
            [(self.source.id, row.row_id, row.sha256, row.cells, self.number) for row in new],
        )
        self.work.executemany(_STAGE, [self._staged(row) for row in new])
        self.work.executemany(
            "UPDATE list_row SET refused = 1 WHERE source_id = ? AND row_id = ?",
            [(self.source.id, row.row_id) for row in rows if row.refused],
        )

    def _before(self, rows: list[Drafted]) -> dict[str, sqlite3.Row]:
        query = """SELECT row_id, raw_sha256, draft, problems, place, marked, confidential, ended_on FROM staged
                   WHERE source_id = ? AND row_id IN (SELECT value FROM json_each(?))"""
        found = self.work.execute(query, (self.source.id, json.dumps([row.row_id for row in rows])))
        return {row["row_id"]: row for row in found}

    def _staged(self, row: Drafted) -> tuple[object, ...]:
        return (
            self.source.id, row.row_id, row.sha256, row.line, row.draft, row.problems, int(row.refused), self.today,
            self.today, row.place, int(row.marked), self.number,
        )  # fmt: skip


_TEMPORARY = (
    "DROP TABLE IF EXISTS temp.before",
    "CREATE TEMP TABLE before (row_id TEXT PRIMARY KEY, draft TEXT, place TEXT, marked INTEGER, confidential INTEGER)",
    "DROP TABLE IF EXISTS temp.gone",
    "CREATE TEMP TABLE gone (row_id TEXT PRIMARY KEY)",
)
_STAGE = """
    INSERT INTO staged (source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on, place,
        marked, changed_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source_id, row_id) DO UPDATE SET raw_sha256 = excluded.raw_sha256, line = excluded.line,
        draft = excluded.draft, problems = excluded.problems, refused = excluded.refused, place = excluded.place,
        marked = excluded.marked, changed_run = excluded.changed_run, changed_on = excluded.changed_on,
        ended_on = NULL, ended_why = NULL
"""


def _differs(row: Drafted, before: sqlite3.Row) -> bool:
    if before["ended_on"] is not None or row.sha256 != before["raw_sha256"]:
        return True
    now = (row.draft, row.problems, row.place, int(row.marked))
    return now != (before["draft"], before["problems"], before["place"], before["marked"])
