"""Who is to be left in peace: nothing is offered or begun to them by any path, and nothing says why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from directory.inbox import barred, erasing, stores, where
from directory.inbox.barred import is_quiet
from directory.inbox.shapes import as_text, hush_key, hushed

__all__ = ["forget", "hush", "is_quiet"]


def hush(who: str, now: datetime) -> None:
    """No offer, follow-up, reminder, survey or code from now on; what waits is cancelled."""
    barred.begun(now)
    stores.write(where.OPT_OUTS, lambda db: _noted(db, who, now, quiet=True))
    erasing.texts_cancelled(who, now)
    erasing.followups_ended(who, now)


def forget(who: str, now: datetime) -> None:
    """The wipe word: what waits is cancelled, and the rows of that person go, but for opt-outs and reports."""
    barred.begun(now)
    stores.write(where.OPT_OUTS, lambda db: _noted(db, who, now, quiet=False))
    erasing.forgotten(who)


def _noted(db: Connection, who: str, now: datetime, *, quiet: bool) -> None:
    row = stores.insert(db, hushed).values(who=who, at=as_text(now), quiet=quiet)
    change = {"at": as_text(now), "quiet": True} if quiet else {"at": as_text(now)}
    db.execute(row.on_conflict_do_update(index_elements=["who"], set_=change))
    if quiet:
        key = stores.insert(db, hush_key).values(print=barred.print_of_key(), used_at=as_text(now))
        db.execute(key.on_conflict_do_update(index_elements=["print"], set_={"used_at": as_text(now)}))
