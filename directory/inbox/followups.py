"""Asking back whether it helped: agreed to by the person, on the third and the tenth day, then forgotten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from directory.inbox import barred, erasing, queue, stores, where
from directory.inbox.causes import DAYS, cause
from directory.inbox.outcomes import Outcome
from directory.inbox.shapes import as_text, as_time, followup

__all__ = ["DAYS", "FollowUp", "agree", "answered", "due", "open_question", "running", "seen"]

_OPEN_DAYS = 7
"""An answer that comes later than this is none to our question."""


@dataclass(frozen=True)
class FollowUp:
    """One follow-up: `day` is the one whose text is due, or was sent last; `cause` is its name in the queue."""

    id: int
    who: str
    reach: str | None
    listings: tuple[str, ...]
    need: str | None
    program: str | None
    county: str | None
    language: str
    agreed_at: datetime
    day: int
    due_at: datetime
    sent_at: datetime | None = None
    seen: bool = False
    outcome: Outcome | None = None

    @property
    def cause(self) -> str:
        """What the queue knows this text by."""
        return cause(self.id, self.day)


def agree(
    who: str, reach: str, *, listings: Sequence[str], need: str | None, program: str | None, county: str | None,
    language: str, asked: Sequence[str] | str, answer: str, now: datetime,
) -> None:  # fmt: skip
    """Keeps the consent (when, our words, their answer) and begins; an older follow-up of that person ends."""
    if barred.is_out(who) or barred.is_quiet(who):
        return
    queue.begun(now)
    words = [asked] if isinstance(asked, str) else list(asked)
    values = {
        "who": who, "reach": reach, "listings": json.dumps(list(listings)), "need": need, "program": program,
        "county": county, "language": language, "asked": json.dumps(words, ensure_ascii=False), "answer": answer[:40],
        "agreed_at": as_text(now),
    }  # fmt: skip
    ends = update(followup).where(followup.c.who == who, followup.c.ended_at.is_(None))

    def begun(db: Connection) -> None:
        db.execute(ends.values(ended_at=as_text(now), reach=None))
        db.execute(followup.insert().values(**values))

    stores.write(where.INBOX, begun)
    erasing.texts_cancelled_of(who, "followup:", now)


def due(now: datetime, who: str | None = None) -> tuple[FollowUp, ...]:
    """The follow-ups whose text is due and not in the queue yet; what is over or may not be sent any more ends.

    With `who` those of that person alone.
    """
    found = []
    for row in _running(who):
        item = _caught_up(row)
        if barred.void(item.who, as_text(item.agreed_at)) or _over(item, now):
            erasing.followup_ended(item.id, now)
        elif (coming := _coming(item)) and coming.due_at <= now and queue.state(coming.cause) is None:
            found.append(coming)
    return tuple(found)


def running() -> tuple[FollowUp, ...]:
    """Every follow-up that did not end, with its next text."""
    rows = _running()
    return tuple(_coming(_caught_up(row)) or _caught_up(row) for row in rows)


def open_question(who: str, now: datetime | None = None) -> FollowUp | None:
    """The follow-up whose text was sent to that person and whose answer is open; with `now` only for seven days."""
    for row in _running(who):
        item = _caught_up(row)
        if item.sent_at and item.outcome is None and not (now and now > item.sent_at + timedelta(days=_OPEN_DAYS)):
            return item
    return None


def seen(id: int, now: datetime) -> None:
    """The person wrote after our question, and was answered."""
    change = update(followup).where(followup.c.id == id).values(seen_at=as_text(now))
    stores.change(where.INBOX, change)


def answered(id: int, outcome: Outcome, now: datetime) -> None:
    """How it went. `helped`, and any answer to the last text, ends it and erases the number."""
    row = stores.row(where.INBOX, select(followup).where(followup.c.id == id))
    if row is None or row.ended_at:
        return
    over = outcome is Outcome.HELPED or _caught_up(row).day == DAYS[-1]
    values = {"outcome": outcome.value, "outcome_at": as_text(now)}
    over_too = {"ended_at": as_text(now), "reach": None} if over else {}
    change = update(followup).where(followup.c.id == id).values(**values, **over_too)
    stores.change(where.INBOX, change)
    if over:
        erasing.texts_cancelled_of(row.who, f"followup:{id}:", now)


def _running(who: str | None = None) -> tuple[Any, ...]:
    query = select(followup).where(followup.c.ended_at.is_(None)).order_by(followup.c.agreed_at, followup.c.id)
    return stores.rows(where.INBOX, query if who is None else query.where(followup.c.who == who))


def _caught_up(row: Any) -> FollowUp:
    """The row with what the queue knows of its texts: which went out last, and when."""
    last, sent_at = row.day, as_time(row.sent_at) if row.sent_at else None
    for day in DAYS:
        found = queue.state(cause(row.id, day))
        if found and found[0] == "sent" and (last is None or day > last):
            last, sent_at = day, found[1]
            _note_sent(row, day, sent_at)
    return _plain(row, last, sent_at)


def _note_sent(row: Any, day: int, at: datetime | None) -> None:
    """The text of that day went out: its question is open; the last one takes the number along."""
    values = {"day": day, "sent_at": as_text(at) if at else None, "seen_at": None, "outcome": None, "outcome_at": None}
    if day == DAYS[-1]:
        values["reach"] = None
    change = update(followup).where(followup.c.id == row.id).values(**values)
    stores.change(where.INBOX, change)


def _plain(row: Any, day: int | None, sent_at: datetime | None) -> FollowUp:
    agreed, fresh = as_time(row.agreed_at), day != row.day
    return FollowUp(
        row.id, row.who, row.reach, tuple(json.loads(row.listings)), row.need, row.program, row.county, row.language,
        agreed, day or 0, agreed + timedelta(days=day or 0), sent_at, bool(row.seen_at) and not fresh,
        Outcome(row.outcome) if row.outcome and not fresh else None,
    )  # fmt: skip


def _coming(item: FollowUp) -> FollowUp | None:
    """The next text of a follow-up; one that was due before this queue began may have gone out already."""
    began = queue.began_at()
    for day in (day for day in DAYS if day > item.day):
        at = item.agreed_at + timedelta(days=day)
        ended = queue.state(cause(item.id, day))
        if (began is None or at > began) and (ended is None or ended[0] in ("waiting", "sending")):
            return FollowUp(**{**vars(item), "day": day, "due_at": at})
    return None


def _over(item: FollowUp, now: datetime) -> bool:
    """The last text was sent long ago, or none is to come and no question is open."""
    closes = (item.sent_at or item.agreed_at) + timedelta(days=_OPEN_DAYS)
    return _coming(item) is None and (item.sent_at is None or item.outcome is not None or now > closes)
