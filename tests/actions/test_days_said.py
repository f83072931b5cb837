"""The day that a message names: each message of the tables, on the day it is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

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
