"""Deletes former lists and former rows of lists, as they came; what is in force and what an undo needs stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from directory.purge import rows
from directory.purge.files import age, kept_files, remove
from directory.purge.steps import Job, Outcome
from directory.sync import stage
from directory.sync.lock import alone

__all__ = ["raw_lists", "raw_rows"]

_AT_ONCE = 2000
_AGAIN = 2
"""Of each source so many of the last lists stay: the one in force, and the one that an undo may have to take again."""

_FORMER = """
    FROM raw_row AS old
    LEFT JOIN staged ON staged.source_id = old.source_id AND staged.row_id = old.row_id
    LEFT JOIN list_row ON list_row.source_id = old.source_id AND list_row.row_id = old.row_id
    WHERE old.source_id <> 'hand'
    AND list_row.sha256 IS NOT old.sha256
    AND NOT (staged.raw_sha256 IS old.sha256 AND staged.ended_on IS NULL)
    AND julianday(coalesce(
        CASE WHEN staged.raw_sha256 IS old.sha256 THEN staged.ended_on END,
        (SELECT min(run.started_at) FROM raw_row AS next JOIN run ON run.number = next.first_run
         WHERE next.source_id = old.source_id AND next.row_id = old.row_id AND next.first_run > old.first_run),
        staged.changed_on,
        (SELECT started_at FROM run WHERE number = old.first_run)
    )) < julianday(:limit)
"""
"""Versions of rows that are in force no more since before the limit: their row has another version or left its list.

What the clinic entered by hand (`hand`) is no list that came in.
"""
_SAID_BEFORE = """
    FROM change WHERE (before IS NOT NULL OR after IS NOT NULL)
    AND run IN (SELECT number FROM run WHERE julianday(started_at) < julianday(:limit))
    AND run <= (SELECT coalesce(max(through_run), 0) FROM publication WHERE settled = 1)
"""
"""What changes said that every publication since the limit has told already."""


def raw_lists(job: Job) -> Outcome:
    """The bytes of former lists; of each source the last two that were taken stay, and what the brake stopped since."""
    with alone():
        staying = _staying(job.home)
        limit = job.limit("raw_lists")
        old = [
            path
            for path in kept_files(job.home, "raw_lists")
            if (path.parent.name, path.name) not in staying and age(path) < limit
        ]
        lost = f"Lists that came before {limit:%Y-%m-%d} cannot be taken again (`puente sync SOURCE --again`)."
        outcome = remove("raw_lists", job, old, lost)
        if not job.dry_run:
            _forget_names(job.home, limit)
    return outcome


def _staying(home: Path) -> set[tuple[str, str]]:
    """The lists by source and hash that something stands on; without work.db the newest of each source."""
    if not (home / "work.db").exists():
        newest: dict[str, Path] = {}
        for path in sorted(kept_files(home, "raw_lists"), key=age):
            newest[path.parent.name] = path
        return {(source, path.name) for source, path in newest.items()}
    with _opened() as work:
        return set(_stood_on(work))


def _stood_on(work: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    taken: dict[str, list[str]] = {}
    query = "SELECT source_id, kind, list_sha256 FROM run WHERE list_sha256 IS NOT NULL ORDER BY number DESC"
    for source, kind, sha256 in work.execute(query):
        known = taken.setdefault(source, [])
        waits = kind == "stopped" and not known
        if waits or (kind == "sync" and sha256 not in known and len(known) < _AGAIN):
            yield source, sha256
        if kind == "sync" and sha256 not in known:
            known.append(sha256)
    yield from map(tuple, work.execute("SELECT source_id, sha256 FROM fetched"))


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    """work.db with today's tables; every statement is a transaction of its own, and freed bytes are overwritten."""
    with stage.open_work() as work:
        work.isolation_level = None
        work.execute("PRAGMA secure_delete = ON")
        yield work


def _forget_names(home: Path, limit: datetime) -> None:
    """Takes the lines of lists whose bytes are gone, so that `--again` does not offer them."""
    if not (home / "work.db").exists():
        return
    with _opened() as work:
        query = "SELECT source_id, sha256 FROM list_file WHERE julianday(received_at) < julianday(?)"
        for source, sha256 in work.execute(query, (limit.isoformat(),)).fetchall():
            if not (home / "raw" / source / sha256).exists():
                work.execute("DELETE FROM list_file WHERE source_id = ? AND sha256 = ?", (source, sha256))


def raw_rows(job: Job) -> Outcome:
    """Former versions of rows, and what changes said before, in work.db."""
    path = job.home / "work.db"
    if not path.exists():
        return Outcome("raw_rows")
    limit = job.limit("raw_rows")
    values = {"limit": limit.isoformat()}
    with alone(), _opened() as work:
        if job.dry_run:
            gone = sum(int(work.execute(f"SELECT count(*) {old}", values).fetchone()[0]) for old in _OLD)
        else:
            gone = _in_parts(
                work, f"DELETE FROM raw_row WHERE rowid IN (SELECT old.rowid {_FORMER} LIMIT {{}})", values
            )
            gone += work.execute(_BLANK, values).rowcount
            if gone:
                rows.shrink(work, path)
    lost = f"What a row said before {limit:%Y-%m-%d} and says no more cannot be looked up." if gone else None
    return Outcome("raw_rows", gone, lost=lost)


_OLD = (_FORMER, _SAID_BEFORE)
_BLANK = f"UPDATE change SET before = NULL, after = NULL WHERE (run, row_id, field) IN (SELECT run, row_id, field {_SAID_BEFORE})"  # noqa: E501


def _in_parts(work: sqlite3.Connection, statement: str, values: dict[str, str]) -> int:
    deleted = 0
    while gone := work.execute(statement.format(_AT_ONCE), values).rowcount:
        deleted += gone
    return deleted
