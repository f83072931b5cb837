"""One purge from its first step to its last; killed anywhere, what is left is whole, and the next one goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from directory import reserve, store
from directory.errors import PrivacyError, PuenteError, origin
from directory.locks import locked
from directory.privacy import inventory
from directory.purge import clock, desk, files, inbox, lists, publications, rows, texts
from directory.purge.clock import Clock
from directory.purge.steps import Job, Outcome, Step

__all__ = ["STEPS", "Report", "conversations_before", "due", "purge"]

_DAY = timedelta(days=1)

STEPS: Mapping[str, Step] = {
    # Whole files first: on a full disk they make the room that a database needs to delete rows.
    **{item.id: partial(files.old_files, item.id) for item in inventory().values() if item.purged == "files"},
    "backups": files.backups,
    "publications": publications.publications,
    "raw_lists": lists.raw_lists,
    "conversations": rows.conversations,
    "records": rows.records,
    **{id: partial(inbox.inbox, id) for id in inbox.STORE_OF},
    **{id: partial(desk.desk, id) for id in desk.OLD},
    "texts_given": texts.texts_given,
    "raw_rows": lists.raw_rows,
}
"""Id of the inventory -> what ends it, in the order in which a purge goes. What is not here is never purged."""


@dataclass(frozen=True)
class Report:
    """What a purge did, or would do, and the time that it counted by."""

    counted: datetime
    outcomes: tuple[Outcome, ...]
    dry_run: bool = False

    @property
    def whole(self) -> bool:
        """Whether every step was done."""
        return not any(outcome.waits for outcome in self.outcomes)


def due(home: Path, now: datetime) -> bool:
    """Whether the last purge came to its end a day ago or more (or never)."""
    last = clock.purged_at(home)
    return last is None or abs(now - last) >= _DAY


def purge(home: Path, now: datetime, *, dry_run: bool = False, now_is_right: bool = False) -> Report:
    """Deletes all that is older than its days; PrivacyError when the clock is doubtful or another purge is running."""
    looked = _looked(home, now, now_is_right)
    if looked.doubt:
        raise PrivacyError(looked.doubt)
    if dry_run:
        job = Job(home, looked, dry_run)
        return Report(looked.counted, tuple(_done(id, job) for id in STEPS), dry_run)
    with _alone(home):
        clock.note(home, now, right=now_is_right)
        report = Report(looked.counted, tuple(_done(id, Job(home, looked)) for id in STEPS))
        if report.whole:
            clock.note_purge(home, now)
        reserve.keep_back(home)
    return report


def conversations_before(now: datetime) -> tuple[datetime, datetime]:
    """Before when a conversation was last touched that has to go, and the time counted by; PrivacyError in doubt."""
    home = store.home()
    looked = _looked(home, now, False)
    if looked.doubt:
        raise PrivacyError(looked.doubt)
    clock.note(home, now)
    return Job(home, looked).limit("conversations"), looked.counted


def _looked(home: Path, now: datetime, right: bool) -> Clock:
    try:
        newest = rows.newest(home)
    except sqlite3.Error:  # damaged, or no room: its step says so
        newest = None
    return clock.look(home, now, newest=newest, right=right)


def _done(id: str, job: Job) -> Outcome:
    """One step; where it fails for want of room, once more with the room kept back; else it waits, and says why."""
    try:
        return _tried(id, job)
    except (OSError, sqlite3.Error, PuenteError) as error:
        return Outcome(id, waits=_why(error))


def _tried(id: str, job: Job) -> Outcome:
    try:
        return STEPS[id](job)
    except (OSError, sqlite3.OperationalError):
        if job.dry_run or not reserve.spend(job.home):
            raise
        return STEPS[id](job)


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, PuenteError) else origin(error)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    busy = PrivacyError("Another purge is running here. Nothing was changed by this one. Wait until it is done.")
    with locked(home / "purge.lock", busy):
        yield
