"""Who said STOP, and since when: one table for every kind of text, kept as a keyed hash, never purged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from directory.inbox import barred, elsewhere, erasing, queue, stores, where
from directory.inbox.barred import is_out, may_begin, must_be_known
from directory.inbox.shapes import as_text, as_time, in_peace, opt_out, opt_outs_began

__all__ = ["HOW", "OptOut", "back", "begin_anew", "is_out", "listed", "may_begin", "must_be_known", "out"]

HOW = ("word", "carrier", "staff", "sender")
"""By their own word, by the carrier's mark on what they wrote, by staff, or by the service that sends (error 21610)."""


@dataclass(frozen=True)
class OptOut:
    """One opt-out: whose (a keyed hash), when, how, and when they came back, if they did."""

    who: str
    at: datetime
    how: str
    back_at: datetime | None = None


def out(who: str, how: str, now: datetime) -> bool:
    """Nothing is begun to that person from now on, and what waits is cancelled; True when they were not out before."""
    if how not in HOW:
        raise ValueError(f"{how!r} is no way to opt out")
    barred.begun(now)
    new = stores.write(where.OPT_OUTS, lambda db: _out(db, who, how, now))
    queue.begun(now)  # a second place that knows of it: so it is noticed when opt_outs.db is lost
    erasing.all_cancelled(who, now)  # only then: a kill in between leaves somebody who is out, and nothing is sent
    return new


def back(who: str, now: datetime) -> bool:
    """They came back in by a word of their own; False when they were not out. What was cancelled stays cancelled."""
    if not is_out(who):
        return False
    ends = update(opt_out).where(opt_out.c.sender == who, opt_out.c.back_at.is_(None))
    return stores.change(where.OPT_OUTS, ends.values(back_at=as_text(now))) > 0


def listed() -> tuple[OptOut, ...]:
    """Every opt-out, also those that ended, the newest first."""
    query = select(opt_out).order_by(opt_out.c.at.desc(), opt_out.c.sender)
    return tuple(
        OptOut(row.sender, as_time(row.at), row.how, as_time(row.back_at) if row.back_at else None)
        for row in stores.rows(where.OPT_OUTS, query)
    )


def begin_anew(now: datetime) -> None:
    """Staff say that what was lost will not come back: all that was agreed until now is void, and a new start is made.

    Who said STOP before and is not recognized any more can only be written to after agreeing anew.
    """
    barred.begun(now)
    erasing.everything_cancelled(now)
    stores.write(where.OPT_OUTS, lambda db: _anew(db, as_text(now)))
    elsewhere.noted(now)


def _out(db: Connection, who: str, how: str, now: datetime) -> bool:
    standing = select(opt_out.c.at).where(opt_out.c.sender == who, opt_out.c.back_at.is_(None))
    if db.execute(standing.limit(1)).first():
        return False
    row = stores.insert(db, opt_out).values(sender=who, at=as_text(now), how=how, print=barred.print_of_key())
    db.execute(row.on_conflict_do_update(index_elements=["sender", "at"], set_={"how": how, "back_at": None}))
    return True


def _anew(db: Connection, now: str) -> None:
    for table in (opt_out, in_peace):
        lost = update(table).where(table.c.print != barred.print_of_key(), table.c.lost_at.is_(None))
        db.execute(lost.values(lost_at=now))
    row = stores.insert(db, opt_outs_began).values(at=now, whole=True)
    db.execute(row.on_conflict_do_nothing())
