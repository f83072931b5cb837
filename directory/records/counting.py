"""Counts records, for staff: how many answers since a day, by what, and what was looked for where nothing is listed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.records.file import path
from directory.reply import Kind

__all__ = ["BY", "Count", "counts", "without_result"]

BY: Mapping[str, str] = {
    "need": "need",
    "program": "program",
    "county": "county",
    "outcome": "outcome",
    "act": "act",
    "channel": "channel",
    "day": "day",
    "language": "language",
}
"""By what answers can be counted -> its column."""


@dataclass(frozen=True)
class Count:
    """How many answers have these values; a value is None where the answer was about none."""

    values: tuple[str | None, ...]
    answers: int


def counts(by: str, *, since: date, file: Path | None = None) -> tuple[Count, ...]:
    """How many answers since that day by one thing, the most first; days in their order; empty where none is kept."""
    column = BY[by]
    order = "day" if by == "day" else f"count(*) DESC, {column}"
    query = f"SELECT {column}, count(*) FROM answer WHERE day >= ? GROUP BY {column} ORDER BY {order}"
    return _counted(query, (since.isoformat(),), file)


def without_result(*, since: date, file: Path | None = None) -> tuple[Count, ...]:
    """Searches that found no place since that day, by need, program and county, the most first."""
    query = """SELECT need, program, county, count(*) FROM answer WHERE day >= ? AND outcome = ?
               GROUP BY need, program, county ORDER BY count(*) DESC, need, program, county"""
    return _counted(query, (since.isoformat(), Kind.NONE_FOUND.value), file)


def _counted(query: str, values: tuple[str, ...], file: Path | None) -> tuple[Count, ...]:
    where = file or path()
    if not where.exists():
        return ()
    with closing(sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
        if not db.execute("PRAGMA user_version").fetchone()[0]:  # begun, and nothing kept yet
            return ()
        return tuple(Count(tuple(found), int(number)) for *found, number in db.execute(query, values))
