"""What is done with a list that was handed in: looked at, tried, taken. The end of each is kept beside it.

The functions are those of the command line; what they change is whole or not at all. Where the process dies in the
middle, `settled` says afterwards what came of it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime

from directory.errors import ListError, PuenteError, TooMuchGone
from directory.sync import runs, stage
from directory.sync import source as sources
from directory.sync.handed import shelf
from directory.sync.handed.answering import saved, tried
from directory.sync.handed.looking import recognized
from directory.sync.handed.shelf import Ended, Handed
from directory.sync.incoming import Incoming, from_file
from directory.sync.lock import alone
from directory.sync.pipeline import Progress, run
from directory.sync.propose.accepting import as_another
from directory.sync.report import RunReport

__all__ = ["Busy", "incoming", "look", "settled", "take", "test", "try_out"]

PATIENCE = 45.0
"""Seconds to wait for another refresh of this home before saying that there is one."""


class Busy(ListError):
    """Another refresh is running and did not end while this one waited."""


def incoming(item: Handed) -> Incoming:
    """The bytes, under the name that they were handed in with."""
    return replace(from_file(shelf.list_path(item.id)), name=item.name)


def look(item: Handed, now: datetime) -> Handed:
    """Finds out what it is; what is no list is deleted, and only the reason stays."""
    try:
        found = recognized(incoming(item))
    except PuenteError as error:
        shelf.forget_list(item.id)
        return _ended(item, Ended("look", now.isoformat(), str(error), type(error).__name__))
    return _ended(replace(item, found=found.to_json(), as_of=""), Ended("look", now.isoformat()))


def try_out(item: Handed, now: datetime, progress: Progress) -> Handed:
    """A dry run; where the brake stops it, what would come all the same is in the report."""
    why = kind = ""
    try:
        report = _run(item, _like(item), now, progress, dry_run=True)
    except TooMuchGone as error:
        why, kind = f"{item.name}: {'; and '.join(error.reasons)}.", TooMuchGone.__name__
        report = _run(replace(item, accept_gone=True), _like(item), now, progress, dry_run=True)
    except PuenteError as error:
        return _ended(item, Ended("trial", now.isoformat(), str(error), type(error).__name__))
    shelf.write_report(item.id, _plain(report))
    return _ended(item, Ended("trial", now.isoformat(), why, kind, report=True))


def test(item: Handed, now: datetime, progress: Progress) -> Handed:
    """Reads a new list with the answers so far, and keeps what would come of it."""
    progress("read", 0, None)
    try:
        report = tried(incoming(item), item.answers, now.date())
    except PuenteError as error:
        return _ended(item, Ended("test", now.isoformat(), str(error), type(error).__name__))
    shelf.write_report(item.id, report)
    return _ended(item, Ended("test", now.isoformat(), report=True))


def take(item: Handed, now: datetime, progress: Progress) -> Handed:
    """The run that is kept; its bytes are then deleted here, for the history has them."""
    try:
        source = _own_source(item)
        item = shelf.write(replace(item, source=source, saved=source if item.new else item.saved))
        report = _run(item, source, now, progress, dry_run=False)
    except PuenteError as error:
        told = not item.new and shelf.report(item.id) is not None
        return _ended(item, Ended("take", now.isoformat(), str(error), type(error).__name__, report=told))
    shelf.write_report(item.id, _plain(report))
    done = _ended(item, Ended("take", now.isoformat(), report=True))
    shelf.forget_list(item.id)
    return done


def _plain(report: RunReport) -> dict[str, object]:
    return {**report.to_json(), "day_doubtful": report.day.doubtful}


def _own_source(item: Handed) -> str:
    """The list that it is taken as; its source file is made here where it is a new one."""
    if item.new:
        return saved(incoming(item), item)
    if item.own_id and item.own_id not in sources.ids():
        as_another(item.source, item.own_id, item.own_title or None)
    return item.own_id or item.source


def _like(item: Handed) -> str:
    """The list as which a trial reads it: one of its own that is not made yet is read as the one it is like."""
    return item.own_id if item.own_id in sources.ids() else item.source


def _run(item: Handed, source: str, now: datetime, progress: Progress, *, dry_run: bool) -> RunReport:
    _wait_for_others(progress)
    day = date.fromisoformat(item.as_of) if item.as_of else None
    return run(
        source, file=shelf.list_path(item.id), name=item.name, as_of=day, dry_run=dry_run,
        accept_gone=item.accept_gone, now=now, progress=progress,
    )  # fmt: skip


def _wait_for_others(progress: Progress) -> None:
    """Returns once nobody refreshes this home; Busy when somebody goes on for too long."""
    left = PATIENCE
    while True:
        try:
            with alone():
                return
        except ListError as error:
            if left <= 0:
                raise Busy(str(error)) from error
        progress("wait", 0, None)
        time.sleep(0.5)
        left -= 0.5


def _ended(item: Handed, how: Ended) -> Handed:
    return shelf.write(replace(item, working="", job="", ended=how))


def settled(item: Handed, now: datetime) -> Handed:
    """What came of work whose process died: a list that was taken is taken, all else never was."""
    if not item.working:
        return item
    if item.working == "take" and item.source and stage.work_path().exists():
        with stage.open_work() as work:
            if runs.took(work, item.own_id or item.source, item.sha256, item.since):
                shelf.forget_list(item.id)
                return _ended(item, Ended("take", now.isoformat()))
    why = f"{item.name}: Puente stopped while it was reading this list. Nothing was changed. Do it once more."
    return _ended(item, Ended(item.working, now.isoformat(), why, "Died"))
