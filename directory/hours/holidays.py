"""The days on which federal and California offices are closed, by rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

__all__ = ["holiday"]


def holiday(day: date) -> str | None:
    """The federal or California holiday on `day`, also the weekday that stands in for one on a weekend, or None."""
    return _holidays(day.year).get(day)


@cache
def _holidays(year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for one in (*_fixed(year), *_fixed(year + 1), *_moving(year)):
        for day, name in _kept_on(*one):
            if day.year == year:
                found.setdefault(day, name)
    return found


def _fixed(year: int) -> tuple[tuple[date, str, bool], ...]:
    """Holidays of a date, and whether a Saturday moves them to Friday (federal) or not (California alone)."""
    return (
        (date(year, 1, 1), "New Year's Day", True),
        (date(year, 3, 31), "César Chávez Day", False),
        (date(year, 6, 19), "Juneteenth", True),
        (date(year, 7, 4), "Independence Day", True),
        (date(year, 11, 11), "Veterans Day", True),
        (date(year, 12, 25), "Christmas Day", True),
    )


def _moving(year: int) -> tuple[tuple[date, str, bool], ...]:
    thanksgiving = _nth(year, 11, 3, 4)
    last_monday_of_may = max(date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == 0)
    return (
        (_nth(year, 1, 0, 3), "Martin Luther King Jr. Day", False),
        (_nth(year, 2, 0, 3), "Presidents' Day", False),
        (last_monday_of_may, "Memorial Day", False),
        (_nth(year, 9, 0, 1), "Labor Day", False),
        (_nth(year, 10, 0, 2), "Indigenous Peoples' Day", False),
        (thanksgiving, "Thanksgiving Day", False),
        (thanksgiving + timedelta(days=1), "Day after Thanksgiving", False),
    )


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _kept_on(day: date, name: str, saturday_moves: bool) -> Iterator[tuple[date, str]]:
    yield day, name
    if day.weekday() == 6:
        yield day + timedelta(days=1), f"{name} (observed)"
    if day.weekday() == 5 and saturday_moves:
        yield day - timedelta(days=1), f"{name} (observed)"
