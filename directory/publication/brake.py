"""brake: a publication that would take away a whole county, program or list, or much of everything, stops."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from directory.errors import PublishError
from directory.publication.differences import Kind
from directory.publication.prepare import Prepared

__all__ = ["GONE_SHARE", "brake", "reasons"]

GONE_SHARE = 0.3
"""How much of all that is shown may go at once."""
_NEVER_EMPTY = (
    ("county", "service_area", "county"),
    ("program", "listing_program", "program"),
    ("list", "listing", "source_id"),
)


def brake(made: Prepared) -> None:
    """PublishError when the publication would take away more than one does on purpose without saying so."""
    why = list(reasons(made))
    if why:
        more = f" (and {len(why) - 3} more reasons)" if len(why) > 3 else ""
        raise PublishError(
            f"This publication was stopped: {'; '.join(why[:3])}{more}. What people see stays as it was. "
            "Look at `puente diff`; if it is right, run `puente publish --accept-gone`."
        )


def reasons(made: Prepared) -> Iterator[str]:
    """Why a person should look before it is published."""
    if made.old is None:
        return
    before = int(made.old.execute("SELECT count(*) FROM listing").fetchone()[0])
    gone = sum(change.kind is Kind.GONE for change in made.changes)
    if before and gone > before * GONE_SHARE:
        yield f"{gone} of {before} places ({gone / before:.0%}) would no longer be shown"
    for word, table, column in _NEVER_EMPTY:
        for value in sorted(_values(made.old, table, column) - _values(made.connection, table, column)):
            if word != "list" or not _named(made.connection, value):
                yield f"no place of the {word} {value} would be left"


def _named(connection: sqlite3.Connection, source_id: str) -> bool:
    """Whether the list still names a place that bears the day of another list."""
    return connection.execute("SELECT 1 FROM said WHERE source_id = ? LIMIT 1", (source_id,)).fetchone() is not None


def _values(connection: sqlite3.Connection, table: str, column: str) -> set[str]:
    """Each value once; the table is sorted by it, so that each is one look-up."""
    found, value = set(), ""
    query = f"SELECT min({column}) FROM {table} WHERE {column} > ?"
    while (value := connection.execute(query, (value,)).fetchone()[0]) is not None:
        found.add(value)
    return found
