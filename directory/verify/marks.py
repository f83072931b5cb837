"""What is kept of calls: who has a place open, what was said of each field, how a call ended and when to call again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from directory.verify import file
from directory.verify.fields import Field

__all__ = [
    "HELD_MINUTES", "ROUND_DAYS", "Answer", "Caller", "Ended", "Hold", "answers", "ended", "endings", "holds",
    "of_person", "out", "waiting",
]  # fmt: skip

HELD_MINUTES = 20
"""So long after their last step a place is somebody's who called it."""
ROUND_DAYS = 30
"""What was said longer ago counts no more towards a place that is checked whole."""


@dataclass(frozen=True)
class Caller:
    """Who calls: the account, and the name that others read."""

    id: int
    name: str


@dataclass(frozen=True)
class Hold:
    """Somebody has that place open since then."""

    listing: str
    caller: Caller
    since: datetime


@dataclass(frozen=True)
class Answer:
    """What was said of a field: `same`, `other` (`entered` corrects it) or `unsaid`; `shown` is what we showed then."""

    field: Field
    said: str
    shown: str
    entered: Mapping[str, str]
    caller: Caller
    at: datetime
    how: str
    waits: bool


@dataclass(frozen=True)
class Ended:
    """How a call ended, and the day from which the place may be called again."""

    listing: str
    how: str
    caller: Caller
    at: datetime
    until: date


def holds(now: datetime) -> dict[str, Hold]:
    """The places that somebody has open now."""
    query = "SELECT * FROM hold WHERE seen > ?"
    since = file.as_text(now - timedelta(minutes=HELD_MINUTES))
    none: list[sqlite3.Row] = []
    rows = file.read(lambda db: db.execute(query, (since,)).fetchall(), none)
    return {row["listing"]: _hold(row) for row in rows}


def answers(listing: str, now: datetime) -> dict[Field, Answer]:
    """The last answer of each field since the place was last checked whole, at most so many days ago."""
    return file.read(lambda db: _answers(db, listing, now), {})


def waiting() -> tuple[str, ...]:
    """The places with corrections that the lists do not know yet."""
    query = "SELECT DISTINCT listing FROM answer WHERE waits = 1 ORDER BY listing"
    return file.read(lambda db: tuple(row[0] for row in db.execute(query)), ())


def out(today: date) -> dict[str, Ended]:
    """The places that are left alone today: how the last call to each ended, where its day has not come."""
    query = """SELECT * FROM call WHERE number IN (SELECT max(number) FROM call GROUP BY listing) AND until > ?"""
    none: list[sqlite3.Row] = []
    rows = file.read(lambda db: db.execute(query, (today.isoformat(),)).fetchall(), none)
    return {row["listing"]: _ended(row) for row in rows}


def ended(listing: str, most: int = 10) -> tuple[Ended, ...]:
    """How the last calls to a place ended, the newest first."""
    query = "SELECT * FROM call WHERE listing = ? ORDER BY number DESC LIMIT ?"
    return tuple(map(_ended, file.read(lambda db: db.execute(query, (listing, most)).fetchall(), [])))


def endings(listings: Sequence[str]) -> dict[str, tuple[Ended, ...]]:
    """The same for several places."""
    return {listing: found for listing in listings if (found := ended(listing))}


def of_person(account: int, now: datetime) -> frozenset[str]:
    """The places that this person has open, or began and did not end."""
    since, held = now - timedelta(days=ROUND_DAYS), now - timedelta(minutes=HELD_MINUTES)
    query = """SELECT listing FROM hold WHERE account = ? AND seen > ? UNION
               SELECT listing FROM answer WHERE account = ? AND over = 0 AND at > ?"""
    keys = (account, file.as_text(held), account, file.as_text(since))
    return frozenset(file.read(lambda db: [row[0] for row in db.execute(query, keys)], []))


def _answers(db: sqlite3.Connection, listing: str, now: datetime) -> dict[Field, Answer]:
    query = "SELECT * FROM answer WHERE listing = ? AND (over = 0 AND at > ? OR waits = 1) ORDER BY number"
    since = file.as_text(now - timedelta(days=ROUND_DAYS))
    return _last(map(_answer, db.execute(query, (listing, since))))


def _last(found: Iterable[Answer]) -> dict[Field, Answer]:
    return {item.field: item for item in found}


def _hold(row: sqlite3.Row) -> Hold:
    return Hold(row["listing"], Caller(row["account"], row["name"]), file.as_time(row["since"]))


def _answer(row: sqlite3.Row) -> Answer:
    return Answer(
        Field(row["field"]), row["said"], row["shown"], json.loads(row["entered"]),
        Caller(row["account"], row["name"]), file.as_time(row["at"]), row["how"], bool(row["waits"]),
    )  # fmt: skip


def _ended(row: sqlite3.Row) -> Ended:
    return Ended(
        row["listing"], row["how"], Caller(row["account"], row["name"]), file.as_time(row["at"]),
        date.fromisoformat(row["until"]),
    )  # fmt: skip
