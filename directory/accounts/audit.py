"""Who did what at the desk, and who read what a person wrote: ids and verbs, never words."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory import hours
from directory.accounts import file
from directory.accounts.shapes import Account, Role

__all__ = ["PAGE", "Entry", "count", "entries", "kinds", "note", "put"]

PAGE = 100
"""Entries of one page."""
_VERB = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_ID = re.compile(r"[!-~]{0,120}")
"""An id has no spaces: what has some may be a sentence, and of that only a fingerprint is kept."""


@dataclass(frozen=True)
class Entry:
    """One line of the log; `account` is None for what was done at the command line or by nobody who is known."""

    number: int
    at: datetime
    account: int | None
    name: str | None
    shown: str | None
    role: Role | None
    organization: str | None
    what: str
    of: str


def note(who: Account | None, what: str, of: str, now: datetime) -> None:
    """Keeps that `who` (None: the command line, or nobody known) did `what` (a verb with dots) to `of` (an id)."""
    file.write(file.DESK, lambda db: put(db, who, what, of, now))


def put(db: sqlite3.Connection, who: Account | None, what: str, of: str, now: datetime) -> None:
    """The same within a piece of work on `desk.db`, so that a change and its line are written together or not."""
    if not _VERB.fullmatch(what):
        raise ValueError("the log takes a verb with dots, such as inbox.done")
    by = (who.id, who.role.value, who.organization) if who else (None, None, None)
    db.execute(
        "INSERT INTO audit (at, account, role, organization, what, of) VALUES (?, ?, ?, ?, ?, ?)",
        (file.as_text(now), *by, what, _id(of)),
    )


def entries(
    *,
    account: int | None = None,
    kind: str = "",
    day: date | None = None,
    page: int = 1,
) -> tuple[Entry, ...]:
    """One page of the log, the newest first; `kind` is a verb or its beginning (`inbox`), `day` a Pacific day."""
    where, values = _where(account, kind, day)
    query = f"""SELECT number, at, audit.account, name, shown, audit.role, audit.organization, what, of FROM audit
                LEFT JOIN account ON account.id = audit.account {where} ORDER BY number DESC LIMIT ? OFFSET ?"""
    found: Sequence[tuple[object, ...]] = file.read(
        file.DESK, lambda db: db.execute(query, (*values, PAGE, PAGE * (max(page, 1) - 1))).fetchall(), []
    )
    return tuple(_entry(row) for row in found)


def count(*, account: int | None = None, kind: str = "", day: date | None = None) -> int:
    """How many entries those are."""
    where, values = _where(account, kind, day)
    query = f"SELECT count(*) FROM audit {where}"
    return file.read(file.DESK, lambda db: int(db.execute(query, values).fetchone()[0]), 0)


def kinds() -> tuple[str, ...]:
    """The rooms in which anything was noted: the first words of the verbs."""
    query = "SELECT DISTINCT substr(what, 1, instr(what, '.') - 1) FROM audit ORDER BY 1"
    return file.read(file.DESK, lambda db: tuple(row[0] for row in db.execute(query)), ())


def _where(account: int | None, kind: str, day: date | None) -> tuple[str, tuple[object, ...]]:
    parts: list[tuple[str, tuple[object, ...]]] = []
    if account is not None:
        parts.append(("audit.account = ?", (account,)))
    if kind:
        parts.append(("(what = ? OR substr(what, 1, ?) = ?)", (kind, len(kind) + 1, f"{kind}.")))
    if day is not None:
        parts.append(("at >= ? AND at < ?", (_midnight(day), _midnight(_after(day)))))
    if not parts:
        return "", ()
    return f"WHERE {' AND '.join(text for text, _ in parts)}", tuple(value for _, values in parts for value in values)


def _after(day: date) -> date:
    """The day after; of the last one that a calendar has, itself."""
    return day + timedelta(days=1) if day < date.max else day


def _midnight(day: date) -> str:
    return file.as_text(datetime.combine(day, time(), hours.PACIFIC))


def _id(of: str) -> str:
    return of if _ID.fullmatch(of) else f"#{hashlib.sha256(of.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _entry(row: Sequence[object]) -> Entry:
    number, at, account, name, shown, role, organization, what, of = row
    return Entry(
        int(str(number)),
        file.as_time(str(at)),
        int(str(account)) if account is not None else None,
        str(name) if name is not None else None,
        str(shown) if shown is not None else None,
        Role(str(role)) if role is not None else None,
        str(organization) if organization is not None else None,
        str(what),
        str(of),
    )
