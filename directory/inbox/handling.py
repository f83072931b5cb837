"""Who of staff has a call or a report in hand: whoever took it first, told to the second; and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from directory.errors import InboxError
from directory.inbox import stores, where
from directory.inbox.shapes import as_text, as_time, report, taken

__all__ = ["CALL", "Decided", "Key", "Staff", "Taken", "decided", "give_back", "holders", "take"]

CALL = "call"
"""What a call that somebody asked for is called here; reports are called by what they are about."""
Key = tuple[str, str]
"""`call`, `listing` or `rule`, and which."""


@dataclass(frozen=True)
class Staff:
    """Somebody of the clinic: `id` is of the account, or of who sits at the command line; others read `name`."""

    id: str
    name: str


@dataclass(frozen=True)
class Taken:
    """Somebody has it in hand since then."""

    by: Staff
    at: datetime


@dataclass(frozen=True)
class Decided:
    """What was decided on a report, by whom, when."""

    about: str
    subject: str
    verdict: str
    by: str
    at: datetime


def decided(id: int) -> Decided | None:
    """What was decided on that report; None while it is open. InboxError when there never was one."""
    query = select(report.c.about, report.c.subject, report.c.verdict, report.c.decided_by, report.c.ended_at)
    row = stores.row(where.INBOX, query.where(report.c.id == id))
    if row is None:
        raise InboxError(f"There is no report R{id} in the inbox. It may have been deleted, because its days are over.")
    if row.ended_at is None:
        return None
    return Decided(row.about, row.subject, row.verdict or "", row.decided_by or "", as_time(row.ended_at))


def holders() -> dict[Key, Taken]:
    """All that somebody has in hand."""
    return {(row.about, row.subject): _taken(row) for row in stores.rows(where.INBOX, select(taken))}


def take(key: Key, who: Staff, now: datetime, *, over: bool = False) -> None:
    """It is in this person's hand from now on; InboxError where another took it first, unless it is taken `over`."""

    def took(db: Connection) -> Taken | None:
        if over:
            db.execute(delete(taken).where(*_is(key)))
        values = {"holder": who.id, "name": who.name[:80], "at": as_text(now)}
        row = stores.insert(db, taken).values(about=key[0], subject=key[1], **values)
        db.execute(row.on_conflict_do_nothing())
        found = db.execute(select(taken).where(*_is(key))).first()
        return _taken(found) if found else None

    first = stores.write(where.INBOX, took)
    if first and first.by.id != who.id:
        at = first.at.astimezone(now.tzinfo)
        raise InboxError(f"{first.by.name} took it first, on {at:%Y-%m-%d at %H:%M:%S}. Nothing was changed.")


def give_back(key: Key, who: Staff | None = None) -> bool:
    """Nobody has it in hand any more; with `who` only if it was that person. Whether anybody had it."""
    mine = () if who is None else (taken.c.holder == who.id,)
    return stores.change(where.INBOX, delete(taken).where(*_is(key), *mine)) > 0


def _is(key: Key) -> tuple[Any, Any]:
    return taken.c.about == key[0], taken.c.subject == key[1]


def _taken(row: Any) -> Taken:
    return Taken(Staff(row.holder, row.name), as_time(row.at))
