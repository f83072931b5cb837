"""Organizations apart from their listings: which names of which lists are one, and what people know of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from directory.model import Tri
from directory.sync.match import compare
from directory.sync.match.outcome import Reason

__all__ = ["Organization", "all", "describe", "find", "update"]


@dataclass(frozen=True)
class Organization:
    """One organization; `names` are (source, name as that list writes it). Owner, partnership and note are people's."""

    id: str
    name: str
    npi: str | None
    owner: str | None
    partnership: str | None
    note: str | None
    names: tuple[tuple[str, str], ...]


def update(work: sqlite3.Connection, source_id: str, now: datetime) -> None:
    """Takes up the names of that list's rows in force and brings together what is one; the caller commits.

    What people wrote is never overwritten: two organizations that both have some stay two.
    """
    _take_up(work, source_id, now)
    for one, other, reason in [*_of_one_npi(work), *_of_one_listing(work, source_id)]:
        _bring_together(work, one, other, reason)


def all(work: sqlite3.Connection) -> tuple[Organization, ...]:
    """Every organization, by name."""
    names: dict[str, list[tuple[str, str]]] = {}
    for source, name, found in _rows(work, "SELECT source_id, name, organization_id FROM organization_name"):
        names.setdefault(found, []).append((source, name))
    query = "SELECT id, name, npi, owner, partnership, note FROM organization ORDER BY name COLLATE NOCASE, id"
    return tuple(
        Organization(id, name, npi, owner, partnership, note, tuple(sorted(names.get(id, ()))))
        for id, name, npi, owner, partnership, note in _rows(work, query)
    )


def find(work: sqlite3.Connection, source_id: str, name: str) -> str | None:
    """The id of the organization that a list calls by that name; None when it has none."""
    query = "SELECT organization_id FROM organization_name WHERE source_id = ? AND name = ?"
    row = work.execute(query, (source_id, name)).fetchone()
    return str(row[0]) if row else None


def describe(
    work: sqlite3.Connection, id: str, *, owner: str | None = None, partnership: str | None = None,
    note: str | None = None,
) -> bool:  # fmt: skip
    """Writes what is given and leaves the rest ("" takes it away); False when there is no such organization."""
    cursor = work.execute(
        """UPDATE organization SET owner = nullif(coalesce(?, owner), ''), note = nullif(coalesce(?, note), ''),
               partnership = nullif(coalesce(?, partnership), '') WHERE id = ?""",
        (owner, note, partnership, id),
    )
    return cursor.rowcount > 0


def _rows(work: sqlite3.Connection, query: str, *values: object) -> Iterator[tuple[str, ...]]:
    return map(tuple, work.execute(query, values))


def _take_up(work: sqlite3.Connection, source_id: str, now: datetime) -> None:
    """An organization for each name that is not there yet, and the NPI of those that have one alone."""
    work.create_function("organization_key", 1, _key, deterministic=True)
    known = work.execute("SELECT 1 FROM organization_name WHERE source_id = ? LIMIT 1", (source_id,)).fetchone()
    values = {"source": source_id, "now": now.isoformat(), "since": _last_run(work, source_id) if known else 0}
    for statement in _TAKE_UP:
        work.execute(statement, values)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]


