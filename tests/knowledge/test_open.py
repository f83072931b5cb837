"""Open now is yes, no or unknown, on holidays too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from directory import hours
from directory.model import Schedule, Tri

PACIFIC = ZoneInfo("America/Los_Angeles")


def _at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PACIFIC)


_WEEK = hours.parse("Monday-Friday, 8-12, 1-5")
_NIGHT = hours.parse("Friday 8 pm-6 am")
_ALWAYS = hours.parse("24/7")
_NO_HOLIDAYS = hours.parse("Daily 9-5, closed holidays")
_WITH_HOLIDAYS = hours.parse("Daily 9-5, including holidays")
_UNSAID = hours.parse("Daily 9-5")
_NIGHTLY = hours.parse("Daily 8 pm-6 am, closed holidays")


@pytest.mark.parametrize(
    ("schedule", "at", "expected"),
    [
        # Friday, November 20, 2026 is an ordinary day
        (_WEEK, _at(20, 7, 59), Tri.NO),
        (_WEEK, _at(20, 8), Tri.YES),
        (_WEEK, _at(20, 11, 59), Tri.YES),
        (_WEEK, _at(20, 12), Tri.NO),
        (_WEEK, _at(20, 13), Tri.YES),
        (_WEEK, _at(20, 17), Tri.NO),
        (_WEEK, _at(21, 9), Tri.NO),
        (None, _at(20, 9), Tri.UNKNOWN),
        (Schedule(), _at(20, 9), Tri.UNKNOWN),
        # the same moment told in another zone
        (_WEEK, datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("UTC")), Tri.YES),
        (_WEEK, datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("UTC")), Tri.NO),
        # past midnight is the night before
        (_NIGHT, _at(20, 19, 59), Tri.NO),
        (_NIGHT, _at(20, 20), Tri.YES),
        (_NIGHT, _at(21, 0), Tri.YES),
        (_NIGHT, _at(21, 5, 59), Tri.YES),
        (_NIGHT, _at(21, 6), Tri.NO),
        (_NIGHT, _at(20, 5), Tri.NO),
        # Thanksgiving is November 26, 2026
        (_ALWAYS, _at(26, 3), Tri.YES),
        (_UNSAID, _at(26, 10), Tri.UNKNOWN),
        (_UNSAID, _at(26, 18), Tri.NO),
        (_NO_HOLIDAYS, _at(26, 10), Tri.NO),
        (_WITH_HOLIDAYS, _at(26, 10), Tri.YES),
        (_WITH_HOLIDAYS, _at(26, 18), Tri.NO),
        (_NO_HOLIDAYS, _at(25, 10), Tri.YES),
        # a night belongs to the day it began, holiday or not
        (_NIGHTLY, _at(26, 1), Tri.YES),
        (_NIGHTLY, _at(26, 21), Tri.NO),
        (_NIGHTLY, _at(27, 1), Tri.NO),
        (_NIGHTLY, _at(29, 1), Tri.YES),
    ],
)
def test_is_open(schedule: Schedule | None, at: datetime, expected: Tri) -> None:
    assert hours.is_open(schedule, at) is expected


def test_is_open_refuses_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        hours.is_open(_WEEK, datetime(2026, 11, 20, 9, 0))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "New Year's Day"),
        ("2026-01-19", "Martin Luther King Jr. Day"),
        ("2026-02-16", "Presidents' Day"),
        ("2026-03-31", "César Chávez Day"),
        ("2026-05-25", "Memorial Day"),
        ("2026-06-19", "Juneteenth"),
        ("2026-07-04", "Independence Day"),
        ("2026-07-03", "Independence Day (observed)"),
        ("2026-09-07", "Labor Day"),
        ("2026-10-12", "Indigenous Peoples' Day"),
        ("2026-11-11", "Veterans Day"),
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-11-27", "Day after Thanksgiving"),
        ("2026-12-25", "Christmas Day"),
        ("2021-12-31", "New Year's Day (observed)"),
        ("2023-01-02", "New Year's Day (observed)"),
        ("2022-12-26", "Christmas Day (observed)"),
        ("2024-04-01", "César Chávez Day (observed)"),
        ("2026-11-20", None),
        ("2026-12-24", None),
        ("2026-02-12", None),
    ],
)
def test_holidays(day: str, name: str | None) -> None:
    assert hours.holiday(date.fromisoformat(day)) == name


def test_a_year_has_thirteen_holidays_and_their_stand_ins() -> None:
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    names = [name for day in days if (name := hours.holiday(day))]
    assert len([name for name in names if "observed" not in name]) == 13
