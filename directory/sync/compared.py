"""What a run changed, read from work.db before its transaction ends: row ids and fields, places by name, what was lost.

`temp.before` holds the old drafts of rows that the run wrote or ended; every other row stands as it stood.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.sync import diff
from directory.sync.changes import Place, Places, without_values
from directory.sync.diff import Change, Diff
from directory.sync.neighbors import Door, exposed

__all__ = ["Compared", "compared", "write_changes"]


@dataclass(frozen=True)
class Compared:
    """Row ids and changes, the same as places, and how many places lost each program and county."""

    diff: Diff
    places: Places
    lost: Mapping[tuple[str, str], int]


@dataclass
class _Found:
    changed: list[Change] = field(default_factory=list)
    told: list[tuple[Place, tuple[Change, ...]]] = field(default_factory=list)
    gone: list[tuple[str, Place]] = field(default_factory=list)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)


def compared(work: sqlite3.Connection, source_id: str, number: int, *, before: int) -> Compared:
    """What run `number` changed in a list that had `before` places."""
    found = _Found()
    hidden = _hidden(work, source_id)
    for row in work.execute(_WRITTEN, {"source": source_id}):
        _compare(row, found, secret=row["row_id"] in hidden)
    added = [(row[0], Place(row[1], row[2], bool(row[3]))) for row in work.execute(_ADDED, (source_id, number))]
    return Compared(
        Diff(tuple(row for row, _ in added), tuple(found.changed), tuple(row for row, _ in found.gone)),
        Places(
            before, tuple(place for _, place in added), tuple(found.told), tuple(place for _, place in found.gone)
        ),
        found.lost,
    )  # fmt: skip


_ID = "coalesce(link.listing_id, staged.source_id || ':' || staged.row_id)"
_WRITTEN = f"""
    SELECT before.row_id, before.draft AS old, staged.draft AS new, {_ID} AS listing_id,
        staged.refused = 0 AND staged.ended_on IS NULL AS there
    FROM temp.before CROSS JOIN staged ON staged.source_id = :source AND staged.row_id = before.row_id
    LEFT JOIN link ON link.source_id = staged.source_id AND link.row_id = staged.row_id
    ORDER BY staged.line
"""
_ADDED = f"""
    SELECT staged.row_id, {_ID}, json_extract(staged.draft, '$.name'), staged.confidential FROM staged
    LEFT JOIN link ON link.source_id = staged.source_id AND link.row_id = staged.row_id
    WHERE staged.source_id = ? AND staged.changed_run = ? AND staged.refused = 0 AND staged.ended_on IS NULL
        AND staged.row_id NOT IN (SELECT row_id FROM temp.before)
    ORDER BY staged.line
"""


_NOTE_ADDED = """
    INSERT INTO change SELECT ?, source_id, row_id, 'added', '', NULL, NULL FROM staged
    WHERE source_id = ? AND changed_run = ? AND refused = 0 AND ended_on IS NULL
        AND row_id NOT IN (SELECT row_id FROM temp.before)
"""


def _compare(row: sqlite3.Row, found: _Found, *, secret: bool) -> None:
    if row["there"] and row["old"] == row["new"]:
        return
    old = json.loads(row["old"])
    new = json.loads(row["new"]) if row["there"] else {}
    secret = secret or bool(old.get("confidential") or new.get("confidential"))
    place = Place(row["listing_id"], (new or old)["name"], secret)
    found.lost.update(_lost(old, new))
    if not row["there"]:
        found.gone.append((row["row_id"], place))
    elif changes := diff.of_fields(row["row_id"], old, new):
        found.changed += changes
        found.told.append((place, tuple(without_values(change) if secret else change for change in changes)))


def _lost(old: Mapping[str, object], new: Mapping[str, object]) -> list[tuple[str, str]]:
    """The programs and counties that a place had and has no more; one that serves the whole state lost no county."""
    lost = []
    for name in ("programs", "counties"):
        had, has = old.get(name), new.get(name)
        if isinstance(had, list) and had != has and not (name == "counties" and new.get("statewide")):
            lost += [(name, value) for value in had if not isinstance(has, list) or value not in has]
    return lost


def _hidden(work: sqlite3.Connection, source_id: str) -> set[str]:
    """The rows of which only the name is told: they are, or stand or stood at the door of, a refuge of any list."""
    joined = {row[0] for row in work.execute(_JOINED, {"source": source_id})}
    doors = [row[0] for row in work.execute(_DOORS, {"source": source_id})]
    if not doors:
        return joined
    now = {
        ("now", row["source_id"], row["row_id"]): Door(row["place"], bool(row["confidential"]), bool(row["marked"]))
        for row in work.execute(_NOW, (json.dumps(doors),))
    }
    before = {
        ("before", source_id, row["row_id"]): Door(row["place"], bool(row["confidential"]), bool(row["marked"]))
        for row in work.execute(_BEFORE, (json.dumps(doors),))
    }
    told = {*exposed(now), *exposed({**now, **before})}
    return joined | {row_id for _, source, row_id in told if source == source_id}


# CROSS JOIN: SQLite has to begin with the few rows of `before`, and does not know that they are few.
_JOINED = """
    SELECT before.row_id FROM temp.before CROSS JOIN link ON link.source_id = :source AND link.row_id = before.row_id
    WHERE EXISTS (SELECT 1 FROM link AS other JOIN staged USING (source_id, row_id)
                  WHERE other.listing_id = link.listing_id AND staged.confidential = 1 AND staged.ended_on IS NULL)
"""
_DOORS = """
    SELECT place FROM temp.before WHERE place IS NOT NULL AND (confidential = 1 OR place IN
        (SELECT place FROM staged WHERE confidential = 1 AND ended_on IS NULL))
    UNION
    SELECT staged.place FROM temp.before
    CROSS JOIN staged ON staged.source_id = :source AND staged.row_id = before.row_id
    WHERE staged.place IN (SELECT place FROM staged WHERE confidential = 1 AND ended_on IS NULL)
"""
_NOW = """
    SELECT source_id, row_id, place, confidential, marked FROM staged
    WHERE refused = 0 AND ended_on IS NULL AND place IN (SELECT value FROM json_each(?))
"""
_BEFORE = "SELECT row_id, place, confidential, marked FROM temp.before WHERE place IN (SELECT value FROM json_each(?))"


def write_changes(work: sqlite3.Connection, source_id: str, number: int, found: Diff) -> None:
    """Writes what a run changed into table `change`."""
    insert = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)"
    work.execute(_NOTE_ADDED, (number, source_id, number))
    work.executemany(insert, ((number, source_id, c.row, "changed", c.field, c.before, c.after) for c in found.changed))
    work.executemany(insert, ((number, source_id, row, "gone", "", None, None) for row in found.gone))
