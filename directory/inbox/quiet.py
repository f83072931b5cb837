"""Who is to be left in peace: nothing is offered or begun to them by any path, and nothing says why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from directory.inbox import barred, erasing, queue, stores, tasks, where
from directory.inbox.barred import is_quiet
from directory.inbox.shapes import as_text, in_peace, wiped

__all__ = ["forget", "hush", "is_quiet"]


def hush(who: str, now: datetime) -> None:
    """No offer, follow-up, reminder, survey or code from now on; what waits is cancelled.

    A call that they asked for stands, because they asked for it: it turns red, so that a careful person dials first.
    """
    at = as_text(now)
    _noted(in_peace, {"who": who, "at": at, "print": barred.print_of_key(), "lost_at": None}, now)
    erasing.texts_cancelled(who, now)
    erasing.followups_ended(who, now)
    tasks.reddened(who)


def forget(who: str, now: datetime) -> None:
    """The wipe word: what waits is cancelled, and the rows of that person go, but for opt-outs and reports."""
    _noted(wiped, {"who": who, "at": as_text(now)}, now)
    erasing.forgotten(who)


def _noted(table: Table, values: dict[str, str | None], now: datetime) -> None:
    """Keeps the row, in the place of an older one of that person, before anything is erased by it."""
    barred.begun(now)

    def kept(db: Connection) -> None:
        row = stores.insert(db, table).values(**values)
        db.execute(row.on_conflict_do_update(index_elements=["who"], set_=values))

    stores.write(where.OPT_OUTS, kept)
    queue.begun(now)
