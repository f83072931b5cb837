"""The words of a talk about a ride to a visit (ride_clock.yml), and whether a message is no more than a day."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actions.heard import fold
from directory.eligibility import strict

__all__ = ["only_a_day", "says"]

_HOUR = re.compile(r"\d{1,4}(?:am|pm|hrs)?")
_FILE = Path(__file__).parent / "ride_clock.yml"


def says(kind: str, text: str) -> bool:
    """Whether a text has one of the phrases of that kind."""
    words = fold(text)
    return any(f" {phrase} " in words for phrase in _phrases(kind))


def only_a_day(rest: str) -> bool:
    """Whether nothing is left beside a day but words that stand around one; `rest` is the message without the day."""
    words = fold(rest)
    for phrase in _phrases("around", "visit", "asks", "ride"):
        while f" {phrase} " in words:
            words = words.replace(f" {phrase} ", " ")
    return all(_HOUR.fullmatch(word) for word in words.split())


@functools.cache
def _phrases(*kinds: str) -> tuple[str, ...]:
    """The phrases of those kinds in both languages, the longest first."""
    spoken = (words for kind in kinds for words in _tables()[kind].values())
    found = {fold(phrase).strip() for words in spoken for phrase in words}
    return tuple(sorted(found, key=len, reverse=True))


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
