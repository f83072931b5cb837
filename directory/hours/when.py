"""A part of the week that somebody can come in: is a place open then, and at which of its hours?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.hours.holidays import holiday
from directory.model import Interval, Schedule, Tri

__all__ = ["DAY", "Window", "closes_at", "fits", "opens_at", "within"]

DAY = 24 * 60


@dataclass(frozen=True)
class Window:
    """Some time on one of these weekdays (Monday 0; none said is any day) after minute `start` and before `end`."""

    days: tuple[int, ...] = ()
    start: int = 0
    end: int = DAY

    def takes(self, one: Interval) -> bool:
        """Whether an interval has some time in it."""
        return (not self.days or one.day in self.days) and _opens(one) < self.end and _closes(one) > self.start


def fits(schedule: Schedule | None, window: Window, today: date) -> Tri:
    """Whether it is open then, as far as its week says; on a holiday as far as that is known."""
    if schedule is None or not (schedule.always or schedule.intervals):
        return Tri.UNKNOWN
    if schedule.always:
        return Tri.YES
    taken = [one for one in schedule.intervals if window.takes(one)]
    if not taken:
        return Tri.NO
    plain = not window.days or any(not holiday(_next(one.day, today)) for one in taken)
    return Tri.YES if plain else schedule.holidays


def within(schedule: Schedule, window: Window) -> Schedule:
    """The hours of the week that have some time in it, whole."""
    return replace(schedule, intervals=tuple(one for one in schedule.intervals if window.takes(one)))


def closes_at(schedule: Schedule, day: int | None) -> int | None:
    """The minute at which it closes last, on that weekday or on any; past midnight more than a day has."""
    if schedule.always:
        return 2 * DAY
    return max((_closes(one) for one in schedule.intervals if day in (None, one.day)), default=None)


def opens_at(schedule: Schedule, day: int | None) -> int | None:
    """The minute at which it opens first, on that weekday or on any."""
    if schedule.always:
        return 0
    return min((_opens(one) for one in schedule.intervals if day in (None, one.day)), default=None)


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _opens(one: Interval) -> int:
    return one.opens.hour * 60 + one.opens.minute


def _closes(one: Interval) -> int:
    closes = one.closes.hour * 60 + one.closes.minute
    return closes if closes > _opens(one) else closes + DAY
