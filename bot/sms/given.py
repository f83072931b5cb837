"""Which text messages got their answer already, kept a day: Twilio delivers some twice, also after the door was killed.

Only hashes of Twilio's message ids stand in the file. Where it cannot be written, what is known is kept in memory.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path

from directory import keys, logs, privacy, rows, store

__all__ = ["Given", "hashed"]

logger = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS given (id TEXT PRIMARY KEY, at REAL NOT NULL) STRICT, WITHOUT ROWID"
_REMEMBERED = 20_000
_CLEAN_SECONDS = 3600.0
_BUSY_SECONDS = 0.5


def hashed(ids: Iterable[str]) -> tuple[str, ...]:
    """What stands for those ids of Twilio; the empty ones are none."""
    return tuple(keys.keyed_hash("text-given", id) for id in ids if id)


class Given:
    """The file of what was answered; `now` are seconds by the clock on the wall."""

    def __init__(self, path: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._db: sqlite3.Connection | None = None
        self._lately: OrderedDict[str, None] = OrderedDict()
        self._cleaned = float("-inf")
        self._failed = False

    def holds(self, ids: tuple[str, ...]) -> bool:
        """Whether one of those was answered."""
        if any(id in self._lately for id in ids):
            return True
        try:
            return any(self._open().execute("SELECT 1 FROM given WHERE id = ?", (id,)).fetchone() for id in ids)
        except (OSError, sqlite3.Error) as error:
            self._not_kept(error)
            return False

    def note(self, ids: tuple[str, ...]) -> None:
        """Keeps that those were answered; never raises."""
        for id in ids:
            self._lately[id] = None
        while len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)
        try:
            now = self._now()
            self._open().executemany("INSERT OR REPLACE INTO given VALUES (?, ?)", [(id, now) for id in ids])
            self._clean(now)
            self._failed = False
        except (OSError, sqlite3.Error) as error:
            self._not_kept(error)

    def close(self) -> None:
        """Closes the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            path = self._path or store.home() / "texts.db"
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            db = rows.connected(path, _BUSY_SECONDS)
            db.execute(_TABLE)
            self._db = db
        return self._db

    def _clean(self, now: float) -> None:
        """Forgets what is older than its day; what bears a time to come goes too, once it is a day ahead."""
        if now - self._cleaned < _CLEAN_SECONDS:
            return
        self._cleaned = now
        day = (privacy.days("texts_given") or 1) * 86400
        self._open().execute("DELETE FROM given WHERE at < ? OR at > ?", (now - day, now + day))

    def _not_kept(self, error: Exception) -> None:
        """One line when it begins, not one for each message; the file is opened anew the next time."""
        if not self._failed:
            logs.event(logger, "sms.given.not_kept", level=logging.ERROR, error=error)
        self._failed = True
        self.close()
