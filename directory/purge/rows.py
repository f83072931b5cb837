"""Deletes rows by their age from the databases of conversations and records, bytes and all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path

from directory import records as recording
from directory.purge.clock import Clock
from directory.purge.steps import Job, Outcome

__all__ = [
    "conversations",
    "delete_conversations",
    "newest",
    "oldest_and_count",
    "opened",
    "records",
    "settle",
    "shrink",
]

_AT_ONCE = 100
"""Rows of one transaction: the log of the file stays short, which matters on a full disk."""


def conversations(job: Job) -> Outcome:
    """Conversations that nobody went on with for their days."""
    path = job.home / "conversations.db"
    if not path.exists():
        return Outcome("conversations")
    limit = job.limit("conversations")
    with opened(path) as db:
        if not _has(db, "conversation"):
            return Outcome("conversations")
        if job.dry_run:
            query = "SELECT count(*) FROM conversation WHERE updated_at < ?"
            return Outcome("conversations", int(db.execute(query, (limit.timestamp(),)).fetchone()[0]))
        deleted = delete_conversations(db, limit, job.clock)
        shrink(db, path)  # also where nothing went now: the running assistant deletes what is too old, too
        return Outcome("conversations", deleted)


def delete_conversations(db: sqlite3.Connection, limit: datetime, clock: Clock) -> int:
    """Deletes what is older than `limit` and says how many; what bears a time to come counts from today."""
    today = clock.counted.timestamp()
    db.execute("UPDATE conversation SET updated_at = ? WHERE updated_at > ?", (today, today + 86400))
    deleted = 0
    query = "DELETE FROM conversation WHERE id IN (SELECT id FROM conversation WHERE updated_at < ? LIMIT ?)"
    while gone := db.execute(query, (limit.timestamp(), _AT_ONCE)).rowcount:
        deleted += gone
        settle(db)
    return deleted


def records(job: Job) -> Outcome:
    """Records of answers older than their days."""
    path = job.home / "records.db"
    if not path.exists():
        return Outcome("records")
    before = job.limit("records").date()
    if job.dry_run:
        with opened(path) as db:
            if not _has(db, "answer"):
                return Outcome("records")
            found = db.execute("SELECT count(*) FROM answer WHERE day < ?", (before.isoformat(),)).fetchone()[0]
            return Outcome("records", int(found))
    return Outcome("records", recording.purge(before, path, today=job.clock.counted.date()))


def settle(db: sqlite3.Connection) -> None:
    """Brings the log of a file into it and empties it: deleted rows would live on there."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def shrink(db: sqlite3.Connection, path: Path) -> None:
    """Writes the file anew after rows went, where that is cheap and there is room.

    Overwriting what is freed (`secure_delete`) is not enough: where SQLite moves rows within a page, now and then a
    copy stays in the part that is not used.
    """
    pages, size = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    if pages * size > _SMALL or shutil.disk_usage(path.parent).free < 3 * pages * size:
        return
    with suppress(sqlite3.OperationalError):  # somebody reads it just now: the next purge may find it free
        db.execute("VACUUM")
        settle(db)


_SMALL = 64 << 20


def newest(home: Path) -> datetime | None:
    """The newest time that a conversation bears; None where there is none."""
    path = home / "conversations.db"
    if not path.exists():
        return None
    with opened(path) as db:
        found = db.execute("SELECT max(updated_at) FROM conversation").fetchone() if _has(db, "conversation") else None
    return datetime.fromtimestamp(found[0], timezone.utc) if found and found[0] else None


def oldest_and_count(path: Path, table: str, column: str) -> tuple[int, object]:
    """How many rows a table has, and the least of a column; (0, None) where there is no such file or table."""
    if not path.exists():
        return 0, None
    with opened(path) as db:
        if not _has(db, table):
            return 0, None
        count, oldest = db.execute(f"SELECT count(*), min({column}) FROM {table}").fetchone()
    return int(count), oldest


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database open for deleting: freed bytes are overwritten; every statement is a transaction of its own."""
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = ON")
        yield db


def _has(db: sqlite3.Connection, table: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None
