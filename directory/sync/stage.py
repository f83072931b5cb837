"""stage: work.db keeps each untouched row, its hash, its link to a listing, and what was made of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from directory import schema, store
from directory.sync.diff import Diff
from directory.sync.match import Match
from directory.sync.problems import Code, Problem

__all__ = [
    "Active", "Run", "Staged", "active_drafts", "demo_sources", "end_source", "keep_raw", "last_run", "links",
    "open_work", "publications", "real_sources", "record_publication", "staged", "work_path", "write",
]  # fmt: skip


@dataclass(frozen=True)
class Staged:
    """One row of one list: its hash, its draft as JSON (None when refused), and its problems.

    `place` is the hash of organization and street; `marked` says that the list itself calls the row confidential.
    """

    raw_sha256: str
    line: int
    draft: str | None
    problems: tuple[Problem, ...]
    refused: bool
    ended_on: str | None = None
    cells: str | None = None
    place: str | None = None
    marked: bool = False


@dataclass(frozen=True)
class Run:
    """One time a list was read, or was taken out (`kind` removed)."""

    source: str
    kind: str
    list_sha256: str | None
    definition: str | None
    started_at: datetime
    as_of: date | None
    records: int = 0
    drafts: int = 0
    refused: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0


def work_path() -> Path:
    """work.db inside PUENTE_HOME."""
    return store.home() / "work.db"


@contextmanager
def open_work() -> Iterator[sqlite3.Connection]:
    """work.db with its tables, readable by its owner only."""
    path = work_path()
    path.touch(mode=0o600)
    path.chmod(0o600)  # one that came back from a backup may have lost it; a journal takes the mode of its database
    db = Database(path)
    db.conn.row_factory = sqlite3.Row
    try:
        schema.work.apply(db)
        yield db.conn
    finally:
        db.close()


def keep_raw(source_id: str, sha256: str, data: bytes) -> Path:
    """Keeps the bytes of a list under raw/<source>/<sha256> (0600): it may say where a refuge is."""
    folder = store.home() / "raw" / source_id
    for made in (folder.parent, folder):
        made.mkdir(mode=0o700, exist_ok=True)
        made.chmod(0o700)
    path = folder / sha256
    for left in folder.glob("*.part"):
        left.unlink()
    if not path.exists():
        aside = path.with_suffix(".part")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    path.chmod(0o600)
    return path


def last_run(work: sqlite3.Connection, source_id: str) -> Run | None:
    """The last run of a source; None before the first."""
    row = work.execute("SELECT * FROM run WHERE source_id = ? ORDER BY number DESC LIMIT 1", (source_id,)).fetchone()
    if row is None:
        return None
    return Run(
        row["source_id"], row["kind"], row["list_sha256"], row["definition"],
        datetime.fromisoformat(row["started_at"]), date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        row["records"], row["drafts"], row["refused"], row["added"], row["changed"], row["gone"],
    )  # fmt: skip


def staged(work: sqlite3.Connection, source_id: str) -> dict[str, Staged]:
    """Every row a source ever sent, by row id, as it was last staged."""
    query = """SELECT row_id, raw_sha256, line, draft, problems, refused, ended_on, place, marked FROM staged
               WHERE source_id = ? ORDER BY line"""
    return {
        row["row_id"]: Staged(
            row["raw_sha256"], row["line"], row["draft"], _problems(row["problems"], row["line"]),
            bool(row["refused"]), row["ended_on"], None, row["place"], bool(row["marked"]),
        )
        for row in work.execute(query, (source_id,))
    }  # fmt: skip


def _problems(text: str, line: int) -> tuple[Problem, ...]:
    if text == "[]":
        return ()
    return tuple(Problem(line, field, Code(code), value) for field, code, value in json.loads(text))


def links(work: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """Row id -> listing id of a source."""
    return dict(map(tuple, work.execute("SELECT row_id, listing_id FROM link WHERE source_id = ?", (source_id,))))


def write(
    work: sqlite3.Connection,
    run: Run,
    *,
    name: str,
    size: int,
    rows: Mapping[str, Staged],
    fresh: Iterable[str],
    matches: Mapping[str, Match],
    diff: Diff,
) -> None:
    """Stages a whole run in one transaction; `fresh` are the row ids whose staged row differs from what is there."""
    now, today = run.started_at.isoformat(), run.started_at.date().isoformat()
    with work:
        number = _insert_run(work, run)
        work.execute(
            "INSERT OR IGNORE INTO list_file VALUES (?, ?, ?, ?, ?)", (run.source, run.list_sha256, name, size, now)
        )
        _write_rows(work, run.source, number, today, {row: rows[row] for row in fresh})
        work.executemany(
            "UPDATE staged SET line = ? WHERE source_id = ? AND row_id = ? AND line <> ?",
            [(row.line, run.source, row_id, row.line) for row_id, row in rows.items()],
        )
        work.executemany(
            "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (run.source, row, match.listing_id, match.outcome.value, json.dumps(match.reasons), now, number)
                for row, match in matches.items()
            ],
        )
        _end(work, run.source, [row for row in diff.gone if row not in rows], today, "left the list")
        _write_changes(work, run.source, number, diff)


def _insert_run(work: sqlite3.Connection, run: Run) -> int:
    cursor = work.execute(
        """INSERT INTO run (source_id, kind, list_sha256, definition, started_at, as_of, records, drafts, refused,
               added, changed, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            run.source, run.kind, run.list_sha256, run.definition, run.started_at.isoformat(),
            run.as_of.isoformat() if run.as_of else None, run.records, run.drafts, run.refused, run.added, run.changed,
            run.gone,
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _write_rows(work: sqlite3.Connection, source: str, number: int, today: str, rows: Mapping[str, Staged]) -> None:
    work.executemany(
        "INSERT OR IGNORE INTO raw_row VALUES (?, ?, ?, ?, ?)",
        [(source, row_id, row.raw_sha256, row.cells or "{}", number) for row_id, row in rows.items()],
    )
    work.executemany(
        """
        INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?)
        ON CONFLICT (source_id, row_id) DO UPDATE SET raw_sha256 = excluded.raw_sha256, line = excluded.line,
            draft = excluded.draft, problems = excluded.problems, refused = excluded.refused,
            place = excluded.place, marked = excluded.marked, changed_run = excluded.changed_run,
            changed_on = excluded.changed_on, ended_on = NULL, ended_why = NULL
        """,
        [
            (
                source, row_id, row.raw_sha256, row.line, row.draft,
                json.dumps([(p.field, p.code.value, p.value) for p in row.problems], ensure_ascii=False),
                int(row.refused), today, today, row.place, int(row.marked), number,
            )
            for row_id, row in rows.items()
        ],
    )  # fmt: skip


def _end(work: sqlite3.Connection, source: str, rows: Iterable[str], today: str, why: str) -> None:
    work.executemany(
        "UPDATE staged SET ended_on = ?, ended_why = ? WHERE source_id = ? AND row_id = ? AND ended_on IS NULL",
        [(today, why, source, row) for row in rows],
    )


def _write_changes(work: sqlite3.Connection, source: str, number: int, diff: Diff) -> None:
    rows = [
        *((number, source, row, "added", "", None, None) for row in diff.added),
        *((number, source, item.row, "changed", item.field, item.before, item.after) for item in diff.changed),
        *((number, source, row, "gone", "", None, None) for row in diff.gone),
    ]
    work.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


class Active(NamedTuple):
    """A row that is in its list today, as the listing it belongs to."""

    listing_id: str
    draft: str
    place: str | None
    marked: int


def active_drafts(work: sqlite3.Connection) -> Iterator[Active]:
    """Every row that is in its list today, ordered by source and row."""
    return map(
        Active._make,
        work.execute(
            """
            SELECT link.listing_id, staged.draft, staged.place, staged.marked FROM staged
            JOIN link ON link.source_id = staged.source_id AND link.row_id = staged.row_id
            WHERE staged.refused = 0 AND staged.ended_on IS NULL ORDER BY staged.source_id, staged.row_id
            """
        ),
    )


def demo_sources(work: sqlite3.Connection) -> list[str]:
    """The sources whose rows in force are invented."""
    query = """SELECT DISTINCT source_id FROM staged WHERE ended_on IS NULL AND refused = 0
               AND json_extract(draft, '$.provenance.demo') = 1 ORDER BY source_id"""
    return [row["source_id"] for row in work.execute(query)]


def real_sources(work: sqlite3.Connection) -> list[str]:
    """The sources whose rows in force are not invented, published or not."""
    query = """SELECT DISTINCT source_id FROM staged WHERE ended_on IS NULL AND refused = 0
               AND json_extract(draft, '$.provenance.demo') IS NOT 1 ORDER BY source_id"""
    return [row["source_id"] for row in work.execute(query)]


def end_source(work: sqlite3.Connection, source_id: str, *, now: datetime, why: str) -> int:
    """Ends every row of a source and says how many were in force; the next run of it begins anew."""
    with work:
        query = "SELECT count(*) FROM staged WHERE source_id = ? AND ended_on IS NULL AND refused = 0"
        count = int(work.execute(query, (source_id,)).fetchone()[0])
        number = _insert_run(work, Run(source_id, "removed", None, None, now, None, gone=count))
        work.execute(
            """INSERT INTO change SELECT ?, source_id, row_id, 'gone', '', NULL, NULL FROM staged
               WHERE source_id = ? AND ended_on IS NULL AND refused = 0""",
            (number, source_id),
        )
        work.execute(
            "UPDATE staged SET ended_on = ?, ended_why = ? WHERE source_id = ? AND ended_on IS NULL",
            (now.date().isoformat(), why, source_id),
        )
    return count


def publications(work: sqlite3.Connection) -> set[str]:
    """The ids of all publications there ever were."""
    return {row["id"] for row in work.execute("SELECT id FROM publication")}


def record_publication(
    work: sqlite3.Connection, publication: str, *, now: datetime, listings: int, sha256: str, sources: Iterable[str]
) -> None:
    """Notes what is published, when, and from which lists; the caller commits when it is in force."""
    work.execute(
        "INSERT INTO publication (id, published_at, listings, sha256, sources) VALUES (?, ?, ?, ?, ?)",
        (publication, now.isoformat(), listings, sha256, json.dumps(list(sources))),
    )
