"""Who is signed in: a random token in the browser, only its hash here; idle ones lock, old ones end.

A session ends 12 hours after its sign-in. After 15 idle minutes it locks: the password alone opens it again, with a
new token, and the person goes on where they were.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory import keys
from directory.accounts import demo, file, people
from directory.accounts.shapes import Account

__all__ = [
    "ENDS",
    "LOCKS",
    "Session",
    "SignedIn",
    "begin",
    "end",
    "end_all",
    "lock",
    "of_account",
    "signed_in",
    "unlock",
]

ENDS = timedelta(hours=12)
LOCKS = timedelta(minutes=15)
_NOTED = timedelta(seconds=30)
"""How often at most it is written down that a session was used."""
_DEVICES = ("computer", "phone")


@dataclass(frozen=True)
class SignedIn:
    """Who a token belongs to: `session` is its opaque id, `csrf` what its forms carry; `locked` asks for a password."""

    account: Account
    session: str
    csrf: str
    locked: bool


@dataclass(frozen=True)
class Session:
    """One sign-in of a person, as it is shown to them."""

    id: str
    device: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    locked: bool


def begin(account: Account, now: datetime, *, device: str = "computer") -> str:
    """A new session of that person; the token for their browser, which stands nowhere else."""
    token, id = secrets.token_urlsafe(32), secrets.token_hex(8)
    kind = device if device in _DEVICES else _DEVICES[0]
    times = (file.as_text(now), file.as_text(now), file.as_text(now + ENDS))
    query = """INSERT INTO session (id, token, account, device, began_at, seen_at, ends_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)"""
    file.write(file.SESSIONS, lambda db: db.execute(query, (id, _hash(token), account.id, kind, *times)))
    return token


def signed_in(token: str, now: datetime) -> SignedIn | None:
    """Who that token belongs to; None when it is nobody's, or its session or account has ended."""
    row = _found(token, now)
    account = people.by_id(row["account"]) if row else None
    if row is None or account is None:
        return None
    idle = now - file.as_time(row["seen_at"])
    locked = bool(row["locked"]) or idle > LOCKS
    if account.demo and (locked or not demo.allowed()):  # it has no password that could open it again
        return None
    if locked and not row["locked"]:
        lock(row["id"])
    elif not locked and idle > _NOTED:
        _seen(row["id"], now)
    return SignedIn(account, row["id"], _csrf(row["id"]), locked)


def lock(id: str) -> None:
    """Locks a session at once."""
    file.write(file.SESSIONS, lambda db: db.execute("UPDATE session SET locked = 1 WHERE id = ?", (id,)))


def unlock(id: str, now: datetime) -> str:
    """Opens a locked session again; its new token, the former one is nobody's."""
    token = secrets.token_urlsafe(32)
    query = "UPDATE session SET locked = 0, seen_at = ?, token = ? WHERE id = ? AND ended_at IS NULL"
    file.write(file.SESSIONS, lambda db: db.execute(query, (file.as_text(now), _hash(token), id)))
    return token


def end(id: str, account: Account, now: datetime) -> bool:
    """Ends one session of that person; whether it was one of theirs and not ended yet."""
    query = "UPDATE session SET ended_at = ? WHERE id = ? AND account = ? AND ended_at IS NULL"
    done = file.write(file.SESSIONS, lambda db: db.execute(query, (file.as_text(now), id, account.id)).rowcount)
    return done > 0


def end_all(now: datetime, *, account: int | None = None, but: str = "") -> int:
    """Ends the sessions of that account (of everybody, when none is named) but one; how many."""
    if not file.exists(file.SESSIONS):
        return 0
    query = "UPDATE session SET ended_at = ? WHERE ended_at IS NULL AND id <> ? AND coalesce(?, account) = account"
    return file.write(file.SESSIONS, lambda db: db.execute(query, (file.as_text(now), but, account)).rowcount)


def of_account(account: Account, now: datetime) -> tuple[Session, ...]:
    """The sessions of that person which have not ended, the last used first."""
    query = """SELECT * FROM session WHERE account = ? AND ended_at IS NULL AND ends_at > ?
               ORDER BY seen_at DESC, id"""
    found: list[sqlite3.Row] = file.read(
        file.SESSIONS, lambda db: _rows(db, query, (account.id, file.as_text(now))), []
    )
    return tuple(_session(row, now) for row in found)


def _found(token: str, now: datetime) -> sqlite3.Row | None:
    query = "SELECT * FROM session WHERE token = ? AND ended_at IS NULL AND ends_at > ?"
    found: list[sqlite3.Row] = file.read(
        file.SESSIONS, lambda db: _rows(db, query, (_hash(token), file.as_text(now))), []
    )
    return found[0] if found else None


def _rows(db: sqlite3.Connection, query: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
    db.row_factory = sqlite3.Row
    return db.execute(query, values).fetchall()


def _seen(id: str, now: datetime) -> None:
    query = "UPDATE session SET seen_at = max(seen_at, ?) WHERE id = ?"
    file.write(file.SESSIONS, lambda db: db.execute(query, (file.as_text(now), id)))


def _session(row: sqlite3.Row, now: datetime) -> Session:
    began, seen, ends = (file.as_time(row[name]) for name in ("began_at", "seen_at", "ends_at"))
    return Session(row["id"], row["device"], began, seen, ends, bool(row["locked"]) or now - seen > LOCKS)


def _hash(token: str) -> str:
    """Of a random token of 256 bits a plain hash is enough: nobody finds it by trying."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _csrf(id: str) -> str:
    return keys.keyed_hash("desk.csrf", id)
