"""verify.db: calls that staff make to places, step by step. A file of its own, so that no refresh holds up a call."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeVar

from directory import damaged, logs, rows, store
from directory.errors import VerifyError

__all__ = ["as_text", "as_time", "path", "read", "write"]

logger = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_BUSY_SECONDS = 10.0
_STEPS = (
    # hold: who has a place open to call it. answer: what was said of one field; `entered` is what is to be corrected
    # (fields of a source file -> text), `waits` whether work.db does not know it yet, `over` whether the place was
    # checked whole since. call: how a call ended, and until when the place is left alone.
    """
    CREATE TABLE hold (
        listing TEXT PRIMARY KEY, account INTEGER NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, seen TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE answer (
        number INTEGER PRIMARY KEY, listing TEXT NOT NULL, field TEXT NOT NULL,
        said TEXT NOT NULL CHECK (said IN ('same', 'other', 'unsaid')), shown TEXT NOT NULL, entered TEXT NOT NULL,
        account INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, how TEXT NOT NULL,
        waits INTEGER NOT NULL CHECK (waits IN (0, 1)), over INTEGER NOT NULL DEFAULT 0 CHECK (over IN (0, 1))
    ) STRICT;
    CREATE INDEX answer_by_listing ON answer(listing, number);
    CREATE INDEX answer_that_waits ON answer(listing) WHERE waits = 1;
    CREATE TABLE call (
        number INTEGER PRIMARY KEY, listing TEXT NOT NULL,
        how TEXT NOT NULL CHECK (how IN ('done', 'partly', 'no_answer', 'later', 'wrong_number', 'refused', 'closed')),
        account INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, until TEXT NOT NULL
    ) STRICT;
    CREATE INDEX call_by_listing ON call(listing, number);
    CREATE INDEX call_by_until ON call(until, listing)
    """,
)
"""The tables, step by step; `user_version` says how many steps were made."""


def path() -> Path:
    """Where the file lies, whether or not it is there."""
    return store.home() / "verify.db"


def read(work: Work[T], nothing: T) -> T:
    """What `work` reads; `nothing` while no call was ever begun. VerifyError when the file cannot be read."""
    file = path()
    return _done(work) if file.exists() and file.stat().st_size else nothing


def write(work: Work[T]) -> T:
    """What `work` does, in one transaction: all or nothing. VerifyError when it cannot be done."""

    def changed(db: sqlite3.Connection) -> T:
        with rows.whole(db):
            return work(db)

    return _done(changed)


def as_text(at: datetime) -> str:
    """A time as it is kept: UTC, to the second, so that text sorts as time."""
    return at.astimezone(timezone.utc).isoformat(timespec="seconds")


def as_time(text: str) -> datetime:
    """A kept time."""
    return datetime.fromisoformat(text)


def _done(work: Work[T]) -> T:
    try:
        return _once(work)
    except sqlite3.DatabaseError as error:
        if not damaged.is_damage(error):
            raise _refused(error) from error
        _set_aside()
    try:
        return _once(work)
    except sqlite3.Error as error:
        raise _refused(error) from error


def _once(work: Work[T]) -> T:
    file = path()
    with suppress(FileExistsError):  # SQLite would make it readable for others
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(rows.connected(file, _BUSY_SECONDS)) as db:
        db.row_factory = sqlite3.Row
        if _made(db) < len(_STEPS):
            _make(db)
        return work(db)


def _made(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _make(db: sqlite3.Connection) -> None:
    """Makes what is missing, whole or not at all; another process may have done it meanwhile."""
    with rows.whole(db):
        for statement in (part for step in _STEPS[_made(db) :] for part in step.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {max(_made(db), len(_STEPS))}")


def _set_aside() -> None:
    file = path()
    with suppress(FileNotFoundError):
        on = datetime.fromtimestamp(file.stat().st_mtime, timezone.utc).date()
        if moved := damaged.aside(file, on):
            logs.event(logger, "verify.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))


def _refused(error: sqlite3.Error) -> VerifyError:
    if "full" in str(error):
        return VerifyError(
            "The disk is full, so what was said on the call could not be kept and nothing was changed. "
            "Make room (puente purge), then try again."
        )
    return VerifyError(
        f"{path()} could not be read or written, so what was said on the call could not be kept and nothing was "
        "changed. Write it on paper, look with `puente doctor`, then try again."
    )
