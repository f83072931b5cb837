"""Which files of a home a backup takes along, by the inventory of what is kept; and what stands in them, counted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from directory import privacy
from directory.model import Language

__all__ = ["BESIDE", "PUBLISHED", "belongs", "counts", "in_words", "is_database", "never_lost", "readable", "taken"]

BESIDE = ("-wal", "-shm", "-journal")
"""How the names of files end that belong to a database beside them and are nothing without it."""
PUBLISHED = ("directory", "publications", "raw_lists")
"""Entries whose files are never written to once they stand: they are linked or copied byte for byte."""
_MAGIC = b"SQLite format 3\0"


def belongs(name: str) -> bool:
    """Whether the inventory says that backups take that file along."""
    known = privacy.inventory()
    return not name.endswith(BESIDE) and any(known[id].backup for id in privacy.of_file(name))


def taken(home: Path) -> list[str]:
    """The files below a home that a backup takes along, by name."""
    return sorted(name for name in _files(home) if belongs(name))


def _files(home: Path) -> Iterator[str]:
    for folder, below, files in os.walk(home):
        below[:] = [name for name in below if not name.endswith(".part")]
        for name in files:
            path = Path(folder, name)
            if path.is_file():
                yield path.relative_to(home).as_posix()


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def never_lost(name: str) -> bool:
    """Whether what stands in that file outlives a restore: the inventory says that it never ends (opt-outs)."""
    known = privacy.inventory()
    return any(known[id].purged == "never" for id in privacy.of_file(name))


def readable(path: Path) -> sqlite3.Connection:
    """A database, to be read only."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


_COUNTED = {
    "work.db": {
        "runs": "SELECT count(*) FROM run",
        "decisions": "SELECT count(*) FROM decision",
        "publications": "SELECT count(*) FROM publication",
    },
    "directory.db": {"places": "SELECT count(*) FROM listing"},
}


def counts(home: Path) -> dict[str, int]:
    """How much of what stands in a home, by words of `in_words` or by the name of a file; what cannot be read is not.

    Read from what is in force, so a home can be compared with a backup of it.
    """
    found: dict[str, int] = {}
    for path in sorted(home.glob("*.db")):
        if belongs(path.name):
            with suppress(sqlite3.Error), closing(readable(path)) as db:
                found.update(_counts(path.name, db))
    return found


def _counts(name: str, db: sqlite3.Connection) -> dict[str, int]:
    if known := _COUNTED.get(name):
        return {what: number for what, query in known.items() if (number := _count(db, query)) is not None}
    names = (row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    tables = [table for table in names if not table.startswith(("sqlite_", "_sqlite_"))]
    return {name: sum(_count(db, f'SELECT count(*) FROM "{table}"') or 0 for table in tables)}


def _count(db: sqlite3.Connection, query: str) -> int | None:
    """None where an older Puente had no such table."""
    try:
        return int(db.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return None


_WORDS = {"places": "places people see", "runs": "lists read", "decisions": "decisions", "publications": "publications"}


def in_words(what: str) -> str:
    """What a count is of, for a person."""
    if said := _WORDS.get(what):
        return said
    ids = privacy.of_file(what)
    return privacy.inventory()[ids[0]].what.get(Language.EN) if ids else what
