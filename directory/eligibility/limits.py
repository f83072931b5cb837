"""Where an income lies beside the line of a table: the size of the home and the day choose the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from directory.eligibility.basis import Basis
from directory.eligibility.facts import Amount, Fact
from directory.eligibility.tables import Table, Value

__all__ = ["NEAR", "Line", "Place", "judged", "line"]

NEAR = 0.05
"""An income this close to the line, as a share of it, decides nothing."""

_MONTHS = {"month": 1, "year": 12}


class Place(Enum):
    """Where an income lies."""

    UNDER = "under"
    OVER = "over"
    NEAR = "near"
    BETWEEN = "between"
    """A range, or a home of unknown size, that the line runs through."""


@dataclass(frozen=True)
class Line:
    """The most a home may have, in dollars a month: `low` for the smallest size it can have, `high` for the largest.

    `high` is None where nobody said how large the home is at most, or no line is printed for so many.
    """

    low: float
    high: float | None
    basis: Basis

    @property
    def exact(self) -> float | None:
        """The line, where the size of the home is settled."""
        return self.low if self.low == self.high else None


def line(table: Table, size: Fact | None, on: date) -> Line | None:
    """The line of that day; None where no figure is known, or the one known is unverified or overdue."""
    value = table.on(on)
    if value is None or value.basis.status == "recalled" or on > value.basis.review_by:
        return None
    people = size if isinstance(size, Amount) else Amount(1, None)
    # Lines grow with the home: where none is printed for that many, the largest that is printed is certainly not more.
    low = _figure(value, max(1, int(people.low)))
    if low is None and value.by_size:
        low = value.by_size[max(value.by_size)]
    if low is None:
        return None
    high = None if people.high is None else _figure(value, int(people.high))
    months = _MONTHS[table.per]
    return Line(low / months, None if high is None else high / months, value.basis)


def _figure(value: Value, size: int) -> float | None:
    """The figure of a home of that size; the smallest that is printed counts for smaller homes too."""
    if size in value.by_size:
        return value.by_size[size]
    if not value.by_size:
        return None
    if size < min(value.by_size):
        return value.by_size[min(value.by_size)]
    largest = max(value.by_size)
    return value.by_size[largest] + (size - largest) * value.each_extra if value.each_extra is not None else None


def judged(income: Amount, line: Line) -> Place:
    """Where an income lies: a single amount near the line is near, a range that ends at the line is beside it."""
    if income.exact is not None and line.exact is not None and abs(income.exact - line.exact) <= NEAR * line.exact:
        return Place.NEAR
    if income.top <= (line.low if income.exact is None else line.low * (1 - NEAR)):
        return Place.UNDER
    if line.high is not None and (
        income.low >= line.high if income.exact is None else income.low > line.high * (1 + NEAR)
    ):
        return Place.OVER
    return Place.BETWEEN
