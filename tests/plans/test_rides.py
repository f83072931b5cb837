"""The ride clock: work days counted back over weekends and holidays, never a day too late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from directory import plans
from directory.errors import FactError, RulesError
from directory.model import Language
from directory.plans.rides import is_work_day
from directory.text import ride as words

TODAY = date(2026, 11, 2)
CLOSED = {
    2026: ["01-01", "01-19", "02-16", "03-31", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "11-27",
           "12-25"],
    2027: ["01-01", "01-18", "02-15", "03-31", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "11-26",
           "12-24", "12-31"],
}  # fmt: skip
"""Weekdays without work: the state keeps César Chávez Day and the day after Thanksgiving, the country Columbus Day."""


@pytest.mark.parametrize("year", CLOSED)
def test_the_holidays_of_state_and_country(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=gone) for gone in range(365)]
    closed = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not is_work_day(day)]
    assert closed == CLOSED[year]


@pytest.mark.parametrize(
    ("plan", "visit", "kind", "last_day", "days", "known"),
    [
        # Thanksgiving and the day after do not count
        ("kern_family", date(2026, 12, 3), "nmt", date(2026, 11, 24), 5, False),
        ("kern_family", date(2026, 12, 3), "nemt", date(2026, 11, 17), 10, False),
        (None, date(2026, 12, 3), "nmt", date(2026, 11, 24), 5, False),
        # the plan's own rule: the longer end of its range
        ("contra_costa", date(2026, 12, 31), "nmt", date(2026, 12, 21), 7, True),
        ("contra_costa", date(2026, 12, 31), "nemt", date(2026, 12, 16), 10, True),
        ("partnership", date(2026, 12, 18), "nmt", date(2026, 12, 11), 5, True),
        ("partnership", date(2026, 12, 18), "nemt", date(2026, 12, 4), 10, False),
        # 7 days in an old notice: the careful ten stand
        ("health_net", date(2026, 12, 18), "nemt", date(2026, 12, 4), 10, False),
        # a visit on a Saturday, a Sunday, a Monday: the same five work days of the week before
        (None, date(2026, 12, 12), "nmt", date(2026, 12, 7), 5, False),
        (None, date(2026, 12, 13), "nmt", date(2026, 12, 7), 5, False),
        (None, date(2026, 12, 14), "nmt", date(2026, 12, 7), 5, False),
        # over the end of the year: Christmas and New Year's Day
        (None, date(2027, 1, 4), "nmt", date(2026, 12, 24), 5, False),
        # César Chávez Day in 2027
        (None, date(2027, 4, 2), "nmt", date(2027, 3, 25), 5, False),
    ],
)
def test_last_day(plan: str | None, visit: date, kind: str, last_day: date, days: int, known: bool) -> None:
    clock = plans.clock(plan, visit, kind, TODAY)
    assert (clock.last_day, clock.days, clock.known) == (last_day, days, known)


@pytest.mark.parametrize(
    ("today", "too_late", "call_again", "says"),
    [
        (date(2026, 11, 16), False, None, "call by Tuesday, Nov 17, 2026"),
        (date(2026, 11, 17), False, None, "call today"),
        (date(2026, 11, 18), True, None, "the safe day to call was Tuesday, Nov 17, 2026"),
        (date(2026, 11, 22), True, date(2026, 11, 23), "again on Monday, Nov 23, 2026"),
        (date(2026, 11, 26), True, date(2026, 11, 30), "again on Monday, Nov 30, 2026"),
        (date(2026, 12, 3), True, None, "Call now anyway. Say it is urgent."),
    ],
)
def test_too_late(today: date, too_late: bool, call_again: date | None, says: str) -> None:
    clock = plans.clock("kern_family", date(2026, 12, 3), "nemt", today)
    assert (clock.too_late, clock.call_again) == (too_late, call_again)
    assert says in " ".join(words.told(clock, Language.EN))


def test_only_nemt_needs_a_form_and_somebody_to_sign_it() -> None:
    nmt, nemt = (plans.clock("kern_family", date(2026, 12, 18), kind, TODAY) for kind in ("nmt", "nemt"))
    assert (nmt.needs_form, nemt.needs_form) == (None, "PCS")
    assert "You need no form" in " ".join(words.told(nmt, Language.EN))
    said = " ".join(words.told(nemt, Language.EN, for_staff=True))
    assert "Ask your clinic today to sign" in said and "nurse" in said


@pytest.mark.parametrize(
    ("plan", "today", "phone", "is_ride_line", "verified", "known"),
    [
        ("contra_costa", TODAY, "1-855-222-1218", True, True, True),
        ("contra_costa", date(2027, 5, 21), "1-855-222-1218", True, False, False),  # nobody looked again
        ("la_care", TODAY, "1-888-839-9909", False, True, False),
        ("kern_family", TODAY, "1-800-391-2000", False, False, False),
        (None, TODAY, None, False, False, False),
    ],
)
def test_whom_to_call(
    plan: str | None, today: date, phone: str | None, is_ride_line: bool, verified: bool, known: bool
) -> None:
    clock = plans.clock(plan, today + timedelta(days=30), "nmt", today)
    assert (clock.phone, clock.phone_is_ride_line, clock.phone_verified, clock.known) == (
        *(phone, is_ride_line, verified, known),
    )
    said = " ".join(words.told(clock, Language.EN))
    assert ("number on your" in said) == (not verified)
    assert phone is None or phone in said


def test_an_overdue_rule_is_never_shorter_than_the_default() -> None:
    clock = plans.clock("contra_costa", date(2027, 6, 30), "nmt", date(2027, 5, 21))
    assert (clock.days, clock.known) == (7, False)


@pytest.mark.parametrize(
    ("visit", "kind", "says"),
    [
        (date(2026, 11, 1), "nmt", "has passed"),
        (date(2062, 12, 3), "nmt", "more than a year away"),
        (date(2026, 12, 3), "boat", "no kind of ride"),
    ],
)
def test_nonsense_is_refused(visit: date, kind: str, says: str) -> None:
    with pytest.raises(FactError, match=says):
        plans.clock(None, visit, kind, TODAY)


def test_an_unknown_plan_is_an_error() -> None:
    with pytest.raises(RulesError):
        plans.clock("kern", date(2026, 12, 3), "nmt", TODAY)


DAYS = some.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(today=DAYS, ahead=some.integers(0, 366), plan=some.sampled_from([None, *plans.plans()]))
def test_the_last_day_is_a_work_day_with_all_the_days_left(today: date, ahead: int, plan: str | None) -> None:
    visit = today + timedelta(days=ahead)
    for kind in ("nmt", "nemt"):
        clock = plans.clock(plan, visit, kind, today)
        between = [clock.last_day + timedelta(days=gone) for gone in range((visit - clock.last_day).days)]
        assert is_work_day(clock.last_day)
        assert sum(map(is_work_day, between)) == clock.days
        assert clock.too_late == (today > clock.last_day)


@pytest.mark.parametrize("plan", [None, *plans.plans()])
def test_every_clock_reads_in_both_languages(plan: str | None) -> None:
    for today in (TODAY, date(2026, 11, 17), date(2026, 12, 3), date(2027, 6, 1)):
        for kind in ("nmt", "nemt"):
            clock = plans.clock(plan, max(date(2026, 12, 3), today), kind, today)
            english, spanish = (words.told(clock, language, for_staff=True) for language in Language)
            assert len(english) == len(spanish) and not set(english) & set(spanish)


@pytest.mark.parametrize("plan", [None, *plans.plans()])
@pytest.mark.parametrize("kind", ["nmt", "nemt"])
def test_a_text_message_is_short(plan: str | None, kind: str) -> None:
    for today in (TODAY, date(2026, 11, 30)):
        clock = plans.clock(plan, date(2026, 12, 3), kind, today)
        for language in Language:
            said = words.brief(clock, language)
            assert set(said) <= set(words.told(clock, language)) and len(said) <= 4
            assert len(" ".join(said)) <= 480  # three parts in English, at most eight of the Spanish kind
