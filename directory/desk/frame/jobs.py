"""Work that takes longer than a moment: it goes on in a thread while a page says how far it is.

A job lives in this process. One whose process ended is not known any more; what it did is in the history.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from directory import logs
from directory.errors import PuenteError

__all__ = ["Busy", "Job", "State", "Step", "Work", "get", "running", "start", "wait"]

logger = logging.getLogger(__name__)

Step = Callable[[str, int, "int | None"], None]
"""Takes what is being done (a code), how much of it is done, and of how much (None: nobody knows)."""
Work = Callable[[Step], object]
_KEPT = 50
"""Jobs that are remembered after they ended, so that a page that is open can still say how."""


class State(str, Enum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Busy(PuenteError):
    """Somebody has begun the same kind of job, and it is not at its end; `job` is that one."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"{job.by or 'Somebody'} has begun this a moment ago and it is still running.")
        self.job = job


@dataclass(frozen=True)
class Job:
    """One job as it stands: `result` is what the work gave back, `error` the sentence of a PuenteError.

    A failed job without `error` broke in a way that nobody foresaw; the log says where.
    """

    id: str
    name: str
    by: str = ""
    state: State = State.RUNNING
    what: str = ""
    done: int = 0
    of: int | None = None
    result: object = None
    error: str | None = None

    @property
    def percent(self) -> int | None:
        """How much is done, 0 to 100; None when nobody knows."""
        return min(100, 100 * self.done // self.of) if self.of else None


@dataclass
class _Entry:
    job: Job
    ended: threading.Event = field(default_factory=threading.Event)


_lock = threading.Lock()
_entries: dict[str, _Entry] = {}


def start(name: str, work: Work, *, by: str = "") -> str:
    """Begins `work` in a thread and returns the id of the job; Busy when one of that name is running."""
    with _lock:
        if held := _running(name):
            raise Busy(held)
        entry = _Entry(Job(secrets.token_hex(8), name, by))
        _entries[entry.job.id] = entry
        _forget()
    thread = threading.Thread(target=_run, args=(entry, work), name=f"job-{name}", daemon=True)
    thread.start()
    return entry.job.id


def get(id: str) -> Job | None:
    """The job as it stands; None when this process knows none of that id."""
    found = _entries.get(id)
    return found.job if found else None


def running(name: str) -> Job | None:
    """The job of that name that is not at its end."""
    with _lock:
        return _running(name)


def wait(id: str, seconds: float) -> Job | None:
    """The job once it is at its end, or as it stands after so many seconds."""
    found = _entries.get(id)
    if found is None:
        return None
    found.ended.wait(seconds)
    return found.job


def _running(name: str) -> Job | None:
    jobs = (entry.job for entry in _entries.values())
    return next((job for job in jobs if job.name == name and job.state is State.RUNNING), None)


def _forget() -> None:
    over = [id for id, entry in _entries.items() if entry.job.state is not State.RUNNING][:-_KEPT]
    for id in over:
        del _entries[id]


def _run(entry: _Entry, work: Work) -> None:
    def step(what: str, done: int, of: int | None) -> None:
        entry.job = replace(entry.job, what=what, done=done, of=of)

    try:
        entry.job = replace(entry.job, state=State.DONE, result=work(step))
    except PuenteError as error:
        entry.job = replace(entry.job, state=State.FAILED, error=str(error))
    except Exception as error:  # whatever broke: a job that never ends would hold up the next one for ever
        logs.event(logger, "desk.job.failed", level=logging.ERROR, error=error)
        entry.job = replace(entry.job, state=State.FAILED)
    finally:
        entry.ended.set()
