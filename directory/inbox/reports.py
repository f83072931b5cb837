"""What people say is wrong: with a listing, or with an answer on a rule. Staff decide; then the mark goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from directory import keys
from directory.errors import InboxError
from directory.inbox import doubts, stores, where
from directory.inbox.doubts import doubted
from directory.inbox.open_reports import WEB, people
from directory.inbox.shapes import as_text, as_time, report

__all__ = ["VERDICTS", "WHAT", "Reported", "decide", "doubted", "listing", "open_reports", "rule"]

WHAT = ("phone", "moved", "closed", "only_some", "full", "hours", "other")
VERDICTS = ("right", "wrong")


@dataclass(frozen=True)
class Reported:
    """What is said of one listing or rule: by how many people, what and how often, since when."""

    id: int
    about: str
    subject: str
    people: int
    what: tuple[tuple[str, int], ...]
    first_at: datetime
    last_at: datetime


def listing(id: str, what: str, who: str, now: datetime) -> None:
    """Keeps that somebody says this of a listing; said again by the same person it is changed, not added."""
    _kept("listing", id, what if what in WHAT else "other", who, now)


def rule(program: str, who: str, now: datetime) -> None:
    """Keeps that somebody says our answer on a program was wrong."""
    _kept("rule", program, "rule", who, now)


def decide(subject: str, verdict: str, by: str, now: datetime) -> int:
    """Ends the open reports on a listing or rule: what we show is `right`, or `wrong` and mended; how many ended."""
    if verdict not in VERDICTS:
        raise ValueError(f"{verdict!r} is no verdict")
    ends = update(report).where(report.c.subject == subject, report.c.ended_at.is_(None))
    change = ends.values(ended_at=as_text(now), verdict=verdict, decided_by=by[:80])
    ended = stores.change(where.INBOX, change)
    doubts.read_anew()
    if not ended:
        raise InboxError(f"There is no open report on {subject!r}, so there is nothing to decide. See: puente inbox")
    return ended


def open_reports() -> tuple[Reported, ...]:
    """What is said and not decided yet, the most people first."""
    query = select(report).where(report.c.ended_at.is_(None)).order_by(report.c.id)
    rows = stores.rows(where.INBOX, query)
    subjects = dict.fromkeys((row.about, row.subject) for row in rows)
    found = [_reported([row for row in rows if (row.about, row.subject) == key]) for key in subjects]
    return tuple(sorted(found, key=lambda each: (-each.people, each.first_at, each.id)))


def _kept(about: str, subject: str, what: str, who: str, now: datetime) -> None:
    values = {"about": about, "subject": subject, "reporter": _reporter(about, subject, who)}

    def told(db: Connection) -> None:
        said = update(report).where(*(report.c[name] == value for name, value in values.items()))
        if not db.execute(said.where(report.c.ended_at.is_(None)).values(what=what)).rowcount:
            row = stores.insert(db, report).values(**values, what=what, at=as_text(now))
            db.execute(row.on_conflict_do_nothing())

    stores.write(where.INBOX, told)
    doubts.read_anew()


def _reporter(about: str, subject: str, who: str) -> str:
    """The same person on another listing is another hash, so that nobody can see who reports what."""
    hashed = keys.keyed_hash("reporter", f"{about}:{subject}:{who}")
    return f"{WEB}{hashed}" if who.startswith(WEB) else hashed


def _reported(rows: Sequence[Any]) -> Reported:
    said = [row.what for row in rows]
    counts = sorted(((what, said.count(what)) for what in set(said)), key=lambda pair: (-pair[1], pair[0]))
    return Reported(
        rows[0].id, rows[0].about, rows[0].subject, people(rows), tuple(counts),
        as_time(min(row.at for row in rows)), as_time(max(row.at for row in rows)),
    )  # fmt: skip
