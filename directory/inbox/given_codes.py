"""Which codes of lists are out: those that open one today, and those that did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from directory.inbox import lists, stores, where
from directory.inbox.shapes import as_text, as_time, saved_list

__all__ = ["Given", "ended", "one", "standing"]


@dataclass(frozen=True)
class Given:
    """A code that opens a list until `ends_at`, and who made it."""

    code: str
    saved: lists.SavedList
    by: str
    made_at: datetime
    ends_at: datetime


def standing(now: datetime) -> tuple[Given, ...]:
    """The codes that open a list now, the latest first."""
    query = select(saved_list).where(saved_list.c.ends_at > as_text(now))
    latest = query.order_by(saved_list.c.made_at.desc(), saved_list.c.id.desc())
    rows: tuple[Any, ...] = stores.read(where.INBOX, lambda db: tuple(db.execute(latest)), ())
    found = ((row, lists.find(row.code, now)) for row in rows)
    return tuple(
        Given(row.code, saved, row.made_by, as_time(row.made_at), as_time(row.ends_at)) for row, saved in found if saved
    )


def one(code: str, now: datetime) -> Given | None:
    """That one, however it is written; None for a word that opens nothing now."""
    word = code.strip().upper()
    return next((given for given in standing(now) if given.code == word), None)


def ended(code: str, now: datetime) -> bool:
    """Whether a word opened a list that has ended; once it is free for another, nobody knows any more."""
    query = select(saved_list.c.id).where(
        saved_list.c.code == code.strip().upper(), saved_list.c.ends_at <= as_text(now)
    )

    def there(db: Connection) -> bool:
        return db.execute(query).first() is not None

    return stores.read(where.INBOX, there, False)
