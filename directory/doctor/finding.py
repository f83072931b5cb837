"""What a check gets and what it gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from directory import running, settings
from directory.running import Running
from directory.settings import Settings
from directory.status import Status, status

__all__ = ["LEVELS", "Check", "Finding", "Look"]

LEVELS = ("mend", "look", "ok")
"""The worst first: mend before patients write; look at it this week; in order."""
_PACIFIC = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its id, how it stands, a sentence for a tired clerk, and what mends it.

    `command` is typed as it is; where something has to be put in, it is in CAPITALS.
    """

    id: str
    level: str
    text: str
    command: str | None = None


@dataclass(frozen=True)
class Look:
    """What every check may look at; `now` is aware, `online` allows the network, `ports` are where Puente listens."""

    home: Path
    now: datetime
    online: bool = False
    ports: tuple[tuple[str, int], ...] = (("chat page", 5005), ("desk", 8000))

    @property
    def today(self) -> date:
        """The day it is where the clinic is."""
        return self.now.astimezone(_PACIFIC).date()

    @cached_property
    def settings(self) -> Settings:
        """What the clinic says of itself; the last good one when the file is damaged."""
        return settings.settings()

    @cached_property
    def running(self) -> Running | None:
        """The `puente up` of this home."""
        return running.running()

    @cached_property
    def status(self) -> Status:
        """What is published; nothing where it cannot be read, which a check of its own tells."""
        try:
            return status()
        except sqlite3.Error:
            return Status(0, (), None)

    @property
    def real(self) -> bool:
        """Whether a real list is published, so that real people may be answered."""
        return any(not item.source.demo for item in self.status.sources)


Check = Callable[[Look], Iterable[Finding]]
