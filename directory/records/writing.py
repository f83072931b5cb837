"""Writes records behind the answers: nobody waits for it, and no answer breaks because of it."""

from __future__ import annotations

import atexit
import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from directory import damaged, logs, store
from directory.errors import PuenteError
from directory.records import file as files
from directory.records.answer import Answer
from directory.records.making import answers

__all__ = ["Published", "Recorder", "close", "recorder"]

logger = logging.getLogger(__name__)

BATCH_SECONDS = 0.5
AGAIN_SECONDS = 30.0
MOST_WAITING = 20_000
"""How many records wait in memory for a file that cannot be written; older ones are given up, and counted."""
_ODD = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, TypeError)
"""What a value that is none of ours brings about."""
_PACIFIC = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True)
class _Turn:
    day: date
    act: str | None
    replies: Sequence[Mapping[str, Any]]
    channel: str
    language: str | None
    publication: str | None


class Recorder:
    """Takes turns at once and writes them a moment later in a thread of its own; `close` writes what is left.

    While the file cannot be written (locked, no room) the newest `most` records wait in memory, and it is tried again
    every `again` seconds; a damaged file is moved aside and a new one begun. Each trouble is one event in the log,
    however many answers it lasts, and one more when it is over.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        batch: float = BATCH_SECONDS,
        again: float = AGAIN_SECONDS,
        most: int = MOST_WAITING,
    ) -> None:
        self._path, self._batch, self._again, self._most = path or files.path(), batch, again, most
        self._came: deque[_Turn] = deque()
        self._unwritten: list[Answer] = []
        self._file: files.File | None = None
        self._publication = Published(self._path.with_name("directory.db"))
        self._trouble: str | None = None
        self._lost = 0
        self._wake, self._stop = threading.Event(), threading.Event()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(
        self,
        act: str | None,
        replies: Sequence[Mapping[str, Any]],
        *,
        now: datetime,
        channel: str,
        language: str | None = None,
    ) -> None:
        """Takes what is to be kept of one turn; it never raises and never waits."""
        try:
            day = now.astimezone(_PACIFIC).date()
            self._came.append(_Turn(day, act, replies, channel, language, self._publication.id()))
            if not self._wake.is_set():
                self._wake.set()
                self._begin()
        except Exception as error:  # whatever it is, the person has an answer
            self._say("records.not_taken", error)

    def flush(self) -> bool:
        """Writes what waits; whether all of it is written."""
        with self._writing:
            return self._flushed()

    def close(self) -> None:
        """Writes what waits, and lets go of the file."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(2 * files.BUSY_SECONDS)
        self.flush()
        self._let_go()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="records", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait()
            self._stop.wait(self._batch)
            self._wake.clear()
            if not self.flush():
                self._stop.wait(self._again)
                self._wake.set()

    def _flushed(self) -> bool:
        rows = [*self._unwritten, *self._made()]
        if not rows:
            return True
        try:
            self._put(rows)
        except Exception as error:
            self._lost += max(0, len(rows) - self._most)
            self._unwritten = rows[-self._most :]
            self._say("records.not_written", error)
            return False
        self._unwritten = []
        self._over()
        return True

    def _made(self) -> Iterator[Answer]:
        """The records of the turns that came."""
        while self._came:
            turn = self._came.popleft()
            try:
                yield from answers(
                    turn.act,
                    turn.replies,
                    day=turn.day,
                    channel=turn.channel,
                    language=turn.language,
                    publication=turn.publication,
                )
            except Exception as error:
                self._say("records.not_made", error)

    def _put(self, rows: Sequence[Answer]) -> None:
        """Puts rows into the file; a damaged one is moved aside first, once."""
        try:
            self._open().insert(rows)
        except _ODD:
            self._one_by_one(rows)
        except (sqlite3.Error, OSError) as error:
            self._let_go()
            if not damaged.is_damage(error):
                raise
            moved = damaged.aside(self._path, max(row.day for row in rows))
            if moved:
                logs.event(logger, "records.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))
            self._open().insert(rows)

    def _one_by_one(self, rows: Sequence[Answer]) -> None:
        """One that the file refuses must not keep the others out for ever."""
        for row in rows:
            try:
                self._open().insert((row,))
            except _ODD as error:
                self._say("records.not_made", error)

    def _open(self) -> files.File:
        """The file at its path: another one may have been put there."""
        if self._file is None or not self._file.sound:
            self._let_go()
            self._file = files.File(self._path)
        return self._file

    def _let_go(self) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None

    def _say(self, event: str, error: Exception) -> None:
        """One event for a trouble, not one for each answer that it lasts."""
        if self._trouble != event:
            self._trouble = event
            logs.event(logger, event, level=logging.ERROR, error=error)

    def _over(self) -> None:
        if self._trouble is not None:
            logs.event(logger, "records.written_again", level=logging.WARNING, lost=self._lost)
            self._trouble, self._lost = None, 0


class Published:
    """Which publication is in force, read anew only when another file stands there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[tuple[int, int, int], str | None] | None = None

    def id(self) -> str | None:
        """Its id; None when nothing is published, or it cannot be read."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        identity = (found.st_dev, found.st_ino, found.st_mtime_ns)
        if self._known is None or self._known[0] != identity:
            self._known = (identity, self._read())
        return self._known[1]

    def _read(self) -> str | None:
        try:
            with store.open_directory(self._path) as connection:
                return store.publication(connection).id
        except (PuenteError, sqlite3.Error):
            return None


@cache
def recorder() -> Recorder:
    """The recorder of this process on the home in force; what waits is written when the process ends in good order."""
    made = Recorder()
    atexit.register(made.close)
    return made


def close() -> None:
    """Writes what waits, when a process ends by another way than its own end."""
    if recorder.cache_info().currsize:
        recorder().close()
