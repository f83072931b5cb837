"""checks: what a new directory has to pass before anybody sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set

from directory import store
from directory.model import Listing
from directory.sync import confidential

__all__ = ["faults"]

_PART = 500


def faults(connection: sqlite3.Connection, expected: int, ids: Set[str] | None = None) -> Iterator[str]:
    """What is wrong with it; `ids` are the listings that are new in it, None when all are.

    A copy of a directory that passed before is looked at in all its pages, and in what is new in it.
    """
    pragma = "integrity_check" if ids is None else "quick_check"
    if connection.execute(f"PRAGMA {pragma}").fetchone()[0] != "ok":
        yield "the file is damaged"
        return
    found = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    if found != expected:
        yield f"{expected} places went in and {found} came out"
    if _without_list(connection, ids):
        yield "a place names a list that is not there"
    for listing in _confidential(connection, ids):
        if confidential.shows_place(listing):
            yield f"the confidential place {listing.id} still shows where it is"


def _without_list(connection: sqlite3.Connection, ids: Set[str] | None) -> bool:
    if ids is None:
        return connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    lost = "SELECT 1 FROM {} WHERE source_id NOT IN (SELECT id FROM source) LIMIT 1"
    return any(connection.execute(lost.format(table)).fetchone() for table in ("listing", "said"))


def _confidential(connection: sqlite3.Connection, ids: Set[str] | None) -> Iterator[Listing]:
    query = "SELECT rowid, id FROM listing WHERE confidential = 1"
    rowids = [row["rowid"] for row in connection.execute(query) if ids is None or row["id"] in ids]
    for start in range(0, len(rowids), _PART):
        yield from store.listings(connection, rowids[start : start + _PART])
