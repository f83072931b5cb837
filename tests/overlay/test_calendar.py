"""What the calendar names exists, and each known end falls on the day it should."""

from __future__ import annotations

from datetime import date

import pytest

from directory.commands.rules_text import needs_a_look
from directory.eligibility import rules
from directory.overlay.coming import coming
from directory.overlay.gathering import standing_values
from directory.overlay.known_days import known_days
from directory.overlay.standing import State


def test_the_calendar_names_only_what_exists() -> None:
    for known in known_days():
        assert set(known.programs) <= set(rules.programs())
        assert set(known.sources) <= set(rules.sources())


def test_all_supports_but_transitional_rent_rest_on_the_waivers() -> None:
    (waivers,) = [known for known in known_days() if known.day == date(2026, 12, 31)]
    supports = {id for id in rules.programs() if id.startswith("cs_")} - {"cs_transitional_rent"}
    assert set(waivers.programs) == supports | {"ecm", "cbas"}


@pytest.mark.parametrize(
    ("on", "days", "expected"),
    [
        (date(2026, 11, 22), 38, set()),
        (date(2026, 11, 22), 39, {date(2026, 12, 31)}),
        (date(2026, 12, 31), 0, {date(2026, 12, 31)}),
        (date(2027, 1, 1), 13, {date(2027, 1, 1)}),
        (date(2027, 9, 1), 30, {date(2027, 9, 30), date(2027, 10, 1)}),
    ],
)
def test_what_comes(on: date, days: int, expected: set[date]) -> None:
    assert {event.day for event in coming(standing_values(on), on, days)} == expected


@pytest.mark.parametrize(
    ("target", "on", "state"),
    [
        ("rule:calfresh", date(2026, 12, 21), State.COMPUTED),
        ("rule:calfresh", date(2026, 12, 22), State.OVERDUE),
        ("program:calfresh", date(2026, 11, 22), State.GOOD),
        ("program:calfresh", date(2027, 4, 20), State.DUE),
        ("program:calfresh", date(2027, 5, 21), State.OVERDUE),
        ("program:cbas", date(2026, 12, 31), State.OVERDUE),
        ("program:cbas", date(2027, 1, 1), State.ENDED),
        ("table:fpl", date(2026, 12, 31), State.DUE),
        ("table:fpl", date(2027, 1, 1), State.ENDED),
        ("phone:health_net", date(2026, 11, 22), State.RECALLED),
    ],
)
def test_how_a_value_stands(target: str, on: date, state: State) -> None:
    (value,) = [value for value in standing_values(on) if value.target == target]
    assert value.state(on) is state


@pytest.mark.parametrize(
    ("target", "on", "needed"),
    [
        ("program:cbas", date(2027, 1, 1), True),
        ("table:csfp_150", date(2027, 1, 1), True),
        ("table:calfresh_max_allotment", date(2026, 11, 22), False),
        ("rule:calfresh", date(2026, 12, 21), False),
        ("rule:calfresh", date(2026, 12, 22), True),
    ],
)
def test_what_cron_is_told(target: str, on: date, needed: bool) -> None:
    (value,) = [value for value in standing_values(on) if value.target == target]
    assert needs_a_look(value, on) is needed
