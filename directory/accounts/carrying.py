"""What a restore must not take back: who may sign in today, and what is in the log since the backup.

Somebody whose account ended yesterday does not come back in with last week's backup, nor does a password that was
changed because others knew it. That holds for accounts which the backup knows, too; where it is of another
installation, it counts as it is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.accounts import file

__all__ = ["carry_over"]

_SAME = "now.id = account.id AND now.name = account.name AND now.created_at = account.created_at"
_COLUMNS = "shown, role, organization, password, password_at, ended_at"
_ALL = f"id, name, created_at, demo, {_COLUMNS}"
_LOG = "number, at, account, role, organization, what, of"


def carry_over(home: Path, new: Path) -> int:
    """Puts that into the unpacked backup in `new`; how many accounts and lines. sqlite3.Error when it cannot."""
    if not (home / file.DESK).exists() or not (new / file.DESK).exists():
        return 0
    with closing(sqlite3.connect(new / file.DESK, isolation_level=None)) as db:
        db.execute("ATTACH ? AS present", (str(home / file.DESK),))
        if not _is_of_here(db):
            return 0
        db.execute("BEGIN")
        done = _accounts(db) + _log(db)
        db.execute("COMMIT")
    return done


def _is_of_here(db: sqlite3.Connection) -> bool:
    """Whether the first account of the backup is the first one here."""
    query = "SELECT name, created_at FROM {}.account ORDER BY id LIMIT 1"
    try:
        first, here = (db.execute(query.format(side)).fetchone() for side in ("main", "present"))
    except sqlite3.OperationalError:  # nothing was ever kept in one of them
        return False
    return first is not None and first == here


def _accounts(db: sqlite3.Connection) -> int:
    changed = db.execute(
        f"""UPDATE account SET ({_COLUMNS}) = (SELECT {_COLUMNS} FROM present.account AS now WHERE {_SAME})
            WHERE EXISTS (SELECT 1 FROM present.account AS now WHERE {_SAME})"""
    ).rowcount
    added = db.execute(f"INSERT OR IGNORE INTO account ({_ALL}) SELECT {_ALL} FROM present.account").rowcount
    return changed + added


def _log(db: sqlite3.Connection) -> int:
    query = f"INSERT OR IGNORE INTO audit ({_LOG}) SELECT {_LOG} FROM present.audit"
    return db.execute(query).rowcount
