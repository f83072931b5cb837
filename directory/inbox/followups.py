"""Asking back whether it helped: agreed to by the person, on the third and the tenth day, then forgotten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from directory.inbox import barred, erasing, queue, stores, where
from directory.inbox.causes import DAYS, FOLLOWUPS, cause, id_of, of_one
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
) -> bool:  # fmt: skip
    """Keeps the consent (when, our words, their answer) and begins; an older follow-up of that person ends.

    False, and nothing is kept, where nothing may be begun to them.
    """
    if not barred.may_begin(who):
        return False
    queue.begun(now)
    words = [asked] if isinstance(asked, str) else list(asked)
    values = {
        "who": who, "reach": reach, "listings": json.dumps(list(listings)), "need": need, "program": program,
        "county": county, "language": language, "asked": json.dumps(words, ensure_ascii=False), "answer": answer[:40],
        "agreed_at": as_text(now),
    }  # fmt: skip
    last = max((id_of(name) or 0 for name in queue.states(FOLLOWUPS)), default=0)
    stores.write(where.INBOX, lambda db: _begun(db, values, last))
    erasing.texts_cancelled_of(who, FOLLOWUPS, now)
    return True


def due(now: datetime, who: str | None = None) -> tuple[FollowUp, ...]:
    """The follow-ups whose text is due and not in the queue yet; what is over or may not be sent any more ends.

    With `who` those of that person alone.
    """
    texts, stops = _texts(who), barred.stops(who)
    items = _running(texts, who)
    over = {item.id for item in items if stops.get(item.who, "") >= as_text(item.agreed_at) or _over(item, texts, now)}
    erasing.followups_over(sorted(over), now)
    coming = (_coming(item, texts) for item in items if item.id not in over)
    return tuple(item for item in coming if item and item.due_at <= now and item.cause not in texts.states)


def running(who: str | None = None) -> tuple[FollowUp, ...]:
    """Every follow-up that did not end, with its next text; with `who` those of that person alone."""
    texts = _texts(who)
    return tuple(_coming(item, texts) or item for item in _running(texts, who))


def open_question(who: str, now: datetime | None = None) -> FollowUp | None:
    """The follow-up whose text was sent to that person and whose answer is open; with `now` only for seven days."""
    for item in _running(_texts(who), who):
        if item.sent_at and item.outcome is None and not (now and now > item.sent_at + timedelta(days=_OPEN_DAYS)):
            return item
    return None


def seen(id: int, now: datetime) -> None:
    """The person wrote after our question, and was answered."""
    change = update(followup).where(followup.c.id == id).values(seen_at=as_text(now))
    stores.change(where.INBOX, change)


def answered(id: int, outcome: Outcome, now: datetime) -> None:
    """How it went. `helped`, and any answer to the last text, ends it and erases the number."""
    row = stores.row(where.INBOX, select(followup.c.who).where(followup.c.id == id))
    item = next((each for each in _running(_texts(row.who), row.who) if each.id == id), None) if row else None
    if item is None:
        return
    over = outcome is Outcome.HELPED or item.day == DAYS[-1]
    values = {"outcome": outcome.value, "outcome_at": as_text(now)}
    over_too = {"ended_at": as_text(now), "reach": None} if over else {}
    change = update(followup).where(followup.c.id == id).values(**values, **over_too)
    stores.change(where.INBOX, change)
    if over:
        erasing.texts_cancelled_of(item.who, of_one(id), now)


@dataclass(frozen=True)
class _Texts:
    """What the queue knows of the texts of follow-ups, read at once for all: since when it knows, and their states."""

    began: datetime | None
    states: Mapping[str, queue.State]

    def sent(self, id: int, day: int) -> bool:
        return self.states.get(cause(id, day), ("",))[0] == "sent"

    def may_come(self, id: int, day: int) -> bool:
        """Whether it is not over: never put, or still waiting."""
        return self.states.get(cause(id, day), ("waiting",))[0] in ("waiting", "sending")


def _texts(who: str | None) -> _Texts:
    return _Texts(queue.began_at(), queue.states(FOLLOWUPS, who))


def _begun(db: Connection, values: Mapping[str, str | None], last: int) -> None:
    """Ends the older one; no id that the queue knows is given again, where a restore brought back fewer than it had."""
    older = update(followup).where(followup.c.who == values["who"], followup.c.ended_at.is_(None))
    db.execute(older.values(ended_at=values["agreed_at"], reach=None))
    highest = db.execute(select(func.max(followup.c.id))).scalar_one() or 0
    db.execute(followup.insert().values(**values, **({"id": last + 1} if last > highest else {})))


def _running(texts: _Texts, who: str | None) -> list[FollowUp]:
    """Those that did not end, caught up with the queue: which of their texts went out last, and when."""
    query = select(followup).where(followup.c.ended_at.is_(None)).order_by(followup.c.agreed_at, followup.c.id)
    rows = stores.rows(where.INBOX, query if who is None else query.where(followup.c.who == who))
    news = {row.id: day for row in rows if (day := _newly_sent(row, texts))}
    at = {id: texts.states[cause(id, day)][1] for id, day in news.items()}
    notes = [_note_sent(id, day, at[id]) for id, day in news.items()]
    if notes:
        stores.write(where.INBOX, lambda db: [db.execute(note) for note in notes])
    return [_plain(row, news.get(row.id), at.get(row.id)) for row in rows]


def _newly_sent(row: Any, texts: _Texts) -> int | None:
    """The last day whose text went out, where its row does not say so yet."""
    return next((day for day in reversed(DAYS) if day > (row.day or 0) and texts.sent(row.id, day)), None)


def _note_sent(id: int, day: int, at: datetime | None) -> Any:
    """The text of that day went out: its question is open; the last one takes the number along."""
    values = {"day": day, "sent_at": as_text(at) if at else None, "seen_at": None, "outcome": None, "outcome_at": None}
    if day == DAYS[-1]:
        values["reach"] = None
    return update(followup).where(followup.c.id == id).values(**values)


def _plain(row: Any, new_day: int | None, new_at: datetime | None) -> FollowUp:
    """The row, after the text of `new_day` went out if one did: its question has no answer yet."""
    agreed, day = as_time(row.agreed_at), new_day or row.day or 0
    sent_at = new_at if new_day else as_time(row.sent_at) if row.sent_at else None
    return FollowUp(
        row.id, row.who, row.reach, tuple(json.loads(row.listings)), row.need, row.program, row.county, row.language,
        agreed, day, agreed + timedelta(days=day), sent_at, bool(row.seen_at) and not new_day,
        Outcome(row.outcome) if row.outcome and not new_day else None,
    )  # fmt: skip


def _coming(item: FollowUp, texts: _Texts) -> FollowUp | None:
    """The next text of a follow-up; one that was due before this queue began may have gone out already."""
    for day in (day for day in DAYS if day > item.day):
        at = item.agreed_at + timedelta(days=day)
        if (texts.began is None or at > texts.began) and texts.may_come(item.id, day):
            return replace(item, day=day, due_at=at)
    return None


def _over(item: FollowUp, texts: _Texts, now: datetime) -> bool:
    """The last text was sent long ago, or none is to come and no question is open."""
    closes = (item.sent_at or item.agreed_at) + timedelta(days=_OPEN_DAYS)
    return _coming(item, texts) is None and (item.sent_at is None or item.outcome is not None or now > closes)
