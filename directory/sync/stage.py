"""stage: work.db keeps each untouched row, its hash, its link to a listing, and what was made of it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from directory import store, whole_files
from directory.sync.problems import Code, Problem

__all__ = [
    "Run", "Staged", "cells", "demo_sources", "end_source", "keep_raw", "last_run", "links", "open_work", "problems",
    "publications", "real_sources", "staged", "work_path",
]  # fmt: skip


_CACHE = 32_000
"""Kilobytes of work.db in memory."""
_TABLES = Path(__file__).resolve().parents[1] / "schema.py"


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
    """One time a list was read, or was taken out (`kind` removed); `problems` is JSON of sync/tally.py."""

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
    problems: str | None = None


def work_path() -> Path:
    """work.db inside PUENTE_HOME."""
    return store.home() / "work.db"


@contextmanager
def open_work() -> Iterator[sqlite3.Connection]:
    """work.db with its tables, readable by its owner only."""
    path = work_path()
    path.touch(mode=0o600)
    path.chmod(0o600)  # one that came back from a backup may have lost it; a journal takes the mode of its database
    work = sqlite3.connect(path)
    work.row_factory = sqlite3.Row
    try:
        _up_to_date(work)
        work.execute(f"PRAGMA cache_size = -{_CACHE}")
        yield work
    finally:
        work.close()


def _up_to_date(work: sqlite3.Connection) -> None:
    """The tables as `directory/schema.py` has them; `user_version` bears its mark once they are."""
    mark = _mark_of_tables()
    if work.execute("PRAGMA user_version").fetchone()[0] == mark:
        return
    # Imported here: the library brings numpy, a fifth of a second and 18 MB that tables in order do not need.
    from sqlite_utils import Database

    from directory import schema

    schema.work.apply(Database(work))
    work.execute(f"PRAGMA user_version = {mark}")


def _mark_of_tables() -> int:
    """A positive number that is another one whenever the file of migrations is."""
    return int.from_bytes(hashlib.sha256(_TABLES.read_bytes()).digest()[:4], "big") >> 1 or 1


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
        whole_files.write(path, data)
    path.chmod(0o600)
    return path


def last_run(work: sqlite3.Connection, source_id: str) -> Run | None:
    """The last run of a source that took its list, or took it out; None before the first."""
    query = "SELECT * FROM run WHERE source_id = ? AND kind <> 'stopped' ORDER BY number DESC LIMIT 1"
    row = work.execute(query, (source_id,)).fetchone()
    if row is None:
        return None
    return Run(
        row["source_id"], row["kind"], row["list_sha256"], row["definition"],
        datetime.fromisoformat(row["started_at"]), date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        row["records"], row["drafts"], row["refused"], row["added"], row["changed"], row["gone"], row["problems"],
    )  # fmt: skip


def staged(work: sqlite3.Connection, source_id: str) -> dict[str, Staged]:
    """Every row a source ever sent, by row id, as it was last staged."""
    query = """SELECT row_id, raw_sha256, line, draft, problems, refused, ended_on, place, marked FROM staged
               WHERE source_id = ? ORDER BY line"""
    return {
        row["row_id"]: Staged(
            row["raw_sha256"], row["line"], row["draft"], problems(row["problems"], row["line"]),
            bool(row["refused"]), row["ended_on"], None, row["place"], bool(row["marked"]),
        )
        for row in work.execute(query, (source_id,))
    }  # fmt: skip


def problems(text: str, line: int) -> tuple[Problem, ...]:
    """The problems of a row in that line, from the column that keeps them."""
    if text == "[]":
        return ()
    return tuple(Problem(line, field, Code(code), value) for field, code, value in json.loads(text))


def cells(work: sqlite3.Connection, source_id: str, row_id: str) -> dict[str, Any]:
    """The untouched row in force: heading (or path) -> text; of a row by hand what was said of it; empty if unknown."""
    query = """SELECT cells, headings FROM staged JOIN raw_row USING (source_id, row_id)
               LEFT JOIN run ON run.number = raw_row.first_run
               WHERE staged.source_id = ? AND row_id = ? AND raw_row.sha256 = staged.raw_sha256"""
    found = work.execute(query, (source_id, row_id)).fetchone()
    plain = json.loads(found["cells"]) if found else {}
    return dict(zip(json.loads(found["headings"]), plain, strict=False)) if isinstance(plain, list) else plain


def links(work: sqlite3.Connection, source_id: str) -> dict[str, str]:
    """Row id -> listing id of a source."""
    return dict(map(tuple, work.execute("SELECT row_id, listing_id FROM link WHERE source_id = ?", (source_id,))))


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


def end_source(
    work: sqlite3.Connection, source_id: str, *, now: datetime, why: str, invented: bool = False
) -> int:  # fmt: skip
    """Ends every row of a source (or the `invented` ones) and says how many were in force; its next run begins anew."""
    only = "AND json_extract(draft, '$.provenance.demo') = 1" if invented else ""
    with work:
        query = f"SELECT count(*) FROM staged WHERE source_id = ? AND ended_on IS NULL AND refused = 0 {only}"
        count = int(work.execute(query, (source_id,)).fetchone()[0])
        number = _insert_run(work, Run(source_id, "removed", None, None, now, None, gone=count))
        work.execute(
            f"""INSERT INTO change SELECT ?, source_id, row_id, 'gone', '', NULL, NULL FROM staged
               WHERE source_id = ? AND ended_on IS NULL AND refused = 0 {only}""",
            (number, source_id),
        )
        work.execute(
            f"""UPDATE staged SET ended_on = ?, ended_why = ?, changed_run = ?
               WHERE source_id = ? AND ended_on IS NULL {only}""",
            (now.date().isoformat(), why, number, source_id),
        )
        if invented:
            ended = "(SELECT row_id FROM staged WHERE source_id = ? AND ended_on IS NOT NULL)"
            work.execute(f"DELETE FROM list_row WHERE source_id = ? AND row_id IN {ended}", (source_id, source_id))
        else:
            work.execute("DELETE FROM list_row WHERE source_id = ?", (source_id,))
    return count


def publications(work: sqlite3.Connection) -> set[str]:
    """The ids of all publications there ever were."""
    return {row["id"] for row in work.execute("SELECT id FROM publication")}