# Names of the rows that changed in the last run, each with its NPI when it has just one.
_NAMED = """
    INSERT INTO temp.named SELECT name, CASE WHEN count(DISTINCT npi) = 1 THEN min(npi) END FROM (
        SELECT json_extract(draft, '$.organization') AS name, json_extract(draft, '$.npi') AS npi FROM staged
        WHERE source_id = :source AND refused = 0 AND ended_on IS NULL AND changed_run >= :since)
    GROUP BY name
"""
_TAKE_UP = (
    "CREATE INDEX IF NOT EXISTS organization_by_npi ON organization(npi) WHERE npi IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS name_by_organization ON organization_name(organization_id)",
    "CREATE TEMP TABLE IF NOT EXISTS named (name TEXT PRIMARY KEY, npi TEXT) WITHOUT ROWID",
    "DELETE FROM temp.named",
    _NAMED,
    """
    UPDATE organization SET npi = named.npi FROM temp.named AS named JOIN organization_name AS known
        ON known.source_id = :source AND known.name = named.name
    WHERE organization.id = known.organization_id AND organization.npi IS NULL AND named.npi IS NOT NULL
    """,
    "DELETE FROM temp.named WHERE name IN (SELECT name FROM organization_name WHERE source_id = :source)",
    """
    INSERT OR IGNORE INTO organization (id, name, npi, since)
    SELECT :source || ':' || organization_key(name), name, npi, :now FROM temp.named
    """,
    """
    INSERT INTO organization_name
    SELECT :source, name, :source || ':' || organization_key(name), '[]', :now FROM temp.named
    """,
)


def _last_run(work: sqlite3.Connection, source_id: str) -> int:
    return int(work.execute("SELECT coalesce(max(number), 0) FROM run WHERE source_id = ?", (source_id,)).fetchone()[0])


def _of_one_npi(work: sqlite3.Connection) -> list[tuple[str, str, Reason]]:
    """Pairs of organizations that have the same NPI."""
    query = """SELECT a.id, b.id FROM organization AS a JOIN organization AS b ON a.npi = b.npi AND +a.id < +b.id
               WHERE a.npi IS NOT NULL ORDER BY a.since, a.id, b.id"""
    return [(one, other, Reason.NPI_SAME) for one, other in _rows(work, query)]


def _of_one_listing(work: sqlite3.Connection, source_id: str) -> list[tuple[str, str, Reason]]:
    """Pairs of organizations whose rows were found to be one place, and whose names are the same."""
    query = """SELECT DISTINCT json_extract(there.draft, '$.organization'), other.source_id,
                   json_extract(here.draft, '$.organization')
               FROM link AS own
               JOIN link AS other ON other.listing_id = own.listing_id AND other.source_id <> own.source_id
               JOIN staged AS here ON here.source_id = own.source_id AND here.row_id = own.row_id
               JOIN staged AS there ON there.source_id = other.source_id AND there.row_id = other.row_id
               WHERE own.source_id = ? AND own.outcome = 'same' AND here.draft IS NOT NULL
                   AND there.draft IS NOT NULL"""
    found = []
    for theirs, their_source, ours in _rows(work, query, source_id):
        said = compare.names(ours, theirs)
        one, other = find(work, their_source, theirs), find(work, source_id, ours)
        if said.same == Tri.YES and said.reason and one and other and one != other:
            found.append((one, other, said.reason))
    return found


def _bring_together(work: sqlite3.Connection, one: str, other: str, reason: Reason) -> None:
    """The names of both belong to the one that people wrote something of, else to the first."""
    kept, gone = (_still(work, id) for id in (one, other))
    if kept is None or gone is None or kept == gone:
        return
    if _written(work, gone):
        if _written(work, kept):
            return
        kept, gone = gone, kept
    work.execute(
        "UPDATE organization_name SET organization_id = ?, reasons = ? WHERE organization_id = ?",
        (kept, json.dumps([reason.value]), gone),
    )
    work.execute(
        "UPDATE organization SET npi = coalesce(npi, (SELECT npi FROM organization WHERE id = ?)) WHERE id = ?",
        (gone, kept),
    )
    work.execute("DELETE FROM organization WHERE id = ?", (gone,))


def _still(work: sqlite3.Connection, id: str) -> str | None:
    row = work.execute("SELECT id FROM organization WHERE id = ?", (id,)).fetchone()
    return str(row[0]) if row else None


def _written(work: sqlite3.Connection, id: str) -> bool:
    query = "SELECT coalesce(owner, partnership, note) FROM organization WHERE id = ?"
    return work.execute(query, (id,)).fetchone()[0] is not None
