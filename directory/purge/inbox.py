"""Deletes what is old from the stores of the inbox, bytes and all."""

from __future__ import annotations

from directory.inbox import where
from directory.purge import rows
from directory.purge.steps import Job, Outcome

__all__ = ["STORE_OF", "inbox"]

STORE_OF = {
    "queue": where.QUEUE,
    "inbox": where.INBOX,
    "outcomes": where.INBOX,
    "shared_lists": where.INBOX,
    "left_in_peace": where.OPT_OUTS,
}
"""Entry of the inventory -> the store whose rows it is about."""


def inbox(id: str, job: Job) -> Outcome:
    """The rows of that entry that are older than its days."""
    from directory.inbox import ending, stores  # loads the library of databases, which other steps do without

    if not stores.exists(STORE_OF[id]):
        return Outcome(id)
    limit, now = job.limit(id), job.clock.counted
    if job.dry_run:
        return Outcome(id, ending.counted(id, limit))
    ending.set_right(now)
    gone = ending.ended(id, limit, now)
    if file := where.file(STORE_OF[id]):
        with rows.opened(file) as db:
            rows.shrink(db, file)
    return Outcome(id, gone)
