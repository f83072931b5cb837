"""The day that a message names: each message of the tables, on the day it is said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.days_said import day_in
from directory.eligibility.strict import plain

TABLES = sorted((Path(__file__).parent / "days").glob("*.yml"))
TODAY = date(2026, 11, 21)


def cases() -> list[tuple[date, str, object]]:
    found = [
        (said_on, text, meant)
        for path in TABLES
        for said_on, messages in (plain(path) or {}).items()  # type: ignore[attr-defined]
        for text, meant in messages.items()
    ]
    return [(said_on if isinstance(said_on, date) else date.fromisoformat(said_on), *rest) for said_on, *rest in found]


def understood(text: str, today: date) -> object:
    said = day_in(text, today)
    return "none" if said is None else said.problem or said.day


@pytest.mark.parametrize(("said_on", "text", "meant"), cases())
def test_the_day_is_the_one_meant(said_on: date, text: str, meant: object) -> None:
    wanted = date.fromisoformat(meant) if isinstance(meant, str) and meant[:2] == "20" else meant
    assert understood(text, said_on) == wanted


@pytest.mark.parametrize("language", ["en", "es"])
def test_there_are_enough_messages(language: str) -> None:
    sizes = [sum(map(len, plain(path).values())) for path in TABLES if path.stem.startswith(language)]  # type: ignore[attr-defined]
    assert sum(sizes) >= 120


@pytest.mark.parametrize("text", ["the next friday"])
def test_the_other_day_that_next_may_mean(text: str) -> None:
    on_wednesday, on_saturday = (day_in(text, day) for day in (date(2026, 11, 25), TODAY))
    assert on_wednesday and on_wednesday.later == date(2026, 12, 4)
    assert on_saturday and on_saturday.later is None


def test_what_is_left_of_the_message_and_what_is_said_of_the_day() -> None:
    said = day_in("It's on Friday, the 3rd at 10 a.m.", TODAY)
    assert said and (said.rest, said.clashes, said.weekly, said.bare) == ("its on at 10 am", True, False, False)
    assert (weekly := day_in("every monday", TODAY)) and weekly.weekly
    assert (bare := day_in("the 3rd", TODAY)) and bare.bare


@pytest.mark.parametrize(
    "text", ["", "?!", "9" * 5000, "3/" * 900, "mañana " * 400, "0/0", "the 0th", "0 de mayo", "in 999 months"]
)
def test_odd_input_names_no_day_but_tomorrow(text: str) -> None:
    said = day_in(text, TODAY)
    assert said is None or said.problem or said.day == TODAY + timedelta(days=1)


@given(st.text(alphabet="0123456789/- adefhimnoprstuyñ", max_size=40), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_a_day_without_a_problem_is_to_come(text: str, today: date) -> None:
    said = day_in(text, today)
    assert said is None or said.problem or (said.day is not None and said.day >= today)
