"""Passwords: what may be one, how it is kept (argon2id), and one amount of work whether or not a name is known."""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from directory.accounts import audit, file, people
from directory.accounts.common import is_common
from directory.accounts.shapes import Account
from directory.errors import AccountError

__all__ = ["LEAST", "MOST", "fits", "put", "refusal", "refuse"]

LEAST, MOST = 12, 200
"""Letters of a password."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
"""The OWASP Password Storage Cheat Sheet's figures for argon2id: 19 MiB, two rounds, one lane."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes its memory: forty at once would take that of the assistant."""


def refusal(password: str, account: Account) -> str | None:
    """Why that cannot be a password, as the end of a key of texts (`short`, `long`, `name`, `common`); None if it can.

    Letters, figures and signs may be mixed or not: length is what makes it hard to guess.
    """
    plain = _normal(password)
    if len(plain) < LEAST:
        return "short"
    if len(plain) > MOST:
        return "long"
    if _is_name(plain, account):
        return "name"
    return "common" if is_common(plain) else None


def refuse(password: str, account: Account) -> None:
    """AccountError for what cannot be a password of that person."""
    if why := refusal(password, account):
        raise AccountError(_WHY[why])


def put(account: Account, password: str, now: datetime, *, what: str = "account.password") -> None:
    """Keeps a new password; AccountError for one that cannot be. Who calls it ends the other sessions."""
    refuse(password, account)
    made = _hashed(password)
    query = "UPDATE account SET password = ?, password_at = ? WHERE id = ? AND ended_at IS NULL"

    def change(db: sqlite3.Connection) -> None:
        if not db.execute(query, (made, file.as_text(now), account.id)).rowcount:
            raise AccountError("That account has ended, so it has no password. Nothing was changed.")
        audit.put(db, account, what, str(account.id), now)

    file.write(file.DESK, change)


def fits(name: str, password: str) -> Account | None:
    """Who signs in with that name and password; the work is the same for a name that nobody has."""
    account = people.by_name(name)
    kept = _kept(account) if account else None
    right = _verified(kept or _nobodys(), password)
    if account is None or kept is None or not right:
        return None
    if _HASHER.check_needs_rehash(kept):
        _rehash(account, kept, password)
    return account


_WHY = {
    "short": f"A password has at least {LEAST} letters, so this one was not kept. Choose a longer one.",
    "long": f"A password has at most {MOST} letters, so this one was not kept. Choose a shorter one.",
    "name": "The password says little more than the name, so it was not kept. Choose another one.",
    "common": "Too many people use that password, so it was not kept. Choose another one, such as four odd words.",
}


def _kept(account: Account) -> str | None:
    query = "SELECT password FROM account WHERE id = ? AND ended_at IS NULL"
    row = file.read(file.DESK, lambda db: db.execute(query, (account.id,)).fetchone(), None)
    return str(row[0]) if row and row[0] else None


def _rehash(account: Account, kept: str, password: str) -> None:
    """The same password kept in today's way, unless it was changed meanwhile."""
    made = _hashed(password)
    query = "UPDATE account SET password = ? WHERE id = ? AND password = ?"
    file.write(file.DESK, lambda db: db.execute(query, (made, account.id, kept)))


def _verified(kept: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept, _normal(password)[: MOST + 1])
        except (VerificationError, InvalidHashError):
            return False


def _hashed(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


@cache
def _nobodys() -> str:
    """A hash that is checked for names that nobody has."""
    return _HASHER.hash("nobody's password")


def _normal(password: str) -> str:
    """One way to write each letter (an n with its tilde is one or two, by the keyboard)."""
    return unicodedata.normalize("NFKC", password.strip())


def _is_name(password: str, account: Account) -> bool:
    """Whether little is left without the person's names."""
    rest = password.casefold()
    for part in sorted({account.name, *account.name.split("."), *account.shown.casefold().split()}, key=len)[::-1]:
        rest = rest.replace(part, "") if len(part) > 2 else rest
    return len(re.sub(r"[\W_]", "", rest)) < LEAST // 2
