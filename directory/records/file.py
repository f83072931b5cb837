"""The file of the records: its tables, how rows are put in, and what goes when its time is over."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from directory import damaged, rows, store
from directory.records.answer import Answer

__all__ = ["BUSY_SECONDS", "COLUMNS", "File", "path", "purge"]

BUSY_SECONDS = 5.0
COLUMNS = (
    "day", "channel", "outcome", "language", "danger", "act", "need", "program", "county", "rule", "publication",
    "listings",
)  # fmt: skip

_STEPS = (
    # No row id: it would say in which order the rows of a day came, and so which of them were of one conversation.
    """
    CREATE TABLE answer (
        key BLOB PRIMARY KEY CHECK (length(key) = 12), day TEXT NOT NULL CHECK (length(day) = 10),
        channel TEXT NOT NULL, outcome TEXT NOT NULL, language TEXT, danger TEXT, act TEXT, need TEXT, program TEXT,
        county TEXT, rule TEXT, publication TEXT, listings TEXT,
        CHECK (danger IS NULL OR coalesce(act, need, program, county, rule, publication, listings) IS NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answer_by_day ON answer(day);
    """,
)
"""The tables, step by step; `user_version` says how many were made. Plain SQL: the assistant writes here, and the
library that migrates the other files is 25 MB that it has no other use for."""


def path() -> Path:
    """Where the records lie, whether or not the file is there."""
    return store.home() / "records.db"


class File:
    """The file open for writing; made (0600), or brought to today's tables, when it is not."""

    def __init__(self, file: Path) -> None:
        self._opened = damaged.Opened(file)
        try:
            self._db = rows.connected(file, BUSY_SECONDS)
        except BaseException:
            self._opened.close()
            raise
        try:
            if _step(self._db) < len(_STEPS):
                _migrate(self._db)
        except BaseException:
            self.close()
            raise

    @property
    def sound(self) -> bool:
        """Whether this is still the file at its path, and still a database."""
        return self._opened.sound

    def insert(self, answers: Iterable[Answer]) -> None:
        """Puts records in, all or none, in no order that says which came together."""
        made = [(secrets.token_bytes(12), *_row(answer)) for answer in answers]
        made.sort()  # by the random key
        with rows.whole(self._db):
            self._db.executemany(f"INSERT INTO answer VALUES ({', '.join('?' * (1 + len(COLUMNS)))})", made)

    def purge(self, before: date, today: date) -> int:
        """Deletes what is older than a day, so that nothing of it stays in the file; how many records went.

        What bears a day to come, because the clock was ahead, counts from today.
        """
        ahead = (today + timedelta(days=1)).isoformat()
        self._db.execute("UPDATE answer SET day = ? WHERE day > ?", (today.isoformat(), ahead))
        deleted = self._db.execute("DELETE FROM answer WHERE day < ?", (before.isoformat(),)).rowcount
        if deleted:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted

    def close(self) -> None:
        """Lets go of the file."""
        try:
            self._db.close()
        finally:
            self._opened.close()


def purge(before: date, file: Path | None = None, *, today: date) -> int:
    """Deletes the records of the days before; how many went."""
    where = file or path()
    if not where.exists():
        return 0
    with closing(File(where)) as records:
        return records.purge(before, today)


def _step(db: sqlite3.Connection) -> int:
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


def _migrate(db: sqlite3.Connection) -> None:
    """Makes what is missing, whole or not at all; another process may have done it meanwhile."""
    with rows.whole(db):
        done = _step(db)
        for statement in (part for step in _STEPS[done:] for part in step.split(";") if part.strip()):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {max(done, len(_STEPS))}")


def _row(answer: Answer) -> Sequence[str | None]:
    values = {**vars(answer), "day": answer.day.isoformat()}
    values["listings"] = json.dumps(answer.listings) if answer.listings else None
    return [values[name] for name in COLUMNS]
