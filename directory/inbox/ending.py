"""What is older than its days goes from the stores, and numbers that must not be there any more are erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from directory.inbox import barred, erasing, stores, tasks, where
from directory.inbox.lists import FREE_DAYS
from directory.inbox.shapes import as_text, followup, in_peace, outcome, report, saved_list, taken, task, waiting, wiped

__all__ = ["counted", "ended", "set_right"]

_AHEAD = timedelta(days=1)
_OPEN = ("waiting", "sending")


def counted(id: str, limit: datetime) -> int:
    """How many rows of that entry of the inventory would go."""
    return sum(_count(name, table, condition) for name, table, condition in _old(id, limit))


def ended(id: str, limit: datetime, now: datetime) -> int:
    """Deletes the rows of that entry that are older; before that, what waits without hope or right is erased."""
    if id == "queue":
        _hopeless(now)
    if id == "inbox":
        _void(now)
    return sum(stores.change(name, delete(table).where(condition)) for name, table, condition in _old(id, limit))


def set_right(now: datetime) -> None:
    """What bears a time to come, because the clock was ahead, counts from now."""
    columns = (
        (where.INBOX, task.c.asked_at), (where.INBOX, followup.c.agreed_at), (where.INBOX, report.c.ended_at),
        (where.INBOX, saved_list.c.made_at), (where.QUEUE, waiting.c.put_at), (where.OPT_OUTS, in_peace.c.at),
        (where.OPT_OUTS, wiped.c.at),
    )  # fmt: skip
    for name, column in columns:
        ahead = update(column.table).where(column > as_text(now + _AHEAD))
        stores.change(name, ahead.values({column.name: as_text(now)}))


def _old(id: str, limit: datetime) -> list[tuple[str, Any, Any]]:
    before = as_text(limit)
    if id == "inbox":
        return [
            (where.INBOX, task, func.coalesce(task.c.ended_at, task.c.asked_at) < before),
            (where.INBOX, followup, func.coalesce(followup.c.ended_at, followup.c.agreed_at) < before),
            (where.INBOX, report, report.c.ended_at < before),
            (where.INBOX, taken, taken.c.at < before),
        ]
    if id == "queue":
        return [(where.QUEUE, waiting, (waiting.c.put_at < before) & waiting.c.state.not_in(_OPEN))]
    if id == "shared_lists":
        return [(where.INBOX, saved_list, saved_list.c.made_at < as_text(limit - timedelta(days=FREE_DAYS)))]
    if id == "outcomes":
        return [(where.INBOX, outcome, outcome.c.month < f"{limit:%Y-%m}")]
    return [(where.OPT_OUTS, table, table.c.at < before) for table in (in_peace, wiped)]


def _count(name: str, table: Any, condition: Any) -> int:
    query = select(func.count()).select_from(table).where(condition)

    def found(db: Connection) -> int:
        return int(db.execute(query).scalar_one())

    return stores.read(name, found, 0)


def _hopeless(now: datetime) -> None:
    """Texts whose time is over lose number and words, also where nobody ever tries to send them."""
    over = update(waiting).where(waiting.c.state.in_(_OPEN), waiting.c.expires_at < as_text(now - _AHEAD))
    stores.change(where.QUEUE, over.values(state="expired", ended_at=as_text(now), reach=None, text=None))


def _void(now: datetime) -> None:
    """A kill between an opt-out and what it erases, or a restore, may have left numbers of who is out or wiped."""
    kept, stops = select(followup).where(followup.c.reach.is_not(None)), barred.stops()
    void = [row.id for row in stores.rows(where.INBOX, kept) if stops.get(row.who, "") >= row.agreed_at]
    erasing.followups_over(void, now)
    tasks.void_ended(now)
