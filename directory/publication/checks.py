"""checks: what a new directory has to pass before anybody sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set

from directory import store
from directory.model import Listing
from directory.publication import build
from directory.sync import confidential

__all__ = ["faults"]

_PART = 500


def faults(connection: sqlite3.Connection, expected: int, ids: Set[str] | None = None) -> Iterator[str]:
    """What is wrong with it; `ids` are the listings that are new in it, None when all are.

    Every page and every CHECK is looked at; of a copy of a directory that passed before, only what is new is read. That
    each index fits its table (`integrity_check`) is not asked: SQLite itself made them a moment ago.
    """
    if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        yield "the file is damaged"
        return
    found = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    if found != expected:
        yield f"{expected} places went in and {found} came out"
    if _without_list(connection):
        yield "a place names a list that is not there"
    for listing in _confidential(connection, ids):
        if confidential.shows_place(listing):
            yield f"the confidential place {listing.id} still shows where it is"


def _without_list(connection: sqlite3.Connection) -> bool:
    """By the lists: each is looked up once, where `foreign_key_check` would look for one with every row."""
    return not build.used_sources(connection) <= {row[0] for row in connection.execute("SELECT id FROM source")}


def _confidential(connection: sqlite3.Connection, ids: Set[str] | None) -> Iterator[Listing]:
    query = "SELECT rowid, id FROM listing WHERE confidential = 1"
    rowids = [row["rowid"] for row in connection.execute(query) if ids is None or row["id"] in ids]
    for start in range(0, len(rowids), _PART):
        yield from store.listings(connection, rowids[start : start + _PART])
