"""Deletes former publications; the one that people see, the one before it and the last two always stay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from directory.healing import judging
from directory.publication import shelf
from directory.purge.files import age, kept_files, remove
from directory.purge.steps import Job, Outcome
from directory.sync.lock import alone

__all__ = ["publications"]

_STAY = 2


def publications(job: Job) -> Outcome:
    """The files of publications older than their days, but for those that must be there to be put back."""
    with alone():
        found = sorted(kept_files(job.home, "publications"), key=lambda path: path.stem)
        staying = _staying([path.stem for path in found])
        limit = job.limit("publications")
        old = [path for path in found if path.stem not in staying and age(path) < limit]
        lost = "Publications before the last two cannot be put back (`puente undo --to`)."
        return remove("publications", job, old, lost)


def _staying(names: Sequence[str]) -> set[str | None]:
    """Told by its name what people see: it may be a file of its own, or be damaged and wait for its kept copy."""
    shown = {shelf.shown(), judging.newest()}
    before = {name for name, later in pairwise(names) if later in shown}
    return {*names[-_STAY:], *shown, *before}
