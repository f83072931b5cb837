"""dirty: which listings may be shown otherwise than in the publication in force, and have to be merged anew."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from directory.publication.gather import Gathered
from directory.search.today import CAPACITY_DAYS
from directory.sync import decisions
from directory.tables import chunks

__all__ = ["dirty"]

_PART = 400


def dirty(
    work: sqlite3.Connection,
    base: sqlite3.Connection,
    gathered: Gathered,
    *,
    through_run: int,
    through_decision: int,
    published_at: str,
    today: date,
) -> set[str]:
    """The listing ids to be merged anew; those that come out the same do no harm."""
    rows = set(_touched(work, through_run))
    found = {row[0] for row in work.execute("SELECT listing_id FROM link WHERE changed_run > ?", (through_run,))}
    found |= decisions.listings_since(work, through_decision, published_at)
    found |= {gathered.today_id(listing_id) for listing_id in found}
    found |= set(_listings_of(work, rows)) | set(_holders(base, rows))
    found |= _hidden(work, base, gathered)
    found |= _old_room(base, today)
    return _closed(work, base, found)


def _touched(work: sqlite3.Connection, through_run: int) -> Iterator[tuple[str, str]]:
    yield from map(tuple, work.execute("SELECT source_id, row_id FROM staged WHERE changed_run > ?", (through_run,)))
    yield from map(tuple, work.execute("SELECT DISTINCT source_id, row_id FROM change WHERE run > ?", (through_run,)))


def _listings_of(work: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The listings that the rows belong to today."""
    query = "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?"
    for row in rows:
        if found := work.execute(query, row).fetchone():
            yield found[0]


def _holders(base: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The listings that the rows belonged to in the publication in force."""
    for row in rows:
        yield from (found[0] for found in base.execute(_HOLDER, (*row, *row)))


_HOLDER = """
    SELECT id FROM listing WHERE source_id = ? AND source_row = ?
    UNION SELECT listing.id FROM said JOIN listing ON listing.rowid = said.listing
        WHERE said.source_id = ? AND said.source_row = ?
"""


def _hidden(work: sqlite3.Connection, base: sqlite3.Connection, gathered: Gathered) -> set[str]:
    """The listings that stand at the door of a refuge now and did not, or did and do not; those of several rows always,
    because another of their rows may stand there now.
    """
    now = set(_listings_of(work, gathered.hidden))
    before = {row[0] for row in base.execute("SELECT id FROM listing WHERE confidential = 1")} - gathered.refuges
    rows = Counter(listing_id for listing_id, _, _ in _rows_of(work, now))
    return (before ^ now) | {listing_id for listing_id, count in rows.items() if count > 1}


def _old_room(base: sqlite3.Connection, today: date) -> set[str]:
    last = (today - timedelta(days=CAPACITY_DAYS)).isoformat()
    return {row[0] for row in base.execute("SELECT id FROM listing WHERE capacity_on < ?", (last,))}


def _closed(work: sqlite3.Connection, base: sqlite3.Connection, found: set[str]) -> set[str]:
    """With every listing that rows of these came from or went to."""
    done: set[str] = set()
    while left := found - done:
        done |= left
        rows = {*((source, row) for _, source, row in _rows_of(work, left)), *_rows_before(base, left)}
        found = found | set(_listings_of(work, rows)) | set(_holders(base, rows))
    return done


def _rows_of(work: sqlite3.Connection, ids: set[str]) -> Iterator[tuple[str, str, str]]:
    for part in chunks(sorted(ids), _PART):
        query = f"SELECT listing_id, source_id, row_id FROM link WHERE listing_id IN ({','.join('?' * len(part))})"
        yield from map(tuple, work.execute(query, part))


def _rows_before(base: sqlite3.Connection, ids: set[str]) -> Iterator[tuple[str, str]]:
    for part in chunks(sorted(ids), _PART):
        marks = ",".join("?" * len(part))
        query = f"""SELECT said.source_id, said.source_row FROM said JOIN listing ON listing.rowid = said.listing
                    WHERE listing.id IN ({marks})
                    UNION SELECT source_id, source_row FROM listing WHERE id IN ({marks})"""
        yield from map(tuple, base.execute(query, [*part, *part]))
