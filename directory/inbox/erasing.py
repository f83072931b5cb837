"""Ends all that waits for somebody and erases the sealed numbers; done again it changes nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from directory.inbox import stores, where
from directory.inbox.shapes import as_text, followup, task, waiting

__all__ = [
    "all_cancelled",
    "calls_ended",
    "calls_over",
    "everything_cancelled",
    "followups_ended",
    "followups_over",
    "forgotten",
    "number_gone",
    "texts_cancelled",
    "texts_cancelled_of",
]


def all_cancelled(who: str, now: datetime) -> None:
    """Texts, follow-ups and the numbers of calls; a kill in between leaves the rest to whoever calls it again."""
    texts_cancelled(who, now)
    followups_ended(who, now)
    calls_ended(who, now)


def texts_cancelled(who: str, now: datetime) -> int:
    """What waits in the queue for them is not sent; its number and text are erased. How many there were."""
    return stores.change(where.QUEUE, _texts(now).where(waiting.c.who == who))


def texts_cancelled_of(who: str, prefix: str, now: datetime) -> int:
    """What waits for them by a cause that begins so is not sent; how many texts that were."""
    return stores.change(where.QUEUE, _texts(now).where(waiting.c.who == who, waiting.c.cause.startswith(prefix)))


def followups_over(ids: Sequence[int], now: datetime) -> None:
    """Those follow-ups are over."""
    ends = [_followups(now).where(followup.c.id == id) for id in ids]
    if ends:
        stores.write(where.INBOX, lambda db: [db.execute(each) for each in ends])


def number_gone(id: int) -> None:
    """The last text of that follow-up went out, or cannot: its number is of no more use."""
    stores.change(where.INBOX, update(followup).where(followup.c.id == id).values(reach=None))


def followups_ended(who: str, now: datetime) -> int:
    """The running follow-ups of that person end and lose their number; how many there were."""
    return stores.change(where.INBOX, _followups(now).where(followup.c.who == who))


def calls_ended(who: str, now: datetime) -> int:
    """Calls that this person asked for end, because there is no number any more; how many there were."""
    return stores.change(where.INBOX, _calls(now).where(task.c.who == who))


def calls_over(ids: Sequence[int], now: datetime) -> None:
    """Those calls end, because nobody wants to be called any more."""
    ends = [_calls(now).where(task.c.id == id) for id in ids]
    if ends:
        stores.write(where.INBOX, lambda db: [db.execute(each) for each in ends])


def everything_cancelled(now: datetime) -> None:
    """Every text that waits and every running follow-up, whosever: nobody knows any more who said STOP."""
    stores.change(where.QUEUE, _texts(now))
    stores.change(where.INBOX, _followups(now))


def forgotten(who: str) -> None:
    """Deletes the rows of that person but for opt-outs and reports, bytes and all."""
    stores.change(where.QUEUE, delete(waiting).where(waiting.c.who == who))
    for table in (followup, task):
        stores.change(where.INBOX, delete(table).where(table.c.who == who))
    for name in (where.QUEUE, where.INBOX):
        stores.settled(name)


def _texts(now: datetime) -> Any:
    ends = update(waiting).where(waiting.c.state == "waiting")
    return ends.values(state="cancelled", ended_at=as_text(now), reach=None, text=None)


def _followups(now: datetime) -> Any:
    return update(followup).where(followup.c.ended_at.is_(None)).values(ended_at=as_text(now), reach=None)


def _calls(now: datetime) -> Any:
    ends = update(task).where(task.c.ended_at.is_(None))
    return ends.values(ended_at=as_text(now), ended_how="stopped", reach=None)
