"""The part of the day in which somebody wants to be called, read from words or an hour."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.words import sign

__all__ = ["time_said"]

_SAID: Mapping[str, str] = {f"call_{time}": time for time in ("any", "evening", "afternoon", "midday", "morning")}
"""In this order: "mañana en la tarde" is an afternoon."""


def time_said(text: str) -> str | None:
    """The part of the day that the words name, else that of the hour."""
    return next((time for name, time in _SAID.items() if sign(name, text)), None) or _of_the_hour(text)


_HOUR = re.compile(
    r"(?:\b(?P<lead>at|after|around|before|by|a las?|despu[eé]s de las?|como a las?|tipo) )?"
    r"\b(?P<hour>1[0-2]|0?[1-9])(?::[0-5]\d)? ?(?P<half>[ap])?\.?(?(half)m\b)",
    re.IGNORECASE,
)
_FIRST, _NOON, _MIDDAY_ENDS, _EVENING = 7, 12, 14, 17
"""From seven on an hour alone is of the morning; the day is parted as the choices part it."""


def _of_the_hour(text: str) -> str | None:
    found = next((one for one in _HOUR.finditer(text) if one["lead"] or one["half"]), None)
    if found is None:
        return None
    hour = int(found["hour"]) % _NOON
    afternoon = found["half"].casefold() == "p" if found["half"] else hour < _FIRST
    hour += _NOON if afternoon else 0
    parts = (("morning", _NOON), ("midday", _MIDDAY_ENDS), ("afternoon", _EVENING))
    return next((part for part, ends in parts if hour < ends), "evening")
