"""A person's answer to one doubtful row, whole and only once: of two who decide, the second hears who was first."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from directory.errors import DecisionError
from directory.sync import decisions
from directory.sync.decisions import Decision, Kind
from directory.sync.review.deciding import join, part
from directory.sync.review.doubts import Doubt, waiting
from directory.sync.review.rows import draft_of, shown

__all__ = ["DecidedFirst", "Overtaken", "about", "answer", "mark"]


class DecidedFirst(DecisionError):
    """Somebody decided about the row after it was looked at; `made` is that decision."""

    def __init__(self, row: str, made: Decision) -> None:
        what = "the same place as" if made.kind is Kind.SAME else "another place than"
        super().__init__(
            f"{made.who} decided first, on {made.decided_at:%Y-%m-%d} at {made.decided_at:%H:%M}: {row} is {what} "
            f"{made.listing_id} ({made.why}). Nothing of yours was kept. To take it back: puente decisions "
            f"--take-back {made.number}"
        )
        self.made = made


class Overtaken(DecisionError):
    """The row, or a place that it may be, says something else than when it was looked at, or does not wait any more."""


def mark(work: sqlite3.Connection, item: Doubt) -> str:
    """What somebody looks at who decides about the row: it changes when a list or another person changes it."""
    said = [dict(draft_of(work, item.source_id, item.row_id))]
    said += [dict(shown(work, one.listing_id), id=one.listing_id) for one in item.candidates]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
    return f"{digest}.{_last(about(work, item.id))}"


def about(work: sqlite3.Connection, row: str) -> tuple[Decision, ...]:
    """What was decided about the row `source:row` and is in force, oldest first."""
    source_id, _, row_id = row.partition(":")
    return decisions.of_row(work, source_id, row_id)


def answer(
    work: sqlite3.Connection, row: str, same: str | None, seen: str, *, who: str, why: str, now: datetime
) -> tuple[Decision, ...]:
    """Decides that the row is the place `same`, or (None) none of those it may be; all of it or nothing is kept.

    `seen` is the `mark` of what the person looked at. DecidedFirst or Overtaken when it is not so any more.
    """
    with work:
        work.execute("BEGIN IMMEDIATE")
        item = _as_seen(work, row, seen)
        if same is None:
            return tuple(part(work, row, one.listing_id, who=who, why=why, now=now) for one in item.candidates)
        if same not in {one.listing_id for one in item.candidates}:
            raise DecisionError(f"{row} was not compared with {same}. Nothing was changed.")
        return (join(work, row, same, who=who, why=why, now=now),)


def _as_seen(work: sqlite3.Connection, row: str, seen: str) -> Doubt:
    newer = [made for made in about(work, row) if (made.number or 0) > _number(seen)]
    if newer:
        raise DecidedFirst(row, newer[-1])
    for item in _named(row, waiting(work)):
        if mark(work, item) == seen:
            return item
    raise Overtaken(
        f"{row}, or a place that it may be, has changed since it was looked at. Nothing was decided. Look at it again."
    )


def _named(row: str, items: Iterable[Doubt]) -> Iterator[Doubt]:
    return (item for item in items if item.id == row)


def _last(made: tuple[Decision, ...]) -> int:
    return max((item.number or 0 for item in made), default=0)


def _number(seen: str) -> int:
    number = seen.rpartition(".")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0
