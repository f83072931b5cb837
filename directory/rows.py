"""How a file of rows that comes and goes by days is opened and written: by several processes, wiped when it goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["connected", "whole"]


def connected(file: Path, busy_seconds: float) -> sqlite3.Connection:
    """The open file; sqlite3.Error, and nothing left open, when it cannot be read or written."""
    db = sqlite3.connect(file, check_same_thread=False, isolation_level=None, timeout=busy_seconds)
    try:
        for setting in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
            db.execute(f"PRAGMA {setting}")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def whole(db: sqlite3.Connection) -> Iterator[None]:
    """All of what is done, or nothing; the error is that of what was done, not of taking it back."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        raise
