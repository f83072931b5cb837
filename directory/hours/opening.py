"""Whether somebody answers at an hour, until when or from when, by a week and the days on which it is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from directory.hours.holidays import holiday
from directory.hours.week import PACIFIC
from directory.model import Interval, Schedule, Tri

__all__ = ["Opening", "on_day", "opening"]

_AHEAD = 21
"""How many days are looked at for the next opening."""


@dataclass(frozen=True)
class Opening:
    """Open now or not; `until` is when it closes, `opens` when it opens next: None where that is not sure."""

    open: Tri
    until: datetime | None = None
    opens: datetime | None = None


def opening(schedule: Schedule | None, closed_on: Collection[date], at: datetime) -> Opening:
    """How it stands at the aware time `at`; a holiday that neither the week nor `closed_on` speaks of is not known."""
    if schedule is None or not (schedule.intervals or schedule.always):
        return Opening(Tri.UNKNOWN)
    local = at.astimezone(PACIFIC)
    if schedule.always:
        return Opening(Tri.NO if local.date() in closed_on else Tri.YES)
    stays = tuple(_stays(schedule, closed_on, local.date()))
    here = [(sure, closes) for sure, opens, closes in stays if opens <= local < closes]
    if here:
        sure, until = max(here, key=lambda stay: (stay[0] is Tri.YES, stay[1]))
        return Opening(Tri.YES, until=until) if sure is Tri.YES else Opening(Tri.UNKNOWN)
    next_one = next(((sure, opens) for sure, opens, _ in stays if opens > local), None)
    return Opening(Tri.NO, opens=next_one[1] if next_one and next_one[0] is Tri.YES else None)


def on_day(schedule: Schedule, closed_on: Collection[date], day: date) -> tuple[Tri, tuple[Interval, ...]]:
    """Whether it opens on `day`, and its hours then; not known on a holiday that the week does not speak of."""
    hours = tuple(sorted((one for one in schedule.intervals if one.day == day.weekday()), key=lambda one: one.opens))
    if day in closed_on or not (hours or schedule.always):
        return Tri.NO, ()
    if schedule.always or not holiday(day):
        return Tri.YES, hours
    return schedule.holidays, () if schedule.holidays is Tri.NO else hours


def _stays(schedule: Schedule, closed_on: Collection[date], today: date) -> Iterator[tuple[Tri, datetime, datetime]]:
    """Each stretch of open hours from yesterday on, and whether it is sure; those of a closed day are left out."""
    for day in (today + timedelta(days=ahead) for ahead in range(-1, _AHEAD)):
        if day in closed_on:
            continue
        sure = schedule.holidays if holiday(day) else Tri.YES
        for one in sorted(schedule.intervals, key=lambda one: one.opens):
            if one.day == day.weekday() and sure is not Tri.NO:
                last = day if one.closes > one.opens else day + timedelta(days=1)
                opens, closes = (datetime.combine(*pair, PACIFIC) for pair in ((day, one.opens), (last, one.closes)))
                yield sure, opens, closes
