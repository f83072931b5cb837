"""Reference tables: figures by the size of the home, in dollars, each version dated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.eligibility.basis import BASIS, Basis, parse_basis
from directory.eligibility.strict import Entry, Text, read, refuse_overlaps

__all__ = ["Table", "Value", "load_tables"]


_LARGEST = 30
"""A home of more people is not meant."""


@dataclass(frozen=True)
class Value:
    """The figures of a table while they are in force: by household size, or a percentage, or both."""

    basis: Basis
    by_size: Mapping[int, float]
    each_extra: float | None
    percent: float | None
    note: str | None


@dataclass(frozen=True)
class Table:
    """Reference figures in dollars, `per` month, year or once; `values` do not overlap."""

    id: str
    title: Text
    per: str
    changes: str
    values: tuple[Value, ...]
    rule: str | None = None

    def on(self, day: date) -> Value | None:
        """The figures in force that day, or None when none are known."""
        return next((value for value in self.values if value.basis.period.covers(day)), None)


def load_tables(path: Path, sources: Iterable[str]) -> dict[str, Table]:
    """The reference tables by id; refused when a day would have two values."""
    known = frozenset(sources)
    return {key: _table(key, entry, known) for key, entry in read(path).items()}


def _table(key: str, entry: Entry, sources: frozenset[str]) -> Table:
    found = entry.fields(("title", "per", "changes", "values"), ("rule",))
    values = tuple(_value(part, sources) for part in found["values"].each())
    refuse_overlaps(entry.path, found["values"].key, (value.basis.period for value in values))
    rule = found.get("rule")
    return Table(
        key,
        found["title"].twin(),
        found["per"].one_of(("month", "year", "once")),
        found["changes"].text(),
        values,
        rule.text() if rule else None,
    )


def _value(entry: Entry, sources: frozenset[str]) -> Value:
    found = entry.fields(BASIS, ("by_size", "each_extra", "percent", "note"))
    if "by_size" not in found and "percent" not in found:
        raise entry.refuse("there are no figures. Give 'by_size' or 'percent'.")
    extra, percent, note = found.get("each_extra"), found.get("percent"), found.get("note")
    return Value(
        parse_basis(found, sources),
        _by_size(found["by_size"]) if "by_size" in found else {},
        _figure(extra) if extra else None,
        percent.number() if percent else None,
        note.text() if note else None,
    )


def _by_size(entry: Entry) -> dict[int, float]:
    """Dollars by people in the home: at least one size, and a larger home never has the lower line."""
    found = {_people(size, figure): _figure(figure) for size, figure in entry.items()}
    if not found:
        raise entry.refuse("there are no figures. Give one at least, or 'percent'.")
    figures = [found[size] for size in sorted(found)]
    if figures != sorted(figures):
        raise entry.refuse("a larger home has a lower line than a smaller one. Mend the figures.")
    return found


def _people(size: str, figure: Entry) -> int:
    if not size.isdecimal() or len(size) > 2 or not 1 <= int(size) <= _LARGEST:
        raise figure.refuse(f"'{size}' is no number of people in a home. Write 1, 2, 3 ...")
    return int(size)


def _figure(entry: Entry) -> float:
    if entry.number() < 0:
        raise entry.refuse(f"{entry.value!r} is no amount. Write dollars.")
    return entry.number()
