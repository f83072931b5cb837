"""Calls that people asked for: for staff to make, with the number sealed until somebody dials it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from directory.errors import InboxError
from directory.inbox import barred, erasing, stores, where
from directory.inbox.shapes import as_text, as_time, task
from directory.inbox.who import unseal

__all__ = ["WHEN", "Task", "call", "done", "number", "one", "open_tasks", "reddened", "void_ended", "waits"]

WHEN = ("morning", "midday", "afternoon", "evening", "any")


@dataclass(frozen=True)
class Task:
    """Somebody wants to be called; never their words. `reached` says whether there is a number to dial."""

    id: int
    need: str | None
    county: str | None
    language: str
    when: str
    red: bool
    asked_at: datetime
    reached: bool
    ended_at: datetime | None = None
    ended_how: str | None = None
    ended_by: str | None = None


def call(
    who: str, reach: str, *, need: str | None, county: str | None, language: str, when: str, red: bool, now: datetime
) -> None:
    """Keeps that somebody agreed to be called; asked again it is changed, and a red flag stays."""
    values = {
        "reach": reach, "need": need, "county": county, "language": language,
        "best_time": when if when in WHEN else "any",
    }  # fmt: skip

    void_ended(now, who)

    def asked(db: Connection) -> None:
        standing = update(task).where(task.c.who == who, task.c.ended_at.is_(None))
        change = {**values, "red": True} if red else values
        if not db.execute(standing.values(**change)).rowcount:
            db.execute(task.insert().values(**values, red=red, who=who, asked_at=as_text(now)))

    stores.write(where.INBOX, asked)


def reddened(who: str) -> None:
    """A call that this person agreed to before stands, and is a red one now."""
    stores.change(where.INBOX, update(task).where(task.c.who == who, task.c.ended_at.is_(None)).values(red=True))


def void_ended(now: datetime, who: str | None = None) -> None:
    """Ends the calls of who said STOP or had all erased since, and erases their numbers; with `who` theirs alone."""
    asked = select(task).where(task.c.ended_at.is_(None))
    rows = stores.rows(where.INBOX, asked if who is None else asked.where(task.c.who == who))
    stops = barred.stops(who, calls=True)
    erasing.calls_over([row.id for row in rows if _void(row, stops)], now)


def open_tasks() -> tuple[Task, ...]:
    """The calls that nobody made yet, red ones first, then who waits longest.

    None of somebody who said STOP or had all erased since: a restore may have brought it back.
    """
    query = select(task).where(task.c.ended_at.is_(None)).order_by(task.c.red.desc(), task.c.asked_at, task.c.id)
    stops = barred.stops(calls=True)
    return tuple(_task(row) for row in stores.rows(where.INBOX, query) if not _void(row, stops))


def waits(who: str) -> bool:
    """Whether a call to that person is still to be made."""
    query = select(task).where(task.c.who == who, task.c.ended_at.is_(None))
    stops = barred.stops(who, calls=True)
    return any(not _void(row, stops) for row in stores.rows(where.INBOX, query))


def one(id: int) -> Task:
    """That call; InboxError when there is none."""
    return _task(_row(id))


def number(id: int) -> str | None:
    """The number to dial, in international form; None once it was erased."""
    reach = _row(id).reach
    return unseal(reach) if reach else None


def done(id: int, by: str, now: datetime) -> None:
    """The call was made, or will not be: the number is erased."""
    _row(id)
    values = {"ended_at": as_text(now), "ended_how": "done", "ended_by": by[:80], "reach": None}
    change = update(task).where(task.c.id == id, task.c.ended_at.is_(None)).values(**values)
    if not stores.change(where.INBOX, change):
        row = _row(id)
        first = f" by {row.ended_by}" if row.ended_by else ""
        at = as_time(row.ended_at).astimezone(now.tzinfo)
        raise InboxError(f"T{id} was done already, on {at:%Y-%m-%d at %H:%M:%S}{first}. Nothing was changed.")


def _row(id: int) -> Any:
    query = select(task).where(task.c.id == id)
    row = stores.row(where.INBOX, query)
    if row is None or (row.ended_at is None and _void(row, barred.stops(row.who, calls=True))):
        raise InboxError(f"There is no call T{id} in the inbox. `puente inbox` shows those that are open.")
    return row


def _void(row: Any, stops: Mapping[str, str]) -> bool:
    return stops.get(row.who, "") >= str(row.asked_at)


def _task(row: Any) -> Task:
    return Task(
        row.id, row.need, row.county, row.language, row.best_time, bool(row.red), as_time(row.asked_at),
        row.reach is not None, as_time(row.ended_at) if row.ended_at else None, row.ended_how, row.ended_by,
    )  # fmt: skip
