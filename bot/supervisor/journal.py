"""One log of all parts: `$PUENTE_HOME/logs/puente.log`, JSON a line, and short lines for whoever watches.

A line of a part that is not structured could hold a person's words (a crash of C code, a stray print): once people are
answered it is withheld and counted. Before that nobody has written anything, and the line may say why it cannot start.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from bot.supervisor.spoken import DISK_FULL, disk_is_full, spoken
from directory.store import home

__all__ = ["Journal", "events_file"]

MOST_BYTES = 5_000_000
LONGEST = 4000
_DAY = 86_400
_TELL_SECONDS = 60.0
_DISK_SECONDS = 600.0
_DEFAULT_DAYS = 30
_NEEDED = ("at", "level", "process", "event")
_ORDINARY = frozenset({"DEBUG", "INFO"})


def events_file() -> Path:
    """Where the log is written."""
    return home() / "logs" / "puente.log"


class Journal:
    """Takes lines of parts and events of our own; a disk that is full loses lines and nothing else."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        out: TextIO | None = None,
        now: Callable[[], float] = time.time,
        most: int = MOST_BYTES,
    ) -> None:
        self._path = path or events_file()
        self._out = out or sys.stderr
        self._now = now
        self._most = most
        self._withheld: Counter[str] = Counter()
        self._told = 0.0
        self._told_of_disk = float("-inf")
        self._began = min(now(), _first_written(self._path) or now())

    def say(self, text: str) -> None:
        """A sentence to the person who started us."""
        self._show(text, sys.stdout)

    def complain(self, text: str) -> None:
        """A sentence about what went wrong or takes long."""
        self._show(text, self._out)

    def event(self, name: str, *, level: str = "INFO", **ids: str | int | float | None) -> None:
        """One structured line of the supervisor's own, in the file; people get sentences."""
        self._write({"at": self._stamp(), "level": level, "process": "up", "event": name, **ids})

    def line(self, part: str, said: bytes, *, answering: bool) -> None:
        """One line that a part wrote; `answering` once people may have written to it."""
        text = said[:LONGEST].decode("utf-8", "replace").rstrip()
        if not text:
            return
        structured = _structured(text)
        if structured is not None:
            self._write(structured)
            self._show(spoken(structured), self._out)
            if structured["level"] not in _ORDINARY:
                self._tell_of_disk()
        elif answering:
            self._withheld[part] += 1
            self.tell_withheld()
        else:
            self._write({"at": self._stamp(), "level": "WARNING", "process": part, "event": "said", "text": text})
            self._show(text, self._out)

    def tell_withheld(self, *, all: bool = False) -> None:
        """How many lines were withheld, at most once a minute; in the log alone: who watches can mend nothing."""
        now = self._now()
        if not self._withheld or not (all or now - self._told >= _TELL_SECONDS):
            return
        self._told = now
        for part, lines in self._withheld.items():
            self.event("lines.withheld", level="WARNING", part=part, lines=lines)
        self._withheld.clear()

    def _tell_of_disk(self) -> None:
        """That the disk is full, when something went wrong and it is; every ten minutes at most."""
        now = self._now()
        if now - self._told_of_disk >= _DISK_SECONDS and disk_is_full(home()):
            self._told_of_disk = now
            self.complain(DISK_FULL)

    def _stamp(self) -> str:
        return datetime.fromtimestamp(self._now(), timezone.utc).isoformat(timespec="milliseconds")

    def _show(self, text: str, where: TextIO) -> None:
        with suppress(OSError, ValueError):  # the terminal was closed; we go on
            where.write(text + "\n")
            where.flush()

    def _write(self, line: Mapping[str, Any]) -> None:
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._turn_over()
            text = json.dumps(line, ensure_ascii=False) + "\n"
            opened = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                file.write(text)

    def _turn_over(self) -> None:
        """Begins another file when this one is big or of another day, and takes away those that are too old."""
        now = self._now()
        size = self._path.stat().st_size if self._path.exists() else 0
        if size < self._most and now - self._began < _DAY:
            return
        self._began = now
        if size:
            stamp = datetime.fromtimestamp(now, timezone.utc).strftime("%Y%m%dT%H%M%S")
            names = (self._path.with_name(f"puente-{stamp}-{number}.log") for number in count(1))
            # A clock that was set back may give the same name twice; no log is written over.
            self._path.replace(next(name for name in names if not name.exists()))
        for old in self._path.parent.glob("puente-*.log"):
            if now - old.stat().st_mtime > _days() * _DAY:
                old.unlink(missing_ok=True)


def _days() -> int:
    try:
        from directory import privacy  # asked once a day: what keeps the others alive should be small

        return privacy.days("logs") or _DEFAULT_DAYS
    except Exception:  # broken settings, or a half-changed program on disk: nothing that may end the supervisor
        return _DEFAULT_DAYS


def _first_written(path: Path) -> float | None:
    """When the log's first line was written: where Puente is stopped every evening no run of it lasts a day."""
    try:
        with path.open("rb") as file:
            return datetime.fromisoformat(json.loads(file.readline(LONGEST))["at"]).timestamp()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _structured(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) and all(isinstance(line.get(key), str) for key in _NEEDED) else None
