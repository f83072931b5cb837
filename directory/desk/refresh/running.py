"""The work on one handed-in list: begun as a job of the desk, one at a time, and asked after by its page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from starlette.responses import Response

from directory.desk.frame import Visit, jobs
from directory.desk.frame.jobs import Job, Step
from directory.sync.handed import shelf, working
from directory.sync.handed.shelf import Handed

__all__ = ["Work", "begin", "standing"]

Work = Callable[[Handed, datetime, Step], object]

_PATIENCE = 3.0
"""Seconds that a request waits for a job: most lists are read by then, and nobody has to look at a bar."""

_turn = threading.Lock()
_starting = threading.Lock()


def begin(visit: Visit, item: Handed, what: str, work: Work) -> Response:
    """Begins the work (or finds it begun) and leads to the page of that list."""
    with _starting:
        if jobs.running(_name(item)) is None:
            item = shelf.write(replace(item, working=what, since=visit.now.isoformat()))
            jobs.start(_name(item), lambda step: _in_turn(item, visit.now, work, step), by=visit.who.shown)
    job = jobs.running(_name(item))
    if job:
        jobs.wait(job.id, _PATIENCE)
    return visit.go(f"/refresh/{item.id}")


def standing(item: Handed, now: datetime) -> tuple[Handed, Job | None]:
    """The list as it stands, and the job that works on it; work whose process died is settled."""
    with _starting:
        job = jobs.running(_name(item))
        if job is not None:
            return item, job
        fresh = shelf.opened(item.id, item.account) or item
        return working.settled(fresh, now), None


def _in_turn(item: Handed, now: datetime, work: Work, step: Step) -> None:
    """One list is read at a time here: two large ones at once would need twice the memory."""
    step("wait", 0, None)
    with _turn:
        work(item, now, step)


def _name(item: Handed) -> str:
    return f"refresh {item.id}"
