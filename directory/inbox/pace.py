"""How long people wait for the clinic: what is open since when, what is overdue, and how fast what is done was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from directory import hours
from directory.inbox import stores, where
from directory.inbox.shapes import as_text, as_time, report, task

__all__ = ["DAYS", "WORKING_DAYS", "Pace", "due_at", "of_calls", "of_reports", "overdue"]

DAYS = 30
"""Time to answer is told of so many days."""
WORKING_DAYS = 2
"""What is open longer is overdue."""


@dataclass(frozen=True)
class Pace:
    """How many were done in the last days, and how long they waited; None where none was."""

    done: int
    median: timedelta | None
    slowest: timedelta | None


def of_calls(now: datetime) -> Pace:
    """Of calls that were made; those that ended because somebody said STOP do not count."""
    ended = task.c.ended_how == "done", task.c.ended_at >= _since(now)
    return _pace(stores.rows(where.INBOX, select(task.c.asked_at, task.c.ended_at).where(*ended)))


def of_reports(now: datetime) -> Pace:
    """Of reports that were decided."""
    ended = report.c.verdict.is_not(None), report.c.ended_at >= _since(now)
    return _pace(stores.rows(where.INBOX, select(report.c.at, report.c.ended_at).where(*ended)))


def due_at(since: datetime) -> datetime:
    """Until when it should be answered: the same hour two working days later; weekends and holidays do not count."""
    at, left = since.astimezone(hours.PACIFIC), WORKING_DAYS
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < 5 and not hours.holiday(at.date())
    return at


def overdue(since: datetime, now: datetime) -> bool:
    """Whether it waits longer than that."""
    return now > due_at(since)


def _since(now: datetime) -> str:
    return as_text(now - timedelta(days=DAYS))


def _pace(rows: Sequence[Sequence[str]]) -> Pace:
    waits = [max(timedelta(), as_time(ended) - as_time(began)) for began, ended in rows]
    if not waits:
        return Pace(0, None, None)
    return Pace(len(waits), timedelta(seconds=median(each.total_seconds() for each in waits)), max(waits))
