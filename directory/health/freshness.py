"""How many of the published listings somebody checked, and how long ago: by list, and by county that they serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from directory import store
from directory.errors import DirectoryMissing

__all__ = ["WITHIN", "Fresh", "by_county", "by_list"]

WITHIN = (90, 180, 365)
"""Days: checked within so many."""


@dataclass(frozen=True)
class Fresh:
    """The listings of one list or county: how many, of these checked within 90, 180 and 365 days, and never."""

    name: str
    listings: int
    within: tuple[int, ...]
    never: int

    def share(self, position: int) -> int:
        """The percentage that was checked within those days."""
        return round(100 * self.within[position] / self.listings) if self.listings else 0


_COUNTS = """count(*), coalesce(sum(listing.assured_on >= ?), 0), coalesce(sum(listing.assured_on >= ?), 0),
    coalesce(sum(listing.assured_on >= ?), 0), sum(listing.assured_on IS NULL)"""


def by_list(today: date, path: Path | None = None) -> tuple[Fresh, ...]:
    """For each published list, the one that is checked least first; none where nothing is published."""
    query = f"""SELECT source.title, {_COUNTS} FROM listing JOIN source ON source.id = listing.source_id
                GROUP BY source.id ORDER BY sum(listing.assured_on >= ?) * 1.0 / count(*), source.title"""
    return _counted(query, (*_days(today), _days(today)[0]), path)


def by_county(counties: Sequence[str], today: date, path: Path | None = None) -> tuple[Fresh, ...]:
    """For each of these counties, the listings that name it; a county that no list names has none."""
    marks = ", ".join("?" * len(counties))
    query = f"""SELECT service_area.county, {_COUNTS} FROM listing
                JOIN service_area ON service_area.listing = listing.rowid
                WHERE service_area.county IN ({marks}) GROUP BY service_area.county"""
    found = {item.name: item for item in _counted(query, (*_days(today), *counties), path)} if counties else {}
    return tuple(found.get(county, Fresh(county, 0, (0,) * len(WITHIN), 0)) for county in counties)


def _days(today: date) -> tuple[str, ...]:
    return tuple((today - timedelta(days=days)).isoformat() for days in WITHIN)


def _counted(query: str, values: Sequence[str], path: Path | None) -> tuple[Fresh, ...]:
    try:
        with store.open_directory(path) as connection:
            rows = connection.execute(query, tuple(values)).fetchall()
    except DirectoryMissing:
        return ()
    return tuple(Fresh(name, count, tuple(within), never) for name, count, *within, never in rows)
