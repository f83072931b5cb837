"""moment: whether what somebody looked at before they publish or undo is still so; else they hear who was first."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.errors import PublishError
from directory.publication import shelf
from directory.publication.shelf import Record

__all__ = ["Overtaken", "in_force", "mark", "refuse_other_mark", "refuse_other_publication"]

_PACIFIC = ZoneInfo("America/Los_Angeles")
_STATE = """SELECT (SELECT coalesce(max(number), 0) FROM run), (SELECT coalesce(max(number), 0) FROM decision),
            (SELECT count(*) FROM decision WHERE undone_at IS NOT NULL)"""


class Overtaken(PublishError):
    """Something was read, decided or published after somebody looked; `record` is what is in force now."""

    def __init__(self, done: str, record: Record | None) -> None:
        who = f" In force now: {record.id}, by {record.who or 'somebody'}." if record else ""
        super().__init__(
            f"Since you looked, something was read, decided or published here, so {done}.{who} "
            "What people see stays as it was. Look again, then decide."
        )
        self.record = record


def mark(work: sqlite3.Connection, now: datetime) -> str:
    """Changes whenever publishing would show something else: a run, a decision, a publication, another day."""
    record = in_force(work)
    day = now.astimezone(_PACIFIC).date() if now.tzinfo else now.date()
    state = (*work.execute(_STATE).fetchone(), record.id if record else None, shelf.shown(), day.isoformat())
    return hashlib.sha256(repr(state).encode()).hexdigest()[:20]


def in_force(work: sqlite3.Connection) -> Record | None:
    """The line of what people see now; None when nothing is published that work.db knows."""
    return shelf.in_force(shelf.records(work))


def refuse_other_mark(work: sqlite3.Connection, seen: str | None, now: datetime) -> None:
    """Overtaken unless it is as it was looked at; None asks for nothing."""
    if seen is not None and mark(work, now) != seen:
        raise Overtaken("nothing was published", in_force(work))


def refuse_other_publication(work: sqlite3.Connection, seen: str | None) -> None:
    """Overtaken unless that publication (an id) is the one in force; None asks for nothing."""
    record = in_force(work)
    if seen is not None and (record.id if record else "") != seen:
        raise Overtaken("nothing was undone", record)
