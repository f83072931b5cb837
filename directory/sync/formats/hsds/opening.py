"""HSDS schedules as one text of hours; what repeats in another way than every week stays a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from directory.model import Interval
from directory.sync.formats.values import text
from directory.sync.formats.weekly import clock, told, written

__all__ = ["opening"]

_DAYS: Mapping[str, int] = {day: number for number, day in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_BOUNDED = ("valid_to", "until", "count", "byweekno", "bymonthday", "byyearday")
_BEGINS = ("valid_from", "dtstart")
_SHOWN = ("freq", "interval", "byday", "opens_at", "closes_at", *_BEGINS, *_BOUNDED)


def opening(schedules: Sequence[Mapping[str, object]], seen_on: str) -> str | None:
    """The hours that the schedules say; `seen_on` is a day on which they surely had begun, or empty."""
    sure: list[Interval] = []
    loose: list[str] = []
    said = [text(schedule.get(key)) for schedule in schedules for key in ("description", "notes")]
    for schedule in schedules:
        if not any(text(schedule.get(key)) for key in ("opens_at", "closes_at", "byday", "freq")):
            continue
        found = tuple(_intervals(schedule, seen_on))
        sure += found
        if not found:
            loose.append(_as_written(schedule))
    return told(written(sure), loose, said)


def _intervals(schedule: Mapping[str, object], seen_on: str) -> Iterable[Interval]:
    """The hours of one schedule when it is every week, without an end, and surely begun; else none."""
    days = [_DAYS.get(day) for day in re.split(r"[,\s]+", text(schedule.get("byday")).upper()) if day]
    opens, closes = clock(text(schedule.get("opens_at"))), clock(text(schedule.get("closes_at")))
    if not days or None in days or opens is None or closes is None or not _every_week(schedule, seen_on):
        return ()
    if opens == closes != time():
        return ()
    return [Interval(day, opens, closes) for day in days if day is not None]


def _every_week(schedule: Mapping[str, object], seen_on: str) -> bool:
    if text(schedule.get("freq")).upper() not in ("", "WEEKLY") or text(schedule.get("interval")) not in (
        "",
        "1",
        "1.0",
    ):
        return False
    if any(text(schedule.get(key)) for key in _BOUNDED):
        return False
    begins = [day for key in _BEGINS if (day := text(schedule.get(key)))]
    return all(re.fullmatch(r"\d{4}-\d\d-\d\d", day[:10]) and day[:10] <= seen_on for day in begins)


def _as_written(schedule: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key in _SHOWN if (value := text(schedule.get(key))))
