"""Structured opening times (of HSDS and FHIR) as one text that our reader of hours takes or refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from functools import lru_cache

from directory import hours
from directory.model import Interval, Schedule

__all__ = ["DAYS", "clock", "told", "unsure", "written"]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ALWAYS = "24 hours a day, 7 days a week"
_ASK = " (ask them)"
_CLOCK = re.compile(r"(\d\d?):(\d\d)(?::\d\d(?:\.\d+)?)?(-0[78]:?00)?")


def clock(text: str) -> time | None:
    """A time of day in California; None for one that names another zone, or that is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    return time(int(found[1]) % 24, int(found[2]))


def written(intervals: Iterable[Interval]) -> str | None:
    """The week as a text that is read back as the same week; None when there is none."""
    week = Schedule(tuple(sorted({_ended(one) for one in intervals}, key=lambda one: (one.day, one.opens, one.closes))))
    if not week.intervals:
        return None
    if _whole(week) == Schedule(always=True):
        return _ALWAYS
    text = "; ".join(
        f"{', '.join(DAYS[day] for day in days)} {_shown(opens)} - {_shown(closes)}"
        for days, opens, closes in hours.spans(week)
    )
    return text if _alike(_parsed(text), week) else unsure(text)


def told(week: str | None, loose: Sequence[str], said: Sequence[str]) -> str | None:
    """One text for the week, what of it cannot be sure (`loose`), and what is `said` of it in words.

    It reads as hours only where nothing is loose and words and week do not differ; else it stays a text.
    """
    words = "; ".join(dict.fromkeys(text for text in said if text))
    if loose:
        return unsure("; ".join(dict.fromkeys(text for text in (words, week, *loose) if text)))
    if not week or not words:
        return week or words or None
    if _alike(_parsed(words), _parsed(week)):
        return words
    return unsure(f"{week}. {words}")


def unsure(text: str) -> str:
    """The text so that nobody takes it for hours that are sure."""
    return text if _parsed(text) is None else f"{text}{_ASK}"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Schedule | None:
    """What our reader of hours says; the same few texts come again and again."""
    return hours.parse(text)


def _alike(one: Schedule | None, other: Schedule | None) -> bool:
    return one is not None and other is not None and _whole(one) == _whole(other)


def _whole(week: Schedule) -> Schedule:
    """The week without what it says of holidays; open around the clock on all days is always."""
    full = {one.day for one in week.intervals if one.opens == one.closes == time()}
    if week.always or len(full) == len(DAYS):
        return Schedule(always=True)
    return Schedule(tuple(sorted(week.intervals, key=lambda one: (one.day, one.opens, one.closes))))


def _ended(one: Interval) -> Interval:
    """23:59 is how the end of a day is written where 24:00 cannot be."""
    return Interval(one.day, one.opens, time() if one.closes == time(23, 59) else one.closes)


def _shown(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
