"""The calendar: what is known to end, begin or change in the days that come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from directory.overlay.known_days import KnownDay, known_days
from directory.overlay.standing import Standing, in_order_of_weight, named_together

__all__ = ["Event", "coming"]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that ends, begins or changes on a day; `do` says what whoever keeps the rules does about it."""

    day: date
    what: str
    do: str
    programs: tuple[str, ...]


def coming(values: Iterable[Standing], on: date, days: int) -> tuple[Event, ...]:
    """What ends, begins or changes from that day on, for so many days; the next first."""
    until = on + timedelta(days=days)
    found = [*_known_events(on, until), *_ends_and_beginnings(values, on, until)]
    return tuple(sorted(found, key=lambda event: event.day))


def _known_events(on: date, until: date) -> Iterator[Event]:
    for known in known_days():
        for day in _days(known, on, until):
            yield Event(day, known.what, known.do, known.programs)


def _days(known: KnownDay, on: date, until: date) -> Iterator[date]:
    years = range(on.year, until.year + 1)
    days = [date(year, *known.each) for year in years] if known.each else [known.day]
    yield from (day for day in days if day and on <= day <= until)


def _ends_and_beginnings(values: Iterable[Standing], on: date, until: date) -> Iterator[Event]:
    listed = list(values)
    for value in listed:
        start = value.period.start
        if start and on <= start <= until:
            yield Event(start, f"Begins: {value.label}.", f"puente rules show {value.target}", value.programs)
    ending = [value for value in listed if value.period.until and on <= value.period.until <= until]
    groups: dict[object, list[Standing]] = {}
    for value in ending:
        if not value.followed:
            together = value.programs if value.kind in _OF_PROGRAM else value.target
            groups.setdefault((value.period.until, together), []).append(value)
    yield from map(_end, groups.values())


_OF_PROGRAM = ("program", "rule", "side")


def _end(group: Sequence[Standing]) -> Event:
    """What ends together: of a program all that hangs on its end."""
    ordered = in_order_of_weight(group)
    first = ordered[0]
    day = first.period.until or date.max
    label = named_together(ordered) if first.kind in _OF_PROGRAM else first.label
    return Event(day, f"Known only up to this day: {label}.", first.mend(day + _DAY), first.programs)
