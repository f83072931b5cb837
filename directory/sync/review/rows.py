"""The rows and places that a decision is about: which there are, what they say, and which are confidential."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date

from directory.errors import DecisionError
from directory.publication.gather import Gathered

__all__ = ["draft_of", "known_row", "listing_of", "own_id", "plain", "secret_ids", "shown", "standing_id", "titles"]


def own_id(source_id: str, row_id: str) -> str:
    """The id of the place that a row is by itself."""
    return f"{source_id}:{row_id}"


def known_row(work: sqlite3.Connection, row: str) -> tuple[str, str]:
    """List and row of `source:row`; DecisionError when no list that was read has it."""
    source_id, _, row_id = row.partition(":")
    found = work.execute(
        "SELECT 1 FROM staged WHERE source_id = ? AND row_id = ? AND draft IS NOT NULL", (source_id, row_id)
    ).fetchone()
    if found is None:
        raise DecisionError(
            f"There is no row {row!r} in any list that was read. A row is named LIST:ROW, as in `puente review`."
        )
    return source_id, row_id


def listing_of(work: sqlite3.Connection, source_id: str, row_id: str) -> str:
    """The id of the place that the row belongs to now."""
    query = "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?"
    return str(work.execute(query, (source_id, row_id)).fetchone()[0])


def standing_id(work: sqlite3.Connection, listing_id: str) -> str:
    """The id under which the listing stands today; one that was joined to another is followed."""
    if work.execute("SELECT 1 FROM link WHERE listing_id = ? LIMIT 1", (listing_id,)).fetchone():
        return listing_id
    source_id, _, row_id = listing_id.partition(":")
    found = work.execute(
        "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?", (source_id, row_id)
    ).fetchone()
    if found is None:
        raise DecisionError(
            f"There is no place {listing_id!r} in any list that was read. `puente search` prints the ids."
        )
    return str(found[0])


def draft_of(work: sqlite3.Connection, source_id: str, row_id: str) -> Mapping[str, object]:
    """What the row says, as a plain listing."""
    query = "SELECT draft FROM staged WHERE source_id = ? AND row_id = ?"
    return plain(work.execute(query, (source_id, row_id)).fetchone()["draft"])


def shown(work: sqlite3.Connection, listing_id: str) -> Mapping[str, object]:
    """What the listing's first row in force says; the row it was first seen in, when that is still in its list."""
    query = """SELECT staged.draft FROM link JOIN staged USING (source_id, row_id)
               WHERE link.listing_id = ? AND staged.draft IS NOT NULL
               ORDER BY staged.ended_on IS NOT NULL, link.source_id || ':' || link.row_id <> link.listing_id LIMIT 1"""
    row = work.execute(query, (standing_id(work, listing_id),)).fetchone()
    return plain(row["draft"]) if row else {}


def plain(draft: str) -> Mapping[str, object]:
    """A draft as it is kept, read."""
    found: dict[str, object] = json.loads(draft)
    return found


def secret_ids(work: sqlite3.Connection) -> frozenset[str]:
    """The places of which nobody is told where they are, under each id they have or had."""
    query = """SELECT listing_id, source_id || ':' || row_id FROM link WHERE listing_id IN
               (SELECT link.listing_id FROM link JOIN staged USING (source_id, row_id) WHERE confidential = 1)"""
    found = {listing_id for row in work.execute(query) for listing_id in row}
    hidden = [f"{source}:{row}" for source, row in Gathered(work, date.max).hidden]
    return frozenset({*found, *hidden, *(standing_id(work, row) for row in hidden)})


def titles(work: sqlite3.Connection) -> Mapping[str, str]:
    """The lists that were read and what they are called, by id."""
    return {row["id"]: row["title"] for row in work.execute("SELECT id, title FROM source ORDER BY id")}
