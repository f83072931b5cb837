"""Deletes what is old of the desk: lines of its log, sign-ins and links that are over."""

from __future__ import annotations

from datetime import timedelta

from directory.accounts import file
from directory.purge import rows
from directory.purge.steps import Job, Outcome

__all__ = ["OLD", "desk"]

OLD = {
    "desk_log": (file.DESK, (("audit", "at"),)),
    "desk_sessions": (
        file.SESSIONS,
        (("session", "ends_at"), ("ticket", "ends_at"), ("failure", "last_at")),
    ),
}
"""Entry of the inventory -> its file, and the tables with the column whose time decides."""
_AHEAD = timedelta(days=4)
"""An invitation holds for three days."""


def desk(id: str, job: Job) -> Outcome:
    """What of that entry is older than its days."""
    name, tables = OLD[id]
    path = job.home / name
    before = file.as_text(job.limit(id))
    gone = sum(_table(job, name, table, column, before) for table, column in tables) if path.exists() else 0
    if gone and not job.dry_run:
        with rows.opened(path) as db:
            rows.settle(db)
            rows.shrink(db, path)
    return Outcome(id, gone)


def _table(job: Job, name: str, table: str, column: str, before: str) -> int:
    path = job.home / name
    count, _ = rows.oldest_and_count(path, table, column)
    if not count:
        return 0
    with rows.opened(path) as db:
        if job.dry_run:
            return int(db.execute(f"SELECT count(*) FROM {table} WHERE {column} < ?", (before,)).fetchone()[0])
        # Written while the clock was wrong: it counts from today, else it would be kept for years.
        today, ahead = file.as_text(job.clock.counted), file.as_text(job.clock.counted + _AHEAD)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", (today, ahead))
        return db.execute(f"DELETE FROM {table} WHERE {column} < ?", (before,)).rowcount
