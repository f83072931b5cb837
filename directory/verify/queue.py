"""Whom to call next: the standing order of the publication with what people reported laid over it.

The order, by points: one for each 30 days since it was checked or listed (24 at most, and where no day is known), 6
where nobody ever checked, 15 for each person whose report is open (60 at most), 8 for each field in which lists differ
(24 at most), one for each 10 times it was shown in the last 30 days (20 at most). With equal points the longest
unchecked comes first, then the order of the names. Left out: what has no phone, and what a call put away for a time,
unless somebody reported it since.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import store
from directory.inbox import reports
from directory.inbox.reports import Reported
from directory.model import Listing
from directory.verify import marks
from directory.verify.fields import Field
from directory.verify.marks import Ended, Hold
from directory.verify.ranking import Key, Ranking, ranking

__all__ = ["PAGE", "Item", "Page", "Reasons", "Wanted", "queue", "reasons"]

PAGE = 15
REPORTED, MOST_REPORTED = 15, 60


@dataclass(frozen=True)
class Wanted:
    """Which places are asked for; None asks for all. `mine` is the account whose begun calls are meant."""

    county: str | None = None
    need: str | None = None
    source: str | None = None
    mine: int | None = None
    put_away: bool = False


@dataclass(frozen=True)
class Reasons:
    """Why a place should be called; `days` is since it was checked (or only listed), None where no day is known."""

    people: int = 0
    what: tuple[tuple[str, int], ...] = ()
    days: int | None = None
    never: bool = False
    shown: int = 0
    differs: tuple[Field, ...] = ()
    unanswered: int = 0


@dataclass(frozen=True)
class Item:
    """A place to call, why, and what others did about it; `put_away` is the call that left it alone until a day."""

    listing: Listing
    points: int
    reasons: Reasons
    hold: Hold | None
    last: Ended | None
    put_away: Ended | None = None


@dataclass(frozen=True)
class Page:
    """One page of the queue, and how many places the whole of it has."""

    items: tuple[Item, ...]
    total: int
    put_away: int


def queue(wanted: Wanted, now: datetime, path: Path, *, page: int = 1, size: int = PAGE) -> Page:
    """The places that most need a call, in the order told above."""
    with store.open_directory(path) as db:
        order = ranking(db, path, now)
        said = {item.subject: item for item in reports.open_reports() if item.about == "listing"}
        away = {id: end for id, end in marks.out(now.date()).items() if not _reported_since(said.get(id), end)}
        rows, away_rows = _rows(db, tuple(said)), _rows(db, tuple(away))
        among = _among(db, wanted, now)
        over = [_key(rowid, said[id], order) for rowid, id in rows.items()]
        keys = _merged(order, sorted(key for key in over if key))
        found = [key for key in keys if _fits(key[2], among, away_rows, wanted)]
        start = (max(page, 1) - 1) * size
        items = _items(db, found[start : start + size], order, said, now)
        return Page(tuple(items), len(found), sum(1 for row in away_rows if among is None or row in among))


def reasons(listing: Listing, now: datetime, path: Path) -> Reasons:
    """Why that place should be called."""
    with store.open_directory(path) as db:
        order = ranking(db, path, now)
        said = {item.subject: item for item in reports.open_reports() if item.about == "listing"}
        rows = _rows(db, (listing.id,))
        return _reasons(next(iter(rows), 0), listing, order, said.get(listing.id), marks.ended(listing.id), now)


def _reported_since(said: Reported | None, end: Ended) -> bool:
    return said is not None and said.last_at > end.at


def _rows(db: sqlite3.Connection, ids: Sequence[str]) -> dict[int, str]:
    """Row -> the id it was asked by, for those that are published."""
    if not ids:
        return {}
    asked = "SELECT value FROM json_each(?)"
    query = f"""SELECT rowid AS row, id FROM listing WHERE id IN ({asked}) UNION ALL
                SELECT listing, id FROM listing_alias WHERE id IN ({asked})"""
    given = json.dumps(list(ids))
    return {row["row"]: row["id"] for row in db.execute(query, (given, given))}


_AMONG = {
    "county": """SELECT listing AS row FROM service_area WHERE county = :county
                 UNION SELECT rowid FROM listing WHERE statewide = 1""",
    "need": "SELECT listing AS row FROM listing_need WHERE need = :need",
    "source": """SELECT rowid AS row FROM listing WHERE source_id = :source
                 UNION SELECT listing FROM said WHERE source_id = :source""",
}


def _among(db: sqlite3.Connection, wanted: Wanted, now: datetime) -> frozenset[int] | None:
    """The rows that the filters leave; None without any filter."""
    values = {name: value for name in _AMONG if (value := getattr(wanted, name))}
    sets = [_set(db, _AMONG[name], values) for name in values]
    if wanted.mine is not None:
        sets.append(frozenset(_rows(db, tuple(marks.of_person(wanted.mine, now)))))
    return frozenset.intersection(*sets) if sets else None


def _set(db: sqlite3.Connection, query: str, values: Mapping[str, str]) -> frozenset[int]:
    cursor = db.cursor()
    cursor.row_factory = None
    return frozenset(row[0] for row in cursor.execute(query, values))


def _key(rowid: int, said: Reported, order: Ranking) -> Key | None:
    """Where a reported place stands; None for one that has no phone or is suspended."""
    found = order.of(rowid)
    if found is None:
        return None
    points, day, _ = found
    return points - min(MOST_REPORTED, REPORTED * said.people), day, rowid


def _merged(order: Ranking, over: Sequence[Key]) -> Iterator[Key]:
    moved = {key[2] for key in over}
    return heapq.merge(over, (key for key in order.all() if key[2] not in moved))


def _fits(rowid: int, among: frozenset[int] | None, away: Mapping[int, str], wanted: Wanted) -> bool:
    return (among is None or rowid in among) and (rowid in away) == wanted.put_away


def _items(
    db: sqlite3.Connection, keys: Sequence[Key], order: Ranking, said: Mapping[str, Reported], now: datetime
) -> Iterator[Item]:  # fmt: skip
    found = store.listings(db, [key[2] for key in keys])
    held, away = marks.holds(now), marks.out(now.date())
    calls = marks.endings([item.id for item in found])
    for (points, _, rowid), listing in zip(keys, found, strict=True):
        ends = calls.get(listing.id, ())
        why = _reasons(rowid, listing, order, said.get(listing.id), ends, now)
        last = ends[0] if ends else None
        yield Item(listing, -points, why, held.get(listing.id), last, away.get(listing.id))


def _reasons(
    rowid: int, listing: Listing, order: Ranking, said: Reported | None, calls: Sequence[Ended], now: datetime
) -> Reasons:  # fmt: skip
    day = listing.assured_on or listing.provenance.as_of
    return Reasons(
        people=said.people if said else 0,
        what=said.what if said else (),
        days=max(0, (now.date() - day).days) if day else None,
        never=listing.assured_on is None,
        shown=order.shown.get(rowid, 0),
        differs=order.differs.get(rowid, ()),
        unanswered=_in_a_row(calls),
    )


def _in_a_row(calls: Sequence[Ended]) -> int:
    """How often nobody answered since somebody last did."""
    return next((count for count, call in enumerate(calls) if call.how != "no_answer"), len(calls))
