"""Puts a newer version of a dated value among the older: on each day that it covers, it is the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import Field, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from directory.eligibility.basis import Basis
from directory.eligibility.strict import Period
from directory.errors import RulesError
from directory.overlay.basis import renewed
from directory.overlay.shapes import Note, Target

__all__ = ["Dated", "V", "looked_at", "placed"]


class Dated(Protocol):
    """A frozen dataclass that says on what it stands: a rule, the figures of a table, an offer."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def basis(self) -> Basis: ...


V = TypeVar("V", bound=Dated)

_DAY = timedelta(days=1)


def placed(known: Sequence[V], new: V) -> tuple[V, ...]:
    """All versions, in the order of their days.

    A version that begins on the same day is corrected by the new one, and gone. One without an end ends where the next
    that is known begins: who corrects the rule of today does not take back the change of law that is on its way.
    """
    dates = new.basis.period
    if dates.until is None:
        dates = Period(dates.start, _day_before_next(known, dates.start))
    versions = [_with_period(new, dates)]
    for old in known:
        versions.extend(_outside(old, dates))
    return tuple(sorted(versions, key=lambda version: version.basis.period.start or date.min))


def looked_at(known: Sequence[V], note: Note, target: Target, end: date | None = None) -> tuple[V, ...]:
    """The versions, the one in force on the day of the note (or on the one that it names) renewed; else RulesError."""
    on = target.version or note.on
    if not any(version.basis.period.covers(on) for version in known):
        raise RulesError(f"of '{target}' nothing is known for {on}")
    return tuple(
        replace(version, basis=renewed(version.basis, note, end)) if version.basis.period.covers(on) else version
        for version in known
    )


def _with_period(version: V, dates: Period) -> V:
    """The version in force on other days."""
    return replace(version, basis=replace(version.basis, period=dates))


def _day_before_next(known: Sequence[V], start: date | None) -> date | None:
    later = [old.basis.period.start for old in known if old.basis.period.start]
    after = [day for day in later if day > (start or date.min)]
    return min(after) - _DAY if after else None


def _outside(old: V, dates: Period) -> Iterator[V]:
    """What stays of an older version: the days before, and those after."""
    mine = old.basis.period
    if not mine.overlaps(dates):
        yield old
    elif mine.start != dates.start:
        if (mine.start or date.min) < (dates.start or date.min) and dates.start:
            yield _with_period(old, Period(mine.start, dates.start - _DAY))
        if dates.until and dates.until < (mine.until or date.max):
            yield _with_period(old, Period(dates.until + _DAY, mine.until))
