"""The file of conversations, which may be full, locked or damaged while people write: each of them gets an answer."""

from __future__ import annotations

import errno
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timezone
from pathlib import Path

from directory import damaged, logs, rows

__all__ = ["ConversationFile"]

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 5.0
BUSY_SECONDS = 1.0
"""How long the assistant, and with it everybody who writes, waits for another process that writes here."""
MOST_HELD = 10_000
DAY = 86400.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, updated_at REAL NOT NULL, turns INTEGER NOT NULL, state TEXT NOT NULL
) STRICT
"""
_PUT = (
    "INSERT INTO conversation VALUES (?, ?, 1, ?) ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at,"
    " turns = turns + 1, state = excluded.state"
)


def _today() -> date:
    return datetime.now(timezone.utc).date()


class ConversationFile:
    """One SQLite file (0600), a row a conversation: its id, when it was touched (seconds), what is kept of it (JSON).

    What cannot be written, because there is no room or somebody else holds the file, is held in memory (the newest
    10,000) and written as soon as it can be; it is tried again every few seconds, so that no answer waits for it. A
    damaged file is moved aside, at the start or later, and a new one begun. Each trouble is one line in the log, and
    its end another. OSError or sqlite3.Error where the file cannot even be opened at the start.
    """

    def __init__(self, path: Path, *, again: float = AGAIN_SECONDS, today: Callable[[], date] = _today) -> None:
        self._path, self._again, self._today = path, again, today
        self._held: dict[str, tuple[float, str]] = {}
        self._trouble: str | None = None
        self._not_before = 0.0
        self._db: sqlite3.Connection | None = None
        self._opened: damaged.Opened | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._begin()
        except (sqlite3.Error, OSError) as error:
            if not _will_pass(error):
                raise
            self._endure("conversations.not_opened", error)

    def put(self, id: str, now: float, state: str) -> None:
        """Keeps a conversation: in the file, or in memory until the file takes it."""
        self._held.pop(id, None)
        self._held[id] = (now, state)
        while len(self._held) > MOST_HELD:
            del self._held[next(iter(self._held))]
        self._write_held()

    def get(self, id: str) -> str | None:
        """What is kept of one conversation, or None."""
        if id in self._held:
            return self._held[id][1]
        if self._db is None and time.monotonic() < self._not_before:
            return None
        with self._enduring("conversations.not_read"):
            row = self._file().execute("SELECT state FROM conversation WHERE id = ?", (id,)).fetchone()
            return str(row[0]) if row else None
        return None

    def ids(self) -> list[str]:
        """The ids of all conversations kept."""
        found = dict.fromkeys(self._held)
        with self._enduring("conversations.not_read"):
            found = dict.fromkeys([row[0] for row in self._file().execute("SELECT id FROM conversation")]) | found
        return list(found)

    def purge(self, before: float, now: float) -> int:
        """Deletes what was last touched before that second, so that nothing of it stays in the file; how many went.

        What seems to be touched in the future, because the clock was ahead, counts as touched now: else it would stay
        as long as the clock was ahead.
        """
        for id in [id for id, (at, _) in self._held.items() if at < before]:
            del self._held[id]
        with self._enduring("conversations.not_purged"):
            db = self._file()
            db.execute("UPDATE conversation SET updated_at = ? WHERE updated_at > ?", (now, now + DAY))
            deleted = db.execute("DELETE FROM conversation WHERE updated_at < ?", (before,)).rowcount
            if deleted:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else they would live on in the log of the file
            return deleted
        return 0

    def close(self) -> None:
        """Writes what is held, if it can be, and closes the file."""
        self._not_before = 0.0
        self._write_held()
        self._let_go()

    def _write_held(self) -> None:
        if self._trouble and time.monotonic() < self._not_before:
            return
        with self._enduring("conversations.not_written"):
            db = self._file()
            with rows.whole(db):
                db.executemany(_PUT, [(id, at, state) for id, (at, state) in self._held.items()])
            self._held.clear()
            self._over()

    @contextmanager
    def _enduring(self, event: str) -> Iterator[None]:
        """Whatever the file does, the conversation goes on; what is damaged is moved aside, and a new file begun."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._endure(event, error)
            if damaged.is_damage(error):
                with suppress(sqlite3.Error, OSError):
                    self._begin()
                    self._not_before = 0.0

    def _endure(self, event: str, error: Exception) -> None:
        """One line for a trouble, however many answers it lasts."""
        self._not_before = time.monotonic() + self._again
        if self._trouble is None:
            logs.event(logger, event, level=logging.ERROR, error=error)
        self._trouble = event

    def _begin(self) -> None:
        """Opens the file anew, or a new one in the place of one that is damaged."""
        self._let_go()
        if not damaged.looks_whole(self._path):
            moved = damaged.aside(self._path, self._today())
            if moved:
                logs.event(logger, "conversations.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))
        self._opened = damaged.Opened(self._path)
        self._db = _connected(self._path)

    def _file(self) -> sqlite3.Connection:
        if self._db is None or self._opened is None or not self._opened.sound:
            self._begin()
        assert self._db is not None
        return self._db

    def _let_go(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        if self._opened is not None:
            self._opened.close()
        self._db = self._opened = None

    def _over(self) -> None:
        if self._trouble:
            self._trouble = None
            logs.event(logger, "conversations.written_again", level=logging.WARNING)


def _will_pass(error: Exception) -> bool:
    """Whether it is only that there is no room now, or that another process holds the file."""
    if isinstance(error, sqlite3.OperationalError):
        return any(words in str(error) for words in ("full", "disk I/O", "locked"))
    return isinstance(error, OSError) and error.errno == errno.ENOSPC


def _connected(path: Path) -> sqlite3.Connection:
    db = rows.connected(path, BUSY_SECONDS)
    try:
        db.execute(_SCHEMA)
    except BaseException:
        db.close()
        raise
    return db
