"""What did not work is left out: every site of the organization, where it was for the need that is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from directory.model import Need
from directory.search.bits import from_positions
from directory.search.index import Index, Numbering

__all__ = ["left_out"]

_ROWS = """
    SELECT rowid FROM listing WHERE id IN ({marks})
    UNION SELECT listing FROM listing_alias WHERE id IN ({marks})
"""


def left_out(
    known: Index, connection: sqlite3.Connection, order: Numbering, ids: Sequence[str], need: Need | None
) -> int:
    """All sites of the organizations of those listings; an id that is on no list any more leaves nobody out."""
    if not ids:
        return 0
    for_it = known.names[f"need/{need.value}"] if need else known.names.everything
    failed = (position for position in _positions(known, connection, ids) if for_it >> position & 1)
    sites = {site for position in failed for site in known.of_organization(position)}
    return from_positions(sites if order.by_name is None else map(known.of_name.__getitem__, sites), known.size)


def _positions(known: Index, connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[int]:
    query = _ROWS.format(marks=",".join("?" * len(ids)))
    for row in connection.execute(query, (*ids, *ids)):
        yield known.position(row[0])
