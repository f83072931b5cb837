"""What became of one place: what its rows said before and after, what people decided about it, the newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from directory.sync import stage
from directory.sync.review.rows import secret_ids

__all__ = ["MOST", "Step", "of_place"]

MOST = 100
"""Steps that are told."""
_SAYING = ("keep", "notice")
"""Decisions whose value is for people to read."""
_DERIVED = ("schedule", "latitude", "longitude", "reach")

_CHANGES = f"""
    SELECT change.kind, change.field, change.before, change.after, run.started_at, run.kind AS run_kind, run.who,
        change.source_id, coalesce(source.title, change.source_id) AS title
    FROM link JOIN run ON run.source_id = link.source_id
    JOIN change ON change.run = run.number AND change.row_id = link.row_id
    LEFT JOIN source ON source.id = change.source_id
    WHERE link.listing_id = ? AND change.field NOT IN ({", ".join("?" * len(_DERIVED))})
    ORDER BY run.number DESC, change.row_id, change.field LIMIT ?
"""
_DECISIONS = "SELECT * FROM decision WHERE listing_id = ? ORDER BY number DESC LIMIT ?"


@dataclass(frozen=True)
class Step:
    """One thing that happened: `kind` is added, changed or gone (of `title`, a list), or the kind of a decision.

    `before` and `after` are text or JSON of `field`; of a place that is or was confidential both are None, as after
    their days in `work.db`. `why` is a decision's reason, `until` its last day.
    """

    at: datetime
    kind: str
    title: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None
    who: str | None = None
    why: str = ""
    until: str = ""
    undone_by: str | None = None
    number: int | None = None


def of_place(listing_id: str) -> tuple[Step, ...]:
    """What happened to that place, at most 100 steps; empty where no list was read here."""
    if not stage.work_path().exists():
        return ()
    with stage.open_work() as work:
        secret = listing_id in secret_ids(work)
        steps = [*_changes(work, listing_id, secret), *_decisions(work, listing_id, secret)]
    return tuple(sorted(steps, key=lambda step: step.at.timestamp(), reverse=True)[:MOST])


def _changes(work: sqlite3.Connection, listing_id: str, secret: bool) -> Iterator[Step]:
    for row in work.execute(_CHANGES, (listing_id, *_DERIVED, MOST)):
        before, after = (None, None) if secret else (row["before"], row["after"])
        yield Step(
            datetime.fromisoformat(row["started_at"]), row["kind"], row["title"], row["field"], before, after,
            who=row["who"],
        )  # fmt: skip


def _decisions(work: sqlite3.Connection, listing_id: str, secret: bool) -> Iterator[Step]:
    for row in work.execute(_DECISIONS, (listing_id, MOST)):
        yield Step(
            datetime.fromisoformat(row["decided_at"]), row["kind"], field=row["field"] or "",
            after=row["value"] if not secret and row["kind"] in _SAYING else None, who=row["who"], why=row["why"],
            until=row["until"] or "", undone_by=row["undone_by"], number=row["number"],
        )  # fmt: skip
