"""What outlives a restore: rows that were written after the backup and must not be forgotten with the rest.

The inventory marks such files with `purged: never` (opt-outs). Each of their tables is merged by its primary key: what
the backup holds stays, what stands here now is added; so an opt-out made after the backup is still one afterwards. A
table that only one side has is taken whole. Where both have a row of one key, that of the present home wins.

The shape that this stands on, whatever else the table may hold: an ordinary table with a primary key, one row for each
thing that is not to be forgotten, for example

    CREATE TABLE opt_out (sender TEXT PRIMARY KEY, at TEXT NOT NULL, how TEXT NOT NULL) STRICT
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.backup import kept
from directory.backup.snapshot import copied
from directory.errors import BackupError

__all__ = ["merge"]


def merge(home: Path, new: Path) -> int:
    """Adds to the unpacked backup in `new` what must not be lost of the present home; how many rows were added."""
    files = [name for name in kept.taken(home) if kept.never_lost(name) and kept.is_database(home / name)]
    return sum(_merged(home / name, new / name) for name in files)


def _merged(now: Path, then: Path) -> int:
    if not then.exists():
        copied(now, then)
        return 0
    try:
        with closing(sqlite3.connect(then, isolation_level=None)) as db:
            db.execute("ATTACH ? AS present", (str(now),))
            db.execute("BEGIN")
            query = "SELECT name, sql FROM present.sqlite_master WHERE type = 'table'"
            tables = [row for row in db.execute(query) if not row[0].startswith("sqlite_")]
            added = sum(_table(db, name, sql) for name, sql in tables)
            db.execute("COMMIT")
    except sqlite3.Error as why:
        raise BackupError(
            f"{now.name} could not be carried over ({why}), and what stands there must not be lost. "
            "Nothing was changed."
        ) from why
    return added


def _table(db: sqlite3.Connection, name: str, sql: str) -> int:
    if not db.execute("SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = ?", (name,)).fetchone():
        db.execute(sql)
    here, there = _columns(db, "present", name), _columns(db, "main", name)
    both = ", ".join(f'"{column}"' for column in here if column in there)
    before = _rows(db, name)
    db.execute(f'INSERT OR REPLACE INTO main."{name}" ({both}) SELECT {both} FROM present."{name}"')
    return _rows(db, name) - before


def _columns(db: sqlite3.Connection, side: str, table: str) -> list[str]:
    return [row[1] for row in db.execute(f'PRAGMA {side}.table_info("{table}")')]


def _rows(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0])
