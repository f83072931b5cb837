"""A purge once a day while Puente runs, also when nobody writes for days."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from directory import logs
from directory.errors import PuenteError
from directory.purge import clock
from directory.purge.run import due, purge

__all__ = ["Daily"]

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 3600.0


def _utc() -> datetime:
    return datetime.now(timezone.utc)


class Daily:
    """A thread that notes the time every hour and purges once a day; it dies with its process, at any moment."""

    def __init__(self, home: Path, *, now: Callable[[], datetime] = _utc, every: float = _LOOK_SECONDS) -> None:
        self._home, self._now, self._every = home, now, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="purge", daemon=True)

    def start(self) -> Daily:
        """Looks at once, then every hour."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends the thread after the step it is in."""
        self._stop.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.look()
            self._stop.wait(self._every)

    def look(self) -> None:
        """Purges if a day went by; whatever goes wrong is a line of the log and is tried again in an hour."""
        now = self._now()
        try:
            if due(self._home, now):
                report = purge(self._home, now)
                gone = sum(outcome.gone for outcome in report.outcomes)
                waits = sum(1 for outcome in report.outcomes if outcome.waits)
                logs.event(logger, "purge.done", gone=gone, waits=waits, level=_level(waits))
            else:
                clock.note(self._home, now)
        except PuenteError as error:  # a doubtful clock, another purge, settings that do not fit
            logs.event(logger, "purge.refused", level=logging.ERROR, error=error)
        except Exception as error:
            logs.event(logger, "purge.failed", level=logging.ERROR, error=error)


def _level(waits: int) -> int:
    return logging.WARNING if waits else logging.INFO
