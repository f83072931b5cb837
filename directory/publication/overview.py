"""overview: what work.db holds that people do not see yet, when each list was last read, and whether it was undone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from directory.publication import shelf, undo
from directory.publication.shelf import Record
from directory.publication.undo import UndoneState
from directory.sync import decisions, review, runs, stage

__all__ = ["LastRun", "Overview", "Unpublished", "overview"]


@dataclass(frozen=True)
class LastRun:
    """The last time a list was read: when, how many days ago, the day it bears; `stopped` says why it was refused.

    `day_of_earlier`: the day is that of a list before this one.
    """

    source: str
    at: str
    days: int
    as_of: str | None
    stopped: str | None
    day_of_earlier: bool = False


@dataclass(frozen=True)
class Unpublished:
    """What a list brought since the publication in force."""

    source: str
    added: int
    changed: int
    gone: int


@dataclass(frozen=True)
class Overview:
    """All of it; `decided` counts decisions made or taken back since, `doubts` rows that wait for one."""

    runs: tuple[LastRun, ...]
    unpublished: tuple[Unpublished, ...]
    decided: int
    doubts: int
    undone: UndoneState | None

    def to_json(self) -> dict[str, object]:
        """All of it as plain JSON."""
        return {
            "runs": [dict(vars(item)) for item in self.runs],
            "unpublished": [dict(vars(item)) for item in self.unpublished],
            "decided": self.decided,
            "doubts": self.doubts,
            "undone": self.undone.sentence() if self.undone else None,
        }

    def to_lines(self) -> list[str]:
        """What a person should know or do."""
        lines = [_run_line(run) for run in self.runs]
        if self.unpublished or self.decided:
            lines += ["", "Not published yet (look: puente diff; show it: puente publish):"]
            lines += [f"  {i.source}: {i.added} new, {i.changed} changed, {i.gone} gone" for i in self.unpublished]
        if self.decided:
            lines.append(f"  {self.decided} decision{'s' if self.decided != 1 else ''}")
        if self.doubts:
            lines += ["", f"Doubtful rows that wait for a person: {self.doubts} (puente review)"]
        return [*lines, "", self.undone.sentence()] if self.undone else lines


def overview(now: datetime) -> Overview | None:
    """What work.db holds at `now`; None before the first list."""
    if not stage.work_path().exists():
        return None
    with stage.open_work() as work:
        known = shelf.records(work)
        current = shelf.in_force(known)
        return Overview(
            tuple(_last_runs(work, now)),
            tuple(_unpublished(work, current)),
            _decided(work, current),
            len(review.waiting(work)),
            undo.state(work),
        )


def _last_runs(work: sqlite3.Connection, now: datetime) -> list[LastRun]:
    query = """SELECT source_id, started_at, as_of, kind, why FROM run
               WHERE number IN (SELECT max(number) FROM run GROUP BY source_id) ORDER BY source_id"""
    return [
        LastRun(
            row["source_id"], row["started_at"], max(_days(now, row["started_at"]), 0), row["as_of"],
            (row["why"] or "for a reason that was not kept") if row["kind"] == "stopped" else None,
            runs.earlier_day(work, row["source_id"]),
        )
        for row in work.execute(query)
    ]  # fmt: skip


def _days(now: datetime, text: str) -> int:
    then = datetime.fromisoformat(text)
    return (now.date() - then.astimezone(now.tzinfo).date()).days if now.tzinfo and then.tzinfo else 0


def _unpublished(work: sqlite3.Connection, current: Record | None) -> list[Unpublished]:
    query = """SELECT source_id, sum(added), sum(changed), sum(gone) FROM run WHERE number > ? AND kind <> 'stopped'
               GROUP BY source_id HAVING sum(added) + sum(changed) + sum(gone) > 0 ORDER BY source_id"""
    return [Unpublished(*row) for row in work.execute(query, (current.through_run if current else 0,))]


def _decided(work: sqlite3.Connection, current: Record | None) -> int:
    if current is None:
        return decisions.last_number(work)
    query = "SELECT count(*) FROM decision WHERE number > ? OR undone_at > ?"
    return int(work.execute(query, (current.through_decision, current.published_at)).fetchone()[0])


def _run_line(run: LastRun) -> str:
    ago = "today" if run.days == 0 else "yesterday" if run.days == 1 else f"{run.days} days ago"
    stopped = f"; it was STOPPED: {run.stopped}" if run.stopped else ""
    day = "; day of an earlier list: say --as-of" if run.day_of_earlier and not run.stopped else ""
    return f"  {run.source}: last read {run.at[:10]} ({ago}){day}{stopped}"
