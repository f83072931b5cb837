"""A purge that is killed: killed.py STEP WHEN DAYS; WHEN is `after` it, or a number of deletions in it."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from directory import store
from directory.purge import purge, run


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def around(step: run.Step, when: str) -> run.Step:
    def killed(job: Any) -> Any:
        if when.isdigit():
            _die_at(int(when))
        outcome = step(job)
        die()
        return outcome

    return killed


def _die_at(number: int) -> None:
    """Kills at the nth deletion of a file or statement of a database from here on."""
    left = [number]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:
            die()

    unlink, connect = Path.unlink, sqlite3.connect

    def unlinking(self: Path, missing_ok: bool = False) -> None:
        unlink(self, missing_ok=missing_ok)
        count()

    def connecting(*given: Any, **more: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*given, **more)
        db.set_trace_callback(count)
        return db

    Path.unlink = unlinking  # type: ignore[method-assign]
    sqlite3.connect = connecting  # type: ignore[assignment]


if __name__ == "__main__":
    name, when = sys.argv[1:3]
    run.STEPS[name] = around(run.STEPS[name], when)  # type: ignore[index]
    purge(store.home(), datetime.now(timezone.utc) + timedelta(days=int(sys.argv[3])), now_is_right=True)
