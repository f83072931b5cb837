"""Runs in work.db: begun in the transaction that takes the list, finished at its end; and those that were stopped."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from directory.sync.source import Source

__all__ = ["begin", "came", "earlier_day", "finish", "keep_source", "list_named", "stands", "stopped", "taken", "took"]


def begin(
    work: sqlite3.Connection, source: Source, *, sha256: str, definition: str, headings: tuple[str, ...], now: datetime
) -> int:
    """Notes a run that begins and returns its number; the counts come with `finish`."""
    cursor = work.execute(
        """INSERT INTO run (source_id, kind, list_sha256, definition, headings, started_at, records, drafts, refused,
               added, changed, gone) VALUES (?, 'sync', ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)""",
        (source.id, sha256, definition, json.dumps(headings, ensure_ascii=False), now.isoformat()),
    )
    return int(cursor.lastrowid or 0)


def finish(
    work: sqlite3.Connection,
    number: int,
    *,
    as_of: date | None,
    rows: int,
    drafts: int,
    added: int,
    changed: int,
    gone: int,
    problems: str,
) -> None:
    """Notes what a run found."""
    work.execute(
        """UPDATE run SET as_of = ?, records = ?, drafts = ?, refused = ?, added = ?, changed = ?, gone = ?,
               problems = ? WHERE number = ?""",
        (
            as_of.isoformat() if as_of else None, rows, drafts, rows - drafts, added, changed, gone, problems, number
        ),
    )  # fmt: skip


def stopped(work: sqlite3.Connection, source_id: str, *, sha256: str | None, why: str, now: datetime) -> None:
    """Notes, in a transaction of its own, that a list was not taken and why; it never counts as the last run."""
    with work:
        work.execute(
            """INSERT INTO run (source_id, kind, list_sha256, started_at, records, drafts, refused, added, changed,
                   gone, why) VALUES (?, 'stopped', ?, ?, 0, 0, 0, 0, 0, 0, ?)""",
            (source_id, sha256, now.isoformat(), why),
        )


def stands(work: sqlite3.Connection, source_id: str, now: datetime) -> None:
    """Notes that the list in force came once more after a wrong one was stopped, so that nobody is told of that now."""
    query = "SELECT kind FROM run WHERE source_id = ? ORDER BY number DESC LIMIT 1"
    row = work.execute(query, (source_id,)).fetchone()
    if row is None or row["kind"] != "stopped":
        return
    columns = ", ".join(item["name"] for item in work.execute("PRAGMA table_info(run)"))
    kept = columns.replace("number", "NULL").replace("started_at", ":now")
    kept = kept.replace("added", "0").replace("changed", "0").replace("gone", "0")
    with work:
        work.execute(
            f"""INSERT INTO run ({columns}) SELECT {kept} FROM run
                WHERE source_id = :source AND kind = 'sync' ORDER BY number DESC LIMIT 1""",
            {"source": source_id, "now": now.isoformat()},
        )


def taken(work: sqlite3.Connection, source_id: str, *, sha256: str, name: str, size: int, now: datetime) -> None:
    """Notes the bytes that came in, once."""
    work.execute(
        "INSERT OR IGNORE INTO list_file VALUES (?, ?, ?, ?, ?)", (source_id, sha256, name, size, now.isoformat())
    )


def list_named(work: sqlite3.Connection, source_id: str, said: str) -> list[tuple[str, str, str]]:
    """Hash, name and time of each list that came in whose hash begins so, or that came that day; the newest first."""
    query = """SELECT sha256, name, received_at FROM list_file WHERE source_id = :source
               AND (substr(sha256, 1, length(:said)) = :said OR substr(received_at, 1, 10) = :said)
               ORDER BY received_at DESC"""
    return [tuple(row) for row in work.execute(query, {"source": source_id, "said": said})]


def came(work: sqlite3.Connection, sha256: str) -> list[tuple[str, str, str, bool]]:
    """When those very bytes came before: list, time, name, and whether they are what that list says today."""
    query = """SELECT source_id, received_at, name, sha256 = (
                   SELECT list_sha256 FROM run WHERE run.source_id = list_file.source_id AND kind <> 'stopped'
                   ORDER BY number DESC LIMIT 1) FROM list_file WHERE sha256 = ? ORDER BY received_at DESC"""
    return [(row[0], row[1], row[2], bool(row[3])) for row in work.execute(query, (sha256,))]


def took(work: sqlite3.Connection, source_id: str, sha256: str, since: str) -> bool:
    """Whether a run that began then or later took those bytes as that list."""
    query = """SELECT 1 FROM run WHERE source_id = ? AND list_sha256 = ? AND kind = 'sync' AND started_at >= ?"""
    return work.execute(query, (source_id, sha256, since)).fetchone() is not None


def earlier_day(work: sqlite3.Connection, source_id: str) -> bool:
    """Whether the day of the last list that was taken is that of another list before it: it told no day of its own."""
    query = """SELECT 1 FROM run AS last JOIN run AS before
               ON before.source_id = last.source_id AND before.kind = 'sync' AND before.number < last.number
               WHERE last.number = (SELECT max(number) FROM run WHERE source_id = ? AND kind = 'sync')
               AND last.as_of = before.as_of AND last.list_sha256 <> before.list_sha256 LIMIT 1"""
    return work.execute(query, (source_id,)).fetchone() is not None


def keep_source(work: sqlite3.Connection, source: Source, as_of: date | None) -> None:
    """Keeps what publication says of a list; its file may be gone while its rows are in force."""
    day = as_of or source.as_of
    work.execute(
        "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source.id, source.title, source.plan, source.url, source.licence, source.attribution,
            day.isoformat() if day else None, int(source.demo),
        ),
    )  # fmt: skip
