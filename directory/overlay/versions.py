"""Puts a newer version of a dated value among the older: on each day that it covers, it is the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from directory.eligibility.conditions import Rule, Value
from directory.eligibility.strict import Period

__all__ = ["in_force", "placed", "with_period"]

V = TypeVar("V", Rule, Value)

_DAY = timedelta(days=1)


def placed(known: Sequence[V], new: V) -> tuple[V, ...]:
    """All versions, in the order of their days.

    A version that begins on the same day is corrected by the new one, and gone. One without an end ends where the next
    that is known begins: who corrects the rule of today does not take back the change of law that is on its way.
    """
    dates = new.basis.period
    if dates.until is None:
        dates = Period(dates.start, _day_before_next(known, dates.start))
    versions = [with_period(new, dates)]
    for old in known:
        versions.extend(_outside(old, dates))
    return tuple(sorted(versions, key=lambda version: version.basis.period.start or date.min))


def in_force(known: Sequence[V], on: date) -> V | None:
    """The version of that day."""
    return next((version for version in known if version.basis.period.covers(on)), None)


def with_period(version: V, dates: Period) -> V:
    """The version in force on other days."""
    return replace(version, basis=replace(version.basis, period=dates))


def _day_before_next(known: Sequence[V], start: date | None) -> date | None:
    later = [old.basis.period.start for old in known if old.basis.period.start]
    after = [day for day in later if day > (start or date.min)]
    return min(after) - _DAY if after else None


def _outside(old: V, dates: Period) -> Iterator[V]:
    """What stays of an older version: the days before, and those after."""
    mine = old.basis.period
    if not mine.overlaps(dates):
        yield old
    elif mine.start != dates.start:
        if (mine.start or date.min) < (dates.start or date.min) and dates.start:
            yield with_period(old, Period(mine.start, dates.start - _DAY))
        if dates.until and dates.until < (mine.until or date.max):
            yield with_period(old, Period(dates.until + _DAY, mine.until))
