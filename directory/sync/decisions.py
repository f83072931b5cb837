"""What a person decided about a row or a place: who, when, why. No later list touches it; it can be taken back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

__all__ = [
    "Decision", "Kind", "in_force", "last_number", "listings_since", "of_listing", "of_row", "record", "take_back",
]  # fmt: skip


class Kind(str, Enum):
    """What was decided.

    `same`, `different`: the row is, or is not, that listing. `keep`: a field says `value` whatever the lists say.
    `not_listed`: shown to nobody. `closed`: shut for good. `suspended`: shown to nobody until `until`. `notice`: a
    short text beside the listing until `until`.
    """

    SAME = "same"
    DIFFERENT = "different"
    KEEP = "keep"
    NOT_LISTED = "not_listed"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    NOTICE = "notice"


@dataclass(frozen=True)
class Decision:
    """One decision; `number` is None before it is recorded, `until` is the last day.

    `value` is JSON for `keep` (as in a draft) and for `same` (the listing that was joined, the rows that moved), and
    a sentence for `notice`.
    """

    kind: Kind
    listing_id: str
    who: str
    why: str
    decided_at: datetime
    source_id: str | None = None
    row_id: str | None = None
    field: str | None = None
    value: str | None = None
    until: date | None = None
    number: int | None = None


def record(work: sqlite3.Connection, decision: Decision) -> int:
    """Keeps a decision and returns its number; the caller commits."""
    cursor = work.execute(
        """INSERT INTO decision (kind, listing_id, source_id, row_id, field, value, until, who, why, decided_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            decision.kind.value, decision.listing_id, decision.source_id, decision.row_id, decision.field,
            decision.value, decision.until.isoformat() if decision.until else None, decision.who, decision.why,
            decision.decided_at.isoformat(),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def in_force(work: sqlite3.Connection, *, today: date) -> tuple[Decision, ...]:
    """The decisions that nobody took back and whose last day has not passed, oldest first."""
    query = "SELECT * FROM decision WHERE undone_at IS NULL AND (until IS NULL OR until >= ?) ORDER BY number"
    return tuple(_decision(row) for row in work.execute(query, (today.isoformat(),)))


def of_row(work: sqlite3.Connection, source_id: str, row_id: str) -> tuple[Decision, ...]:
    """What was decided about that row and which place it is, and nobody took back, oldest first."""
    query = """SELECT * FROM decision WHERE undone_at IS NULL AND kind IN ('same', 'different')
               AND source_id = ? AND row_id = ? ORDER BY number"""
    return tuple(_decision(row) for row in work.execute(query, (source_id, row_id)))


def of_listing(work: sqlite3.Connection, listing_id: str, *, today: date) -> tuple[Decision, ...]:
    """The decisions in force about that listing, oldest first."""
    return tuple(item for item in in_force(work, today=today) if item.listing_id == listing_id)


def take_back(work: sqlite3.Connection, number: int, *, who: str, now: datetime) -> Decision | None:
    """Marks a decision as taken back and returns it; None when there is none in force with that number."""
    row = work.execute("SELECT * FROM decision WHERE number = ? AND undone_at IS NULL", (number,)).fetchone()
    if row is None:
        return None
    work.execute("UPDATE decision SET undone_at = ?, undone_by = ? WHERE number = ?", (now.isoformat(), who, number))
    return _decision(row)


def last_number(work: sqlite3.Connection) -> int:
    """The number of the newest decision, 0 before the first."""
    return int(work.execute("SELECT coalesce(max(number), 0) FROM decision").fetchone()[0])


def listings_since(work: sqlite3.Connection, number: int, published_at: str) -> set[str]:
    """The listings that a decision touched after that one was the newest: decided, taken back, or run out since.

    `published_at` is ISO text; a decision whose last day passed after it counts, because its end changes what is shown.
    Those that were ever taken back all count: clocks are set back, each fall by an hour, and nothing may be missed.
    """
    query = """SELECT listing_id, source_id || ':' || row_id AS other,
                   CASE kind WHEN 'same' THEN json_extract(value, '$[0]') END AS joined FROM decision
               WHERE number > :number OR undone_at IS NOT NULL OR until >= substr(:at, 1, 10)"""
    rows = work.execute(query, {"number": number, "at": published_at})
    return {found for row in rows for found in (row["listing_id"], row["other"], row["joined"]) if found}


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        Kind(row["kind"]), row["listing_id"], row["who"], row["why"], datetime.fromisoformat(row["decided_at"]),
        row["source_id"], row["row_id"], row["field"], row["value"],
        date.fromisoformat(row["until"]) if row["until"] else None, row["number"],
    )  # fmt: skip
