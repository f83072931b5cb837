"""Which published listings are given out: read in parts, so that any number of them needs little memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directory import store
from directory.model import Listing, Need

__all__ = ["Choice", "count", "listings", "most_phones", "suspended"]

_AT_ONCE = 400
_HAS = "EXISTS (SELECT 1 FROM {0} WHERE {1} = ? AND listing = listing.rowid)"


@dataclass(frozen=True)
class Choice:
    """What is wanted; None is all. A place that is suspended on `today` is shown to nobody, and not given out."""

    today: date
    need: Need | None = None
    county: str | None = None
    source: str | None = None

    def where(self) -> tuple[str, list[str]]:
        parts = ["coalesce(suspended_until, '') < ?"]
        values = [self.today.isoformat()]
        if self.need:
            parts.append(_HAS.format("listing_need", "need"))
            values.append(self.need.value)
        if self.county:
            parts.append(f"(statewide = 1 OR {_HAS.format('service_area', 'county')})")
            values.append(self.county)
        if self.source:
            parts.append("source_id = ?")
            values.append(self.source)
        return " AND ".join(parts), values


def count(connection: sqlite3.Connection, choice: Choice) -> int:
    """How many listings that is."""
    where, values = choice.where()
    found: int = connection.execute(f"SELECT count(*) FROM listing WHERE {where}", values).fetchone()[0]
    return found


def suspended(connection: sqlite3.Connection, choice: Choice) -> int:
    """How many listings would be given out if they were not suspended that day."""
    where, values = choice.where()
    whole = where.replace("coalesce(suspended_until, '') < ?", "suspended_until >= ?", 1)
    found: int = connection.execute(f"SELECT count(*) FROM listing WHERE {whole}", values).fetchone()[0]
    return found


def most_phones(connection: sqlite3.Connection) -> int:
    """How many phones the listing with the most has."""
    query = "SELECT max(many) FROM (SELECT count(*) AS many FROM phone GROUP BY listing)"
    return int(connection.execute(query).fetchone()[0] or 0)


def listings(connection: sqlite3.Connection, choice: Choice) -> Iterator[Listing]:
    """The listings in their published order, some hundred in memory at a time."""
    where, values = choice.where()
    after = 0
    while True:
        query = f"SELECT rowid FROM listing WHERE {where} AND rowid > ? ORDER BY rowid LIMIT {_AT_ONCE}"
        rowids = [row[0] for row in connection.execute(query, [*values, after])]
        if not rowids:
            return
        yield from store.listings(connection, rowids)
        after = rowids[-1]
