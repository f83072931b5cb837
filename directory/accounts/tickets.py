"""Links by which somebody chooses a password: an invitation (72 hours) or a reset (one hour), each used once.

The token stands in the link alone; here is its hash. A new link of an account ends the former ones.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.accounts import audit, file, passwords, people, sessions
from directory.accounts.shapes import Account
from directory.errors import AccountError

__all__ = ["HOURS", "INVITE", "RESET", "Ticket", "end_all", "make", "opened", "use"]

INVITE, RESET = "invite", "reset"
HOURS = {INVITE: 72, RESET: 1}


@dataclass(frozen=True)
class Ticket:
    """A link that was made: its kind, its path below the desk's address, until when it holds."""

    kind: str
    path: str
    ends_at: datetime


def make(account: Account, now: datetime, *, by: Account | None = None) -> Ticket:
    """A link for that person: an invitation until they have a password, after that a reset."""
    if account.demo or people.by_id(account.id) is None:
        raise AccountError("That account has ended, so there is no link for it. Nothing was changed.")
    kind = RESET if people.person(account.name).ready else INVITE
    token, ends_at = secrets.token_urlsafe(32), now + timedelta(hours=HOURS[kind])

    def put(db: sqlite3.Connection) -> None:
        at = file.as_text(now)
        db.execute("UPDATE ticket SET used_at = ? WHERE account = ? AND used_at IS NULL", (at, account.id))
        db.execute(
            "INSERT INTO ticket (token, account, kind, made_at, ends_at) VALUES (?, ?, ?, ?, ?)",
            (_hash(token), account.id, kind, at, file.as_text(ends_at)),
        )

    file.write(file.SESSIONS, put)
    audit.note(by, f"account.{kind}", str(account.id), now)
    return Ticket(kind, f"/{kind}/{token}", ends_at)


def opened(kind: str, token: str, now: datetime) -> Account | None:
    """Whose link that is; None when it is nobody's, was used, or its time is over."""
    query = "SELECT account FROM ticket WHERE token = ? AND kind = ? AND used_at IS NULL AND ends_at > ?"
    values = (_hash(token), kind, file.as_text(now))
    row = file.read(file.SESSIONS, lambda db: db.execute(query, values).fetchone(), None)
    return people.by_id(int(row[0])) if row else None


def use(kind: str, token: str, password: str, now: datetime) -> Account:
    """The person, with that password from now; their sessions end. AccountError, and no change, where it cannot be."""
    account = opened(kind, token, now)
    if account is None:
        raise AccountError("This link was used or is over. Ask an admin for a new one.")
    passwords.refuse(password, account)
    query = "UPDATE ticket SET used_at = ? WHERE token = ? AND used_at IS NULL"
    values = (file.as_text(now), _hash(token))
    if not file.write(file.SESSIONS, lambda db: db.execute(query, values).rowcount):
        raise AccountError("This link was used just now. Ask an admin for a new one if that was not you.")
    passwords.put(account, password, now)
    sessions.end_all(now, account=account.id)
    return account


def end_all(now: datetime, *, account: int | None = None) -> None:
    """Every link of that account (of everybody, when none is named) is over."""
    query = "UPDATE ticket SET used_at = ? WHERE used_at IS NULL AND coalesce(?, account) = account"
    if file.exists(file.SESSIONS):
        file.write(file.SESSIONS, lambda db: db.execute(query, (file.as_text(now), account)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
