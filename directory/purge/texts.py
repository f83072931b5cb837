"""Forgets which text messages were answered, a day after: Twilio delivers none again so late."""

from __future__ import annotations

from directory.purge import rows
from directory.purge.steps import Job, Outcome

__all__ = ["texts_given"]

_ID = "texts_given"


def texts_given(job: Job) -> Outcome:
    """The hashes of messages that are older than their day, and those that bear a time to come."""
    path = job.home / "texts.db"
    count, _ = rows.oldest_and_count(path, "given", "at")
    if not count:
        return Outcome(_ID)
    limit, ahead = job.limit(_ID).timestamp(), job.clock.counted.timestamp() + 86400
    where = "WHERE at < ? OR at > ?"
    with rows.opened(path) as db:
        if job.dry_run:
            return Outcome(_ID, int(db.execute(f"SELECT count(*) FROM given {where}", (limit, ahead)).fetchone()[0]))
        gone = db.execute(f"DELETE FROM given {where}", (limit, ahead)).rowcount
        rows.settle(db)
        rows.shrink(db, path)
    return Outcome(_ID, gone)
