"""Whether a message asks of the clinic itself, what it asks, and of which day; read from clinic_asked.yml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from actions.days_said import day_in
from actions.heard import fold
from actions.openings import Opened
from actions.patterns import either
from directory import hours
from directory.eligibility import strict

__all__ = ["BARE", "NAMED", "OF_THEM", "TO_YOU", "DayAsked", "asked_by", "day_asked", "kind_asked", "who_speaks"]

NAMED, TO_YOU, OF_THEM, BARE = "named", "to_you", "of_them", "bare"
"""How plainly it is the clinic that is meant: outright, spoken to, as anything else might be, by one word alone."""
_GROUPS = (NAMED, TO_YOU, OF_THEM, BARE)

_FILE = Path(__file__).with_name("clinic_asked.yml")
_MOST_WORDS = 24
_A_YEAR = 370


@dataclass(frozen=True)
class DayAsked:
    """The day that is asked about, the other one that "next friday" may mean; `weekly` for "on Saturdays"."""

    day: date
    later: date | None = None
    weekly: bool = False


def asked_by(text: str) -> str | None:
    """How plainly a message asks of the clinic; None where it does not."""
    said = fold(text)
    if len(said.split()) > _MOST_WORDS or _tables()["never"].search(said):
        return None
    return next((name for name in _GROUPS if _tables()[name].search(said)), None)


def kind_asked(text: str) -> str | None:
    """What it asks: `languages`, `hours` or `where`; None for how to reach it."""
    said = fold(text)
    return next((kind for kind in ("languages", "hours", "where") if _tables()[kind].search(said)), None)


def who_speaks(text: str) -> bool:
    """Whether it asks if somebody there speaks a language."""
    return _tables()["speaks"].search(fold(text)) is not None


def day_asked(text: str, today: date) -> DayAsked | None:
    """The day to come of which it asks; None where it names none, or one that has passed."""
    named = _named_day(fold(text), today)
    if named is not None:
        return DayAsked(named)
    said = day_in(text, today)
    if said is None or said.day is None or said.problem or said.bare:
        return None
    return DayAsked(said.day, said.later, said.weekly)


def _named_day(said: str, today: date) -> date | None:
    """The next day of a name ("Thanksgiving"); of two names the longer."""
    names = ((words, name) for name, phrases in _plain()["days"].items() for words in phrases)
    found = [(len(words), name) for words, name in names if f" {words} " in said]
    if not found:
        return None
    name = max(found)[1]
    days = (today + timedelta(days=ahead) for ahead in range(_A_YEAR))
    return next((day for day in days if name in (hours.holiday(day), f"{day:%m-%d}")), None)


@functools.cache
def _tables() -> Mapping[str, Opened]:
    plain = _plain()
    entries = {name: plain[name] for name in (*_GROUPS, "speaks", "never")} | plain["kinds"]
    return {name: either(patterns, plain["words"]) for name, patterns in entries.items()}


@functools.cache
def _plain() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
