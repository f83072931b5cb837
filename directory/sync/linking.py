"""Which listing each new row belongs to: what matching says is written beside the row, and told in the report."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from directory.sync.changes import Place
from directory.sync.fields import excerpt
from directory.sync.match import Match, Matcher, Outcome
from directory.sync.match.twins import twins

__all__ = ["Asked", "Joined", "Linked", "link"]

_CHUNK = 1_000
_SHOWN = 10


@dataclass(frozen=True)
class Joined:
    """A row that is a place of another list."""

    place: Place
    listing_id: str


@dataclass(frozen=True)
class Asked:
    """A row that may be one of these listings; a person decides."""

    place: Place
    listing_ids: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """The rows that were joined to a place of another list, and those that somebody has to be asked about."""

    joined: tuple[Joined, ...] = ()
    asked: tuple[Asked, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Both as plain JSON, with names."""
        return {
            "joined": [{"id": x.place.id, "name": x.place.name, "listing": x.listing_id} for x in self.joined],
            "asked": [{"id": x.place.id, "name": x.place.name, "listings": list(x.listing_ids)} for x in self.asked],
        }

    def to_lines(self) -> Iterator[str]:
        """The first of each for a person."""
        yield from _block("The same place as on another list", [(x.place, x.listing_id) for x in self.joined])
        yield from _block(
            "Perhaps the same place; somebody has to decide",
            [(x.place, " or ".join(x.listing_ids)) for x in self.asked],
        )


def _block(heading: str, items: Sequence[tuple[Place, str]]) -> Iterator[str]:
    if not items:
        return
    yield from ("", f"{heading} ({len(items)}):")
    yield from (f"  {excerpt(place.name)}  ({place.id}) = {other}" for place, other in items[:_SHOWN])
    if len(items) > _SHOWN:
        yield f"  and {len(items) - _SHOWN} more (--json names them all)"


def link(work: sqlite3.Connection, source_id: str, number: int, now: datetime) -> Linked:
    """Links every row in force that has no link yet, as part of run `number`."""
    keys: dict[str, str | int] = {"source": source_id, "run": number, "now": now.isoformat()}
    if not work.execute(_OTHERS, keys).fetchone()[0]:
        work.execute(_ALL_NEW, keys)
        return Linked(asked=_twins(work, source_id, number, now.isoformat()))
    rows = [row["row_id"] for row in work.execute(f"SELECT row_id {_UNLINKED}", keys)]
    joined: list[Joined] = []
    asked: list[Asked] = []
    found = Matcher(work, source_id).matches(_drafts(work, source_id, rows)) if rows else iter(())
    while part := list(islice(found, _CHUNK)):
        _write(work, source_id, part, number, now.isoformat())
        for row, match in part:
            if match.outcome == Outcome.SAME:
                joined.append(Joined(_place(work, source_id, row), match.listing_id))
            elif match.outcome == Outcome.ASK:
                listings = tuple(item.listing_id for item in match.candidates)
                asked.append(Asked(_place(work, source_id, row), listings))
    return Linked(tuple(joined), (*asked, *_twins(work, source_id, number, now.isoformat())))


def _twins(work: sqlite3.Connection, source_id: str, number: int, now: str) -> tuple[Asked, ...]:
    """Rows that another row of this list resembles: each keeps a place of its own until somebody has decided."""
    asked = []
    for twin in list(twins(work, source_id, number)):
        row, found = twin.row_id, twin.candidate
        match = Match(Outcome.ASK, found.listing_id, found.reasons, (found,))
        _write_candidates(work, source_id, [(row, match)], now)
        work.execute(
            "UPDATE link SET outcome = 'ask' WHERE source_id = ? AND row_id = ? AND outcome = 'new'", (source_id, row)
        )
        asked.append(Asked(_place(work, source_id, row), (found.listing_id,)))
    return tuple(asked)


_UNLINKED = """
    FROM staged WHERE source_id = :source AND changed_run = :run AND refused = 0 AND ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM link WHERE link.source_id = :source AND link.row_id = staged.row_id)
"""
_OTHERS = """
    SELECT EXISTS (SELECT 1 FROM staged WHERE source_id < :source AND refused = 0 AND ended_on IS NULL)
        OR EXISTS (SELECT 1 FROM staged WHERE source_id > :source AND refused = 0 AND ended_on IS NULL)
"""
_ALL_NEW = f"""
    INSERT INTO link SELECT source_id, row_id, source_id || ':' || row_id, 'new', '["first_seen"]', :now, :run
    {_UNLINKED}
"""


def _drafts(work: sqlite3.Connection, source_id: str, rows: list[str]) -> Iterator[tuple[str, str]]:
    query = "SELECT draft FROM staged WHERE source_id = ? AND row_id = ?"
    for row in rows:
        yield row, work.execute(query, (source_id, row)).fetchone()["draft"]


def _write(
    work: sqlite3.Connection, source_id: str, found: Iterable[tuple[str, Match]], number: int, now: str
) -> None:  # fmt: skip
    found = list(found)
    work.executemany(
        "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (source_id, row, match.listing_id, match.outcome.value, _reasons(match.reasons), now, number)
            for row, match in found
        ],
    )
    _write_candidates(work, source_id, found, now)


def _write_candidates(work: sqlite3.Connection, source_id: str, found: Iterable[tuple[str, Match]], now: str) -> None:
    work.executemany(
        "INSERT OR REPLACE INTO candidate VALUES (?, ?, ?, ?, ?)",
        [
            (source_id, row, item.listing_id, _reasons(item.reasons), now)
            for row, match in found
            for item in match.candidates
        ],
    )


@lru_cache(maxsize=4096)
def _reasons(reasons: tuple[str, ...]) -> str:
    return json.dumps([getattr(reason, "value", reason) for reason in reasons])


def _place(work: sqlite3.Connection, source_id: str, row: str) -> Place:
    query = """SELECT json_extract(draft, '$.name') AS name, confidential FROM staged
               WHERE source_id = ? AND row_id = ?"""
    found = work.execute(query, (source_id, row)).fetchone()
    return Place(f"{source_id}:{row}", found["name"], bool(found["confidential"]))
