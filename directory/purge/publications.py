"""Deletes former publications; the one that people see and the one before it always stay."""

from __future__ import annotations

from directory import store
from directory.purge.files import age, kept_files, remove
from directory.purge.steps import Job, Outcome
from directory.sync.lock import alone

__all__ = ["publications"]

_STAY = 2


def publications(job: Job) -> Outcome:
    """The files of publications older than their days, but for the last two and what is in force."""
    with alone():
        found = sorted(kept_files(job.home, "publications"), key=lambda path: path.stem)
        shown = store.directory_path()
        old = [
            path
            for path in found[:-_STAY]
            if age(path) < job.limit("publications") and not (shown.exists() and path.samefile(shown))
        ]
        lost = "Publications before the last two cannot be put back (`puente undo --to`)."
        return remove("publications", job, old, lost)
