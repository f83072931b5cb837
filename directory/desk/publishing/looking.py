"""What publishing would change, built once for each state of work.db and kept while it is looked at."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from directory import store
from directory.desk.frame import Visit, jobs
from directory.desk.frame.jobs import Busy, Job
from directory.publication import moment
from directory.publication.beforehand import Beforehand, beforehand
from directory.sync import stage

__all__ = ["AT_ONCE", "Look", "look"]

AT_ONCE = 1.5
"""Seconds that a page waits for its work before it says how far it is."""
_PATIENCE = 5.0

_lock = threading.Lock()
_kept: dict[Path, Beforehand] = {}


@dataclass(frozen=True)
class Look:
    """What was found, or the job that is still looking, or the sentence why it cannot be looked at."""

    found: Beforehand | None = None
    job: Job | None = None
    error: str | None = None


def look(visit: Visit) -> Look:
    """What publishing now would change; the job, when that takes longer than a moment."""
    home, now = store.home(), visit.now
    with stage.open_work() as work:
        mark = moment.mark(work, now)
    if (known := _kept.get(home)) and known.mark == mark:
        return Look(known)

    def work_on(step: jobs.Step) -> Beforehand:
        found = beforehand(now, patience=_PATIENCE, progress=lambda done, of: step("build", done, of))
        with _lock:
            _kept.clear()  # one is enough: a page of another state would be wrong
            _kept[home] = found
        return found

    try:
        id = jobs.start(f"diff {home}", work_on)
    except Busy as busy:
        id = busy.job.id
    job = jobs.wait(id, AT_ONCE)
    if job and job.state is jobs.State.RUNNING:
        return Look(job=job)
    if job and isinstance(job.result, Beforehand):
        return Look(job.result)
    return Look(error=(job.error if job else None) or visit.say("publish.broke"))
