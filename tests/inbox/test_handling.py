"""Who has a call or a report in hand, what was decided, and how long people wait."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory.errors import InboxError
from directory.inbox import ending, handling, outcomes, pace, reports, tasks
from directory.inbox.handling import Staff
from directory.inbox.outcomes import Outcome
from tests.inbox.conftest import NOW

ROSA, JUAN = Staff("1", "Rosa"), Staff("2", "Juan")
KEY = (handling.CALL, "1")


def test_who_took_it_first_has_it_until_it_is_given_back(home: Path) -> None:
    handling.take(KEY, ROSA, NOW)
    handling.take(KEY, ROSA, NOW + timedelta(seconds=9))
    with pytest.raises(InboxError, match="Rosa took it first, on 2026-11-23 at 18:00:00"):
        handling.take(KEY, JUAN, NOW + timedelta(seconds=10))
    assert handling.holders()[KEY].by == ROSA
    assert not handling.give_back(KEY, JUAN)
    assert handling.holders()[KEY].by == ROSA
    assert handling.give_back(KEY, ROSA)
    handling.take(KEY, JUAN, NOW)
    assert handling.holders()[KEY].by == JUAN


def test_it_may_be_taken_over(home: Path) -> None:
    handling.take(KEY, ROSA, NOW)
    handling.take(KEY, JUAN, NOW, over=True)
    assert handling.holders() == {KEY: handling.Taken(JUAN, NOW)}


def test_what_was_decided_says_by_whom_and_when(home: Path, ana: str) -> None:
    reports.listing("list:1", "phone", ana, NOW)
    assert handling.decided(1) is None
    reports.decide("list:1", "right", "Rosa", NOW)
    assert handling.decided(1) == handling.Decided("listing", "list:1", "right", "Rosa", NOW)
    with pytest.raises(InboxError, match="no report R2"):
        handling.decided(2)


def test_a_call_is_done_once(home: Path, ana: str) -> None:
    tasks.call(ana, "sealed", need=None, county=None, language="en", when="any", red=False, now=NOW)
    tasks.done(1, "Rosa", NOW)
    with pytest.raises(InboxError, match="T1 was done already, on 2026-11-23 at 18:00:00 by Rosa"):
        tasks.done(1, "Juan", NOW + timedelta(seconds=1))
    assert tasks.one(1).ended_by == "Rosa"


def test_the_time_to_answer_is_of_30_days_and_of_what_staff_did(home: Path, ana: str) -> None:
    for number, hours in enumerate((1, 3, 30)):
        tasks.call(f"p{number}", "x", need=None, county=None, language="en", when="any", red=False, now=NOW)
        tasks.done(number + 1, "Rosa", NOW + timedelta(hours=hours))
    found = pace.of_calls(NOW + timedelta(days=2))
    assert found == pace.Pace(3, timedelta(hours=3), timedelta(hours=30))
    assert pace.of_calls(NOW + timedelta(days=40)) == pace.Pace(0, None, None)
    reports.listing("list:1", "phone", ana, NOW)
    reports.decide("list:1", "wrong", "Rosa", NOW + timedelta(minutes=10))
    assert pace.of_reports(NOW + timedelta(days=1)).median == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ((2026, 11, 16), (2026, 11, 18)),  # Monday
        ((2026, 11, 20), (2026, 11, 24)),  # Friday, over the weekend
        ((2026, 11, 21), (2026, 11, 24)),  # Saturday
        ((2026, 11, 25), (2026, 12, 1)),  # before Thanksgiving and the day after it
        ((2026, 10, 30), (2026, 11, 3)),  # the clocks are set back in between
    ],
)
def test_overdue_after_two_working_days(
    since: tuple[int, int, int], due: tuple[int, int, int]
) -> None:  # fmt: skip
    began = datetime(*since, 10, 0, tzinfo=pace.hours.PACIFIC)
    until = datetime(*due, 10, 0, tzinfo=pace.hours.PACIFIC)
    assert pace.due_at(began) == until
    assert not pace.overdue(began.astimezone(timezone.utc), until)
    assert pace.overdue(began, until + timedelta(minutes=1))


def test_outcomes_stand_by_month_the_newest_first(home: Path) -> None:
    told = [("a:1", Outcome.HELPED, 0)] * 2 + [("b:1", Outcome.NO_ANSWER, 0), ("a:1", Outcome.TURNED_AWAY, 40)]
    for listing, outcome, days in told:
        outcomes.count(listing, outcome, "sms", NOW - timedelta(days=days))
    assert [(each.listing, each.month, each.total) for each in outcomes.of_months()] == [
        ("a:1", "2026-11", {Outcome.HELPED: 2}), ("b:1", "2026-11", {Outcome.NO_ANSWER: 1}),
        ("a:1", "2026-10", {Outcome.TURNED_AWAY: 1}),
    ]  # fmt: skip
    assert [each.month for each in outcomes.of_months("a:1")] == ["2026-11", "2026-10"]


def test_what_somebody_had_in_hand_goes_with_the_days_of_the_inbox(home: Path) -> None:
    handling.take(KEY, ROSA, NOW)
    assert ending.ended("inbox", NOW + timedelta(seconds=1), NOW) == 1
    assert handling.holders() == {}
