"""What people are shown: published at all, good, of this version, not too old, and nothing forgotten beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from directory import healing, store
from directory.doctor import backups
from directory.doctor.finding import Finding, Look
from directory.publication.overview import Overview, overview
from directory.status import SourceStatus

__all__ = ["ages", "directory", "healed", "unpublished", "work"]

OLD_DAYS = 45
STALE_DAYS = 90
_MENDED_DAYS = 14


def directory(look: Look) -> Iterator[Finding]:
    """Whether what is published is there, good and of this version."""
    if fault := healing.fault():
        text = f"The published directory {fault}. Puente repairs it when it starts, from the last good publication."
        yield Finding("directory.damaged", "mend", text, "puente publish --whole --anyway")
        return
    if look.status.outdated:
        text = "What is published was made by another version of Puente and cannot be searched."
        yield Finding("directory.outdated", "mend", text, "puente publish")
        return
    if not look.status.published_at or not look.status.listings:
        text = "No place is published: people are told of programs, plans, county offices and 211 only."
        yield Finding("directory.none", "mend", text, "puente source new LIST")
        return
    text = f"{look.status.listings} places are published, since {look.status.published_at:%Y-%m-%d}."
    yield Finding("directory", "ok", text)


def healed(look: Look) -> Iterator[Finding]:
    """An older publication that stands in, and damage that was mended lately: a disk may be failing."""
    found = healing.last()
    if found is None:
        return
    at = datetime.fromtimestamp(healing.note_file().stat().st_mtime, timezone.utc)
    if found.older and _in_force() == found.file:
        yield Finding("directory.older", "mend", f"{found.said} ({at:%Y-%m-%d})", "puente publish")
    elif look.now - at < timedelta(days=_MENDED_DAYS):
        text = (
            f"On {at:%Y-%m-%d} Puente found that the published directory {found.why}, and put a good copy in its place."
        )
        text = f"{text} If that comes again, the disk may be failing."
        yield Finding("directory.mended", "look", text, backups.command(look))


def _in_force() -> str | None:
    try:
        with store.open_directory(any_layout=True) as connection:
            return store.publication(connection).id
    except Exception:  # the check above tells of it
        return None


def ages(look: Look) -> Iterator[Finding]:
    """How old each published list is by the day that it bears."""
    plans = set(look.settings.plans)
    for item in look.status.sources:
        if not item.source.demo:
            yield _age(look.today, item)
    published = {item.source.plan for item in look.status.sources}
    if look.real and (missing := sorted(plans - published)):
        text = f"No list of your {'plan' if len(missing) == 1 else 'plans'} {', '.join(missing)} is published."
        yield Finding("lists.missing", "look", text, "puente print letter")


def _age(today: date, item: SourceStatus) -> Finding:
    id, day = item.source.id, item.source.as_of
    command = f"puente sync {id} --file NEW_LIST"
    if day is None:
        text = f"The list {id} bears no day, so nobody is told how fresh its {item.listings} places are."
        return Finding(f"list.{id}", "look", text, f"puente sync {id} --as-of YYYY-MM-DD")
    days = (today - day).days
    if days < 0:
        text = f"The list {id} bears a day that is still to come ({day})."
        return Finding(f"list.{id}", "look", text, f"puente sync {id} --as-of YYYY-MM-DD")
    if days <= OLD_DAYS:
        return Finding(f"list.{id}", "ok", f"The list {id} is {days} days old ({item.listings} places).")
    text = f"The list {id} is of {day}, {days} days old. Ask for a new one."
    return Finding(f"list.{id}", "mend" if days > STALE_DAYS else "look", text, command)


def unpublished(look: Look) -> Iterator[Finding]:
    """Lists and decisions that people do not see yet, rows that wait for a person, and runs that were stopped."""
    found = _overview(look)
    if found is None:
        return
    for run in (run for run in found.runs if run.stopped):
        why = (run.stopped or "").split(". ")[0].partition(" (")[0].rstrip(".")
        text = f"The last list given for {run.source} could not be taken, so the one before it is shown: {why}."
        command = f"puente sync {run.source} --file NEW_LIST --dry-run"
        yield Finding(f"stopped.{run.source}", "look", text, command)
    if found.undone and not found.undone.newer:
        yield Finding("lists.undone", "look", found.undone.sentence(), "puente history")
    elif found.unpublished or found.decided:
        lists = ", ".join(item.source for item in found.unpublished)
        what = " and ".join(filter(None, [lists and f"new rows of {lists}", _decisions(found.decided)]))
        yield Finding("lists.unpublished", "look", f"People do not see yet: {what}.", "puente diff")
    if found.doubts:
        count = "1 row waits" if found.doubts == 1 else f"{found.doubts} rows wait"
        text = f"{count} for somebody to say whether it is a place that is listed already."
        yield Finding("lists.review", "look", text, "puente review go")
    if not (found.unpublished or found.decided or found.doubts or found.undone):
        yield Finding("lists.published", "ok", "All that was read and decided is published.")


def _decisions(count: int) -> str:
    return "" if not count else "1 decision" if count == 1 else f"{count} decisions"


def _overview(look: Look) -> Overview | None:
    try:
        return overview(look.now)
    except sqlite3.DatabaseError:  # `work` tells of it
        return None


def work(look: Look) -> Iterator[Finding]:
    """A damaged working database."""
    if fault := healing.work_fault():
        yield Finding("work.damaged", "mend", fault, "puente backups")
    elif (look.home / "work.db").exists():
        yield Finding("work", "ok", "The working database can be read.")
