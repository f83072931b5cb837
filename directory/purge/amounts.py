"""How much of each thing there is now, and since when: counts and days, never a value."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path

from directory import privacy
from directory.backup import shelf
from directory.inbox import where
from directory.privacy import Kept
from directory.purge import files, inbox, rows

__all__ = ["Amount", "amounts"]

_TABLES = {
    "conversations": (("conversations.db", "conversation", "updated_at"),),
    "records": (("records.db", "answer", "day"),),
    "accounts": (("desk.db", "account", "substr(created_at, 1, 10)"),),
    "desk_log": (("desk.db", "audit", "substr(at, 1, 10)"),),
    "desk_sessions": (
        ("desk_sessions.db", "session", "substr(began_at, 1, 10)"),
        ("desk_sessions.db", "ticket", "substr(made_at, 1, 10)"),
        ("desk_sessions.db", "failure", "substr(last_at, 1, 10)"),
    ),
    "raw_rows": (("work.db", "raw_row", "NULL"),),
    "texts_given": (("texts.db", "given", "at"),),
    "inbox": (
        ("inbox.db", "task", "substr(asked_at, 1, 10)"),
        ("inbox.db", "followup", "substr(agreed_at, 1, 10)"),
        ("inbox.db", "report", "substr(at, 1, 10)"),
    ),
    "outcomes": (("inbox.db", "outcome", "month || '-01'"),),
    "shared_lists": (("inbox.db", "saved_list", "substr(made_at, 1, 10)"),),
    "queue": (("queue.db", "waiting", "substr(put_at, 1, 10)"),),
    "opt_outs": (("opt_outs.db", "opt_out", "substr(at, 1, 10)"),),
    "left_in_peace": tuple(("opt_outs.db", table, "substr(at, 1, 10)") for table in ("in_peace", "wiped")),
}
_OF_INBOX = frozenset({*inbox.STORE_OF, "opt_outs"})


@dataclass(frozen=True)
class Amount:
    """How many there are (rows, or files), how large the files are, and the day of the oldest."""

    count: int = 0
    bytes: int = 0
    oldest: date | None = None


def amounts(home: Path) -> Mapping[str, Amount]:
    """By id, for what lies in files; what is in memory cannot be counted from here."""
    counted = {item.id: _amount(item, home) for item in privacy.inventory().values()}
    return {id: amount for id, amount in counted.items() if amount is not None}


def _amount(item: Kept, home: Path) -> Amount | None:
    if item.id in _OF_INBOX and where.url():
        return None  # a database server keeps it
    if item.id in _TABLES:
        try:
            found = [rows.oldest_and_count(home / file, table, column) for file, table, column in _TABLES[item.id]]
        except sqlite3.Error:
            return None
        size = sum(path.lstat().st_size for path in files.kept_files(home, item.id))
        days = [day for _, oldest in found if (day := _day(oldest))]
        return Amount(sum(count for count, _ in found), size, min(days, default=None))
    if item.place != "files":
        return None
    return _of_files([*files.kept_files(home, item.id), *_elsewhere(item.id, home)])


def _elsewhere(id: str, home: Path) -> list[Path]:
    folder = files.backup_folder(home)
    outside = id == "backups" and folder != home / "backups"
    return [backup.path for backup in shelf.backups(folder)] if outside else []


def _of_files(found: list[Path]) -> Amount:
    oldest = min((files.age(path) for path in found), default=None)
    return Amount(len(found), sum(path.lstat().st_size for path in found), oldest.date() if oldest else None)


def _day(value: object) -> date | None:
    if isinstance(value, float | int):
        return datetime.fromtimestamp(value, timezone.utc).date()
    return date.fromisoformat(value) if isinstance(value, str) else None
