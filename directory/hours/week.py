"""A week of intervals: is it open, and how does it read in few lines?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.hours.holidays import holiday
from directory.model import Schedule, Tri

__all__ = ["PACIFIC", "Span", "is_open", "spans"]

PACIFIC = ZoneInfo("America/Los_Angeles")

Span = tuple[tuple[int, ...], time, time]


def is_open(schedule: Schedule | None, at: datetime) -> Tri:
    """Whether it is open at the aware time `at`; a night counts for the day it began, its holiday too."""
    if at.tzinfo is None:
        raise ValueError("is_open needs a time with its zone, else one hour of the clock means another in Pacific time")
    if schedule is None or not (schedule.intervals or schedule.always):
        return Tri.UNKNOWN
    if schedule.always:
        return Tri.YES
    local = at.astimezone(PACIFIC)
    answers = {_on_day(schedule, day) for day in _days_open(schedule, local)}
    return next((answer for answer in (Tri.YES, Tri.UNKNOWN) if answer in answers), Tri.NO)


def spans(schedule: Schedule) -> tuple[Span, ...]:
    """The week in few lines: days that keep the same hours stand together, a line for each interval of theirs."""
    by_day: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for interval in sorted(schedule.intervals, key=lambda one: (one.day, one.opens)):
        by_day[interval.day].append((interval.opens, interval.closes))
    alike: dict[tuple[tuple[time, time], ...], list[int]] = defaultdict(list)
    for day, pairs in sorted(by_day.items()):
        alike[tuple(pairs)].append(day)
    return tuple((tuple(days), opens, closes) for pairs, days in alike.items() for opens, closes in pairs)


def _on_day(schedule: Schedule, day: date) -> Tri:
    return schedule.holidays if holiday(day) else Tri.YES


def _days_open(schedule: Schedule, at: datetime) -> Iterator[date]:
    """The days whose interval covers `at`: today, or yesterday past midnight."""
    now, today, before = at.time().replace(tzinfo=None), at.date(), at.date() - timedelta(days=1)
    for one in schedule.intervals:
        through_night = one.closes <= one.opens
        if one.day == today.weekday() and one.opens <= now and (through_night or now < one.closes):
            yield today
        if one.day == before.weekday() and through_night and now < one.closes:
            yield before
