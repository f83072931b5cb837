"""Texts that we begin, until they are sent: once for each cause, with number and text sealed and then erased.

States: waiting -> sending -> sent or failed; waiting -> cancelled or expired. A row with its cause stays for the days
of the inventory, so that nothing is sent twice for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from directory.errors import InboxError
from directory.inbox import barred, causes, elsewhere, erasing, stores, where
from directory.inbox.shapes import as_text, as_time, queue_began, waiting
from directory.inbox.who import seal, unseal

__all__ = [
    "STATES",
    "State",
    "Waiting",
    "began_at",
    "begun",
    "cancel",
    "claim",
    "counts",
    "failed",
    "in_doubt",
    "later",
    "put",
    "sent",
    "state",
    "states",
    "texts_due",
    "unreadable",
]

State = tuple[str, datetime | None]
"""One of STATES, and when the text came to its end, if it did."""
STATES = ("waiting", "sending", "sent", "failed", "cancelled", "expired")
A_DAY, A_WEEK = 1, 3
"""So many texts that we begin may go to one person in a day of the calendar, and in seven days (FCC 2015, for
health-care texts); `claim` holds to it."""
_PACIFIC = ZoneInfo("America/Los_Angeles")
_DOUBT_MINUTES = 5


@dataclass(frozen=True)
class Waiting:
    """A text that was taken to be sent: `reach` is the sealed number; `tries` counts this one.

    `text` is empty where it was sealed under another key than secret.key holds now.
    """

    id: int
    cause: str
    who: str
    reach: str
    text: str
    due: datetime
    expires: datetime
    tries: int
    claimed_at: datetime


def put(cause: str, who: str, reach: str, text: str, due: datetime, expires: datetime, now: datetime) -> bool:
    """Lets a text wait; False when the cause is known already, or that person is out or in peace.

    InboxError while it cannot be known who said STOP.
    """
    begun(now)
    barred.must_be_known()
    if barred.is_out(who) or barred.is_quiet(who):
        return False
    values = {
        "cause": cause, "who": who, "reach": reach, "text": seal(text), "state": "waiting", "put_at": as_text(now),
        "due_at": as_text(due), "expires_at": as_text(expires), "tries": 0,
    }  # fmt: skip

    def added(db: Connection) -> bool:
        row = stores.insert(db, waiting).values(**values).on_conflict_do_nothing(index_elements=["cause"])
        return bool(db.execute(row).rowcount)

    return stores.write(where.QUEUE, added)


def cancel(who: str, now: datetime) -> int:
    """What waits for that person is not sent; how many texts that were."""
    return erasing.texts_cancelled(who, now)


def claim(now: datetime, who: str | None = None) -> Waiting | None:
    """Takes the text that is due first, for this sender alone; None when none is. It is then `sending`.

    With `who` only a text to that person. What is past its time expires, what must not be sent any more is cancelled,
    and what would be too many for one person in a day or a week waits for a day on which it is not.
    """
    barred.must_be_known()
    while (row := _next(now, who)) is not None:
        if as_time(row.expires_at) <= now:
            _end(row.id, "expired", now, from_state="waiting")
        elif barred.void(row.who, row.put_at):
            _end(row.id, "cancelled", now, from_state="waiting")
        elif found := stores.write(where.QUEUE, partial(_claimed, row=row, now=now)):
            return found
    return None


def sent(id: int, sid: str | None, now: datetime) -> None:
    """It went out; number and text are erased."""
    _end(id, "sent", now, sid=sid)


def failed(id: int, code: str, now: datetime) -> None:
    """It will not go out; number and text are erased."""
    _end(id, "failed", now, code=code[:40])


def later(id: int, at: datetime) -> None:
    """It is tried again at that time."""
    change = update(waiting).where(waiting.c.id == id, waiting.c.state == "sending")
    stores.change(where.QUEUE, change.values(state="waiting", due_at=as_text(at)))


def in_doubt(now: datetime) -> tuple[Waiting, ...]:
    """Taken minutes ago and neither sent nor failed: its sender was killed, and nobody knows whether it went out."""
    limit = as_text(now - timedelta(minutes=_DOUBT_MINUTES))
    query = select(waiting).where(waiting.c.state == "sending", waiting.c.claimed_at <= limit).order_by(waiting.c.id)
    return tuple(_waiting(row) for row in stores.rows(where.QUEUE, query))


def state(cause: str) -> State | None:
    """The state of the text of that cause; None for a cause that was never put."""
    return _states(waiting.c.cause == cause).get(cause)


def states(prefix: str, who: str | None = None) -> dict[str, State]:
    """The states of all texts whose cause begins so, by cause; with `who` those of that person alone."""
    begin = waiting.c.cause.startswith(prefix, autoescape=True)
    return _states(begin if who is None else begin & (waiting.c.who == who))


def texts_due(now: datetime) -> tuple[str, ...]:
    """What the texts say that are due and wait, for a trial run: nothing is taken, and no number is told."""
    due = select(waiting.c.text).where(waiting.c.state == "waiting", waiting.c.due_at <= as_text(now))
    coming = due.where(waiting.c.expires_at > as_text(now)).order_by(waiting.c.due_at, waiting.c.id)
    sealed = tuple(row[0] for row in stores.rows(where.QUEUE, coming))
    return tuple(words for words in map(_words, sealed) if words)


def unreadable() -> int:
    """How many texts wait that were sealed under another key than secret.key holds now."""
    wait = select(waiting.c.text).where(waiting.c.state.in_(("waiting", "sending")))
    return sum(not _words(row[0]) for row in stores.rows(where.QUEUE, wait))


def begun(now: datetime) -> None:
    """Notes since when this queue knows what was sent."""
    barred.begun(now)
    if where.url() and not where.note().exists():
        elsewhere.noted(now)
    if began_at() is None:
        row = queue_began.insert().values(at=as_text(now))
        stores.write(where.QUEUE, lambda db: None if _began(db) else db.execute(row).rowcount)


def began_at() -> datetime | None:
    """Since when this queue knows what was sent; what was due before may have gone out unknown to it."""
    found = stores.read(where.QUEUE, _began, None)
    return as_time(found) if found else None


def counts() -> dict[str, int]:
    """How many texts are in each state."""
    found = [row[0] for row in stores.rows(where.QUEUE, select(waiting.c.state))]
    return {state: found.count(state) for state in STATES}


def _states(those: Any) -> dict[str, State]:
    query = select(waiting.c.cause, waiting.c.state, waiting.c.ended_at).where(those)
    found = stores.rows(where.QUEUE, query)
    return {row.cause: (row.state, as_time(row.ended_at) if row.ended_at else None) for row in found}


def _began(db: Connection) -> str | None:
    row = db.execute(select(queue_began.c.at).order_by(queue_began.c.at).limit(1)).first()
    return str(row[0]) if row else None


def _next(now: datetime, who: str | None) -> Any:
    due = select(waiting).where(waiting.c.state == "waiting", waiting.c.due_at <= as_text(now))
    due = due if who is None else due.where(waiting.c.who == who)
    return stores.row(where.QUEUE, due.order_by(waiting.c.due_at, waiting.c.id))


def _claimed(db: Connection, row: Any, now: datetime) -> Waiting | None:
    """Takes the row, unless another sender did; one that would be too many is put off instead."""
    mine = update(waiting).where(waiting.c.id == row.id, waiting.c.state == "waiting")
    if off := _put_off(db, row.who, now):
        db.execute(mine.values(due_at=as_text(off)))
        return None
    change = mine.values(state="sending", claimed_at=as_text(now), tries=waiting.c.tries + 1)
    if not db.execute(change).rowcount:
        return None
    return _waiting(db.execute(select(waiting).where(waiting.c.id == row.id)).one())


def _put_off(db: Connection, who: str, now: datetime) -> datetime | None:
    """The same time on the next day, when this person had a text today or three in these seven days.

    The day on which somebody had all erased counts as one: nobody knows any more whether they had a text.
    """
    since, wiped = as_text(now - timedelta(days=8)), barred.wiped_at(who)
    query = select(waiting.c.claimed_at).where(
        waiting.c.who == who, waiting.c.state.in_(("sent", "sending")), waiting.c.claimed_at >= since
    )
    today = now.astimezone(_PACIFIC).date()
    times = [*(row[0] for row in db.execute(query)), *([wiped] if wiped else [])]
    ago = [(today - as_time(at).astimezone(_PACIFIC).date()).days for at in times]
    enough = sum(days <= 0 for days in ago) >= A_DAY or sum(days < 7 for days in ago) >= A_WEEK
    return now + timedelta(days=1) if enough else None


def _waiting(row: Any) -> Waiting:
    return Waiting(
        row.id, row.cause, row.who, row.reach or "", _words(row.text), as_time(row.due_at),
        as_time(row.expires_at), row.tries, as_time(row.claimed_at),
    )  # fmt: skip


def _words(sealed: str | None) -> str:
    """What a text says; nothing where it cannot be read under this key."""
    try:
        return unseal(sealed) if sealed else ""
    except InboxError:
        return ""


def _end(id: int, state: str, now: datetime, *, from_state: str = "sending", **more: str | None) -> None:
    row = stores.row(where.QUEUE, select(waiting.c.cause).where(waiting.c.id == id))
    change = update(waiting).where(waiting.c.id == id, waiting.c.state == from_state)
    values = {"state": state, "ended_at": as_text(now), "reach": None, "text": None, **more}
    stores.change(where.QUEUE, change.values(**values))
    if row and (over := causes.ended_by(row.cause)):
        erasing.number_gone(over)
