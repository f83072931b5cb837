"""The two files of the desk's accounts: opened for each piece of work, made at the first write, set aside when damaged.

`desk.db` holds who may use the desk and what they did, and backups take it along. `desk_sessions.db` holds who is
signed in, which links may still be used and who has to wait: it is in no backup, so that none of that comes back.
"""

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
from directory.errors import AccountError

__all__ = ["DESK", "SESSIONS", "as_text", "as_time", "exists", "path", "read", "write"]

logger = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

DESK = "desk.db"
SESSIONS = "desk_sessions.db"
_BUSY_SECONDS = 10.0

_STEPS = {
    DESK: (
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, shown TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('chw', 'staff', 'admin')), organization TEXT NOT NULL,
            demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)), password TEXT, password_at TEXT,
            created_at TEXT NOT NULL, ended_at TEXT
        ) STRICT;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, account INTEGER, role TEXT, organization TEXT,
            what TEXT NOT NULL, of TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_account ON audit(account, number);
        CREATE INDEX audit_by_what ON audit(what, number);
        CREATE INDEX audit_by_day ON audit(at)
        """,
        # What staff note beside a place, for each other; it ends and is not deleted.
        """
        CREATE TABLE note (
            number INTEGER PRIMARY KEY AUTOINCREMENT, listing TEXT NOT NULL, words TEXT NOT NULL,
            account INTEGER NOT NULL, at TEXT NOT NULL, ended_at TEXT, ended_by INTEGER
        ) STRICT;
        CREATE INDEX note_by_listing ON note(listing, number)
        """,
    ),
    SESSIONS: (
        """
        CREATE TABLE session (
            id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, account INTEGER NOT NULL, device TEXT NOT NULL,
            began_at TEXT NOT NULL, seen_at TEXT NOT NULL, ends_at TEXT NOT NULL,
            locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)), ended_at TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_by_account ON session(account);
        CREATE TABLE ticket (
            token TEXT PRIMARY KEY, account INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('invite', 'reset')),
            made_at TEXT NOT NULL, ends_at TEXT NOT NULL, used_at TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ticket_by_account ON ticket(account);
        CREATE TABLE failure (
            who TEXT PRIMARY KEY, times INTEGER NOT NULL, last_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ),
}
"""The tables of each file, step by step; `user_version` says how many steps were made."""


def path(name: str) -> Path:
    """Where that file lies, whether or not it is there."""
    return store.home() / name


def exists(name: str) -> bool:
    """Whether anything was ever written to that file."""
    file = path(name)
    return file.exists() and file.stat().st_size > 0


def read(name: str, work: Work[T], nothing: T) -> T:
    """What `work` reads from that file; `nothing` while there is none. AccountError when it cannot be read."""
    return _done(name, work) if exists(name) else nothing


def write(name: str, work: Work[T]) -> T:
    """What `work` does to that file, in one transaction: all or nothing. AccountError when it cannot be done."""

    def changed(db: sqlite3.Connection) -> T:
        with rows.whole(db):
            return work(db)

    return _done(name, changed)


def as_text(at: datetime) -> str:
    """A time as it is kept: UTC, to the second, so that text sorts as time."""
    return at.astimezone(timezone.utc).isoformat(timespec="seconds")


def as_time(text: str) -> datetime:
    """A kept time."""
    return datetime.fromisoformat(text)


def _done(name: str, work: Work[T]) -> T:
    try:
        return _once(name, work)
    except sqlite3.DatabaseError as error:
        if not damaged.is_damage(error):
            raise _refused(name, error) from error
        _set_aside(name)
    try:
        return _once(name, work)
    except sqlite3.Error as error:
        raise _refused(name, error) from error


def _once(name: str, work: Work[T]) -> T:
    file = path(name)
    if not file.exists():
        # SQLite would make it readable for others; its logs take their permissions from it.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(rows.connected(file, _BUSY_SECONDS)) as db:
        if _made(db) < len(_STEPS[name]):
            _make(db, _STEPS[name])
        return work(db)


def _made(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _make(db: sqlite3.Connection, steps: tuple[str, ...]) -> None:
    """Makes what is missing, whole or not at all; another process may have done it meanwhile."""
    with rows.whole(db):
        for statement in (part for step in steps[_made(db) :] for part in step.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {max(_made(db), len(steps))}")


def _set_aside(name: str) -> None:
    """The day in the name of a damaged file is that of its last writing: nothing here looks at a clock."""
    file = path(name)
    with suppress(FileNotFoundError):
        on = datetime.fromtimestamp(file.stat().st_mtime, timezone.utc).date()
        if moved := damaged.aside(file, on):
            logs.event(logger, "desk.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))


def _refused(name: str, error: sqlite3.Error) -> AccountError:
    if "full" in str(error):
        return AccountError(
            "The disk is full, so this was not done and nothing was changed. Make room (puente purge), then try again."
        )
    return AccountError(
        f"{path(name)} could not be read or written, so nobody can be let in and nothing was changed. "
        "Look whether the folder is yours (puente doctor), then try again."
    )
