"""Which day a list bears: what was said with it, or stands on it; else the day in its source file, and that is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.errors import ListError
from directory.sync.incoming import Incoming
from directory.sync.propose.days import day_of
from directory.sync.source import Source
from directory.sync.stage import Run

__all__ = ["ListDay", "list_day"]

_MOST_BYTES = 20_000_000
"""A longer list is not opened a second time for the lines above its headings."""


@dataclass(frozen=True)
class ListDay:
    """The day (None when nothing tells it), why, and whether it may be that of an earlier list."""

    day: date | None = None
    why: str = ""
    doubtful: bool = False

    def to_line(self) -> str:
        """One line of the report."""
        if self.day is None:
            return "The day of the list is not known (--as-of 2026-11-01 says it)."
        if self.doubtful:
            return (
                f"The day of the list: {self.day}, {self.why}. It may be that of an earlier list: nothing in this one "
                "tells its day. Say it with --as-of 2026-11-01, else its places look older than they are."
            )
        return f"The day of the list: {self.day} ({self.why})."


def list_day(source: Source, list_: Incoming, last: Run | None, *, said: date | None, today: date) -> ListDay:
    """The day of this list; ListError when the day that was said has not come yet.

    `last` is the last run of the source: bytes that were taken then keep their day; where others were taken, the day
    in the source file may be theirs.
    """
    name, same = list_.name, last is not None and last.list_sha256 == list_.sha256
    if said is not None:
        if said > today:
            raise ListError(f"{name}: {said} has not come yet, so no list can be of that day. Nothing was changed.")
        return ListDay(said, "as you said")
    if last and same and last.as_of and "as_of" not in source.columns:
        return ListDay(last.as_of, "as when it came")
    found, why = day_of(name, _above(source, name, list_.data))
    if found is not None and found <= today:
        written = source.as_of
        closer = written and "only the month" in why and written.replace(day=1) == found
        return ListDay(written, f"from {source.id}.yml") if closer else ListDay(found, why)
    if source.as_of is None:
        return ListDay(None, "no list or row tells it")
    return ListDay(source.as_of, f"from {source.id}.yml", doubtful=last is not None and not same)


def _above(source: Source, name: str, data: bytes) -> tuple[str, ...]:
    """The lines above the headings, where the source file says that there are some."""
    if source.layout.kind not in ("csv", "xlsx") or source.layout.heading_row == 1 or len(data) > _MOST_BYTES:
        return ()
    from directory.sync.propose.guess import guess  # it brings much along that no other list needs

    try:
        return guess(data, name)[1]
    except ListError:  # who reads the list tells what is wrong with it
        return ()
