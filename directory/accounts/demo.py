"""Looking around without a password, where there is nothing but invented places and nobody has an account yet."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from directory import settings, store
from directory.accounts import people
from directory.accounts.shapes import Account, Role
from directory.errors import AccountError, PuenteError
from directory.status import status

__all__ = ["account", "allowed"]

_LOOKED_AT = ("directory.db", "work.db", "work.db-wal", "desk.db", "desk.db-wal", "settings.yml")
_known: dict[Path, tuple[object, bool]] = {}


def allowed() -> bool:
    """Whether this home is invented: no account, no real list published or staged, no way in from outside.

    Looked at anew whenever one of those files changes.
    """
    home = store.home()
    stamp = tuple(_stamp(home / name) for name in _LOOKED_AT)
    known = _known.get(home)
    if known is None or known[0] != stamp:
        known = _known[home] = (stamp, _is_demo(home))
    return known[1]


def account(role: Role, now: datetime) -> Account:
    """The account of whoever looks around in that role; AccountError where that is not allowed."""
    if not allowed():
        raise AccountError("This home is not a demonstration, so nobody looks around without an account. Sign in.")
    name = f"demo-{role.value}"
    return people.by_name(name) or people.add(name, role, now, shown=f"Demo {role.value.upper()}", demo=True)


def _is_demo(home: Path) -> bool:
    if people.any_account() or any(home.glob("desk.damaged-*")):
        return False
    try:
        # What cannot be read is not known to be invented.
        known, found = settings.settings(strict=True), status()
        reached = known.sms or known.public_address or known.desk_address
        if reached or found.published_at is None or not found.demo:
            return False
        from directory.sync.demo import refuse_demo_beside_real  # loads all that reads lists

        refuse_demo_beside_real()
    except (PuenteError, sqlite3.Error, OSError):
        return False
    return True


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
