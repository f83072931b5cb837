"""The rows of the source `hand` in work.db: what somebody entered, which fields of it, who and when."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from directory.sync import diff

__all__ = ["HAND", "Row", "fields_of", "keep", "next_row", "row_of"]

HAND = "hand"
"""The source of all that was entered by hand."""


@dataclass(frozen=True)
class Row:
    """One entered place: its draft as JSON, the fields that were said, its `Draft.place` and `marked`."""

    row_id: str
    listing_id: str
    draft: str
    said: tuple[str, ...]
    door: tuple[str | None, bool]


def next_row(work: sqlite3.Connection) -> str:
    """The next number in the source `hand`, as text of at least four digits."""
    query = "SELECT coalesce(max(CAST(row_id AS INTEGER)), 0) + 1 FROM staged WHERE source_id = ?"
    return f"{int(work.execute(query, (HAND,)).fetchone()[0]):04d}"


def row_of(work: sqlite3.Connection, listing_id: str) -> tuple[str, str] | None:
    """The row id of a listing in the source `hand`, and its draft; None when nobody entered anything of it."""
    query = """SELECT row_id, draft FROM link JOIN staged USING (source_id, row_id)
               WHERE link.source_id = ? AND listing_id = ? AND ended_on IS NULL ORDER BY row_id LIMIT 1"""
    row = work.execute(query, (HAND, listing_id)).fetchone()
    return (row["row_id"], row["draft"]) if row else None


def fields_of(work: sqlite3.Connection, row_id: str) -> tuple[str, ...]:
    """The fields that were said by hand in that row; `*` is all of them."""
    query = """SELECT cells FROM raw_row JOIN staged ON staged.source_id = raw_row.source_id
               AND staged.row_id = raw_row.row_id AND staged.raw_sha256 = raw_row.sha256
               WHERE raw_row.source_id = ? AND raw_row.row_id = ?"""
    return tuple(json.loads(work.execute(query, (HAND, row_id)).fetchone()["cells"])["fields"])


def keep(work: sqlite3.Connection, row: Row, before: str | None, *, who: str, now: datetime) -> None:
    """Keeps a row of the source `hand` as a run of its own, in one transaction; `before` is its draft until now."""
    from directory.sync.match import organizations  # slow to import, and most commands enter nothing

    today = now.date().isoformat()
    cells = json.dumps(
        {"fields": row.said, "who": who, "on": today, "draft": json.loads(row.draft)}, ensure_ascii=False
    )
    sha256 = hashlib.sha256(cells.encode()).hexdigest()
    changed = diff.compare({row.row_id: before} if before else {}, {row.row_id: row.draft})
    run = (HAND, "hand", now.isoformat(), today, len(changed.added), len(changed.changed_rows), who)
    with work:
        number = work.execute(_RUN, run).lastrowid
        work.execute("INSERT OR IGNORE INTO raw_row VALUES (?, ?, ?, ?, ?)", (HAND, row.row_id, sha256, cells, number))
        work.execute(
            _STAGE,
            (
                HAND, row.row_id, sha256, int(row.row_id), row.draft, today, today, row.door[0], int(row.door[1]),
                number,
            ),
        )  # fmt: skip
        link = (HAND, row.row_id, row.listing_id, "same" if row.listing_id != f"{HAND}:{row.row_id}" else "new")
        work.execute(_LINK, (*link, now.isoformat(), number))
        work.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                *((number, HAND, item, "added", "", None, None) for item in changed.added),
                *((number, HAND, c.row, "changed", c.field, c.before, c.after) for c in changed.changed),
            ],
        )

        organizations.update(work, HAND, now)


_RUN = """
    INSERT INTO run (source_id, kind, started_at, as_of, records, drafts, refused, added, changed, gone, who)
    VALUES (?, ?, ?, ?, 1, 1, 0, ?, ?, 0, ?)
"""
_STAGE = """
    INSERT INTO staged (source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on,
        place, marked, changed_run) VALUES (?, ?, ?, ?, ?, '[]', 0, ?, ?, ?, ?, ?)
    ON CONFLICT (source_id, row_id) DO UPDATE SET raw_sha256 = excluded.raw_sha256, draft = excluded.draft,
        changed_on = excluded.changed_on, place = excluded.place, marked = excluded.marked,
        changed_run = excluded.changed_run, ended_on = NULL, ended_why = NULL
"""
_LINK = """
    INSERT OR IGNORE INTO link (source_id, row_id, listing_id, outcome, reasons, since, changed_run)
    VALUES (?, ?, ?, ?, '["by_hand"]', ?, ?)
"""
