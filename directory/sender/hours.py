"""When we may begin to write to somebody: from nine to eight, Pacific time, days of a changed clock too."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

__all__ = ["FROM", "UNTIL", "ZONE", "awake", "left_today", "next_awake"]

ZONE = ZoneInfo("America/Los_Angeles")
FROM, UNTIL = time(9), time(20)


def awake(now: datetime) -> bool:
    """Whether a text that nobody asked for this minute may go out; `now` is aware."""
    return FROM <= now.astimezone(ZONE).time() < UNTIL


def left_today(now: datetime) -> timedelta:
    """How long it is until eight in the evening; negative after it."""
    return datetime.combine(now.astimezone(ZONE).date(), UNTIL, ZONE) - now


def next_awake(now: datetime) -> datetime:
    """`now` where that is such a time, else when it begins next."""
    here = now.astimezone(ZONE)
    if awake(now):
        return here
    day = here.date() if here.time() < FROM else here.date() + timedelta(days=1)
    return datetime.combine(day, FROM, ZONE)
