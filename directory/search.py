"""Query -> SearchResult: who helps with this, here, now.

Where: a listing that serves whole counties matches the county of the place; a listing people walk into matches within
30 miles of the place, across county lines (asked for a county alone, both kinds match the county they serve).

A filter has three values and never empties the page: yes comes before unknown, and what is known not to fit is left out
as long as anything else is left. When nothing is left, filters are given up in the order of `Relaxed`, and only those
whose giving up was needed are named.

Order: the program asked for, the plan, the filters, stale last, nearest first, checked before listed, name.
"""

from __future__ import annotations

import math
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from directory import hours, places, store
from directory.eligibility import rules
from directory.model import Capacity, Listing, Need, Place, PlaceKind, Reach, Schedule, Tri

__all__ = ["Freshness", "Hit", "Query", "Relaxed", "SearchResult", "freshness", "hit", "search"]

NEAR_MILES = 30.0
FAR_MILES = 60.0
CHECKED_DAYS = 180
STALE_DAYS = 365
CAPACITY_DAYS = 30
MOST_WORDS = 8
MAPPED_BYTES = 1 << 28


class Freshness(str, Enum):
    """Checked by somebody within 180 days; only listed; or stale: checked, or else listed, over a year ago."""

    CHECKED = "checked"
    LISTED = "listed"
    STALE = "stale"


class Relaxed(str, Enum):
    """What a search gives up when nothing is left, in this order; distance: 60 miles, or anywhere in the county."""

    LANGUAGE = "language"
    OPEN_NOW = "open_now"
    TAKING_REFERRALS = "taking_referrals"
    CAPACITY = "capacity"
    PLAN = "plan"
    DISTANCE = "distance"
    PROGRAM = "program"


@dataclass(frozen=True)
class Query:
    """What a person asks for; whatever is None or False does not matter to them.

    `program` and `plan` are ids, `language` an ISO 639-1 code, `text` words of a name or description.
    """

    need: Need | None = None
    program: str | None = None
    place: Place | None = None
    plan: str | None = None
    language: str | None = None
    open_now: bool = False
    taking_referrals: bool = False
    has_room: bool = False
    text: str | None = None
    limit: int = 5
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """A listing as found; `miles` only where people walk in, seen from a place smaller than a county."""

    listing: Listing
    miles: float | None
    open: Tri
    freshness: Freshness
    room: Tri = Tri.UNKNOWN


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found; `covered` says whether any list has any listing for the county of the place."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    relaxed: tuple[Relaxed, ...]
    covered: bool


class _Candidate(NamedTuple):
    rowid: int
    id: str
    name: str
    miles: float | None
    near: bool
    reachable: bool
    worded: bool
    program: bool
    plan: Tri
    room: Tri
    referrals: Tri
    open: Tri
    language: Tri
    freshness: Freshness


_FITS: Mapping[Relaxed, Callable[[_Candidate], bool]] = {
    Relaxed.LANGUAGE: lambda candidate: candidate.language is not Tri.NO,
    Relaxed.OPEN_NOW: lambda candidate: candidate.open is not Tri.NO,
    Relaxed.TAKING_REFERRALS: lambda candidate: candidate.referrals is not Tri.NO,
    Relaxed.CAPACITY: lambda candidate: candidate.room is not Tri.NO,
    Relaxed.PLAN: lambda candidate: candidate.plan is not Tri.NO,
    Relaxed.DISTANCE: lambda candidate: candidate.near,
    Relaxed.PROGRAM: lambda candidate: candidate.program,
}
_WORTH = {Tri.YES: 0, Tri.UNKNOWN: 1, Tri.NO: 2}
_FRESH = {Freshness.CHECKED: 0, Freshness.LISTED: 1, Freshness.STALE: 2}


def search(query: Query, *, now: datetime, path: Path | None = None) -> SearchResult:
    """The page of listings that fits the query best at `now` (aware); DirectoryMissing before the first publication."""
    with store.open_directory(path) as connection:
        # Each request reads a fresh connection's pages: mapping the file halves the time, and it is only ever replaced.
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        ranked, relaxed = _best(connection, query, now)
        page = ranked[max(query.offset, 0) :][: max(query.limit, 0)]
        records = store.listings(connection, [candidate.rowid for candidate in page])
        hits = tuple(hit(record, now=now, place=query.place) for record in records)
        return SearchResult(query, hits, len(ranked), relaxed, _covered(connection, query.place))


def hit(listing: Listing, *, now: datetime, place: Place | None = None) -> Hit:
    """One known listing as a search would show it at `now`, seen from that place."""
    miles = None
    by_foot = listing.reach is Reach.DISTANCE and place is not None and place.kind is not PlaceKind.COUNTY
    if by_foot and place and listing.latitude is not None and listing.longitude is not None:
        miles = places.miles(place.latitude, place.longitude, listing.latitude, listing.longitude)
    today = now.astimezone(hours.PACIFIC).date()
    is_open = hours.is_open(listing.schedule, now)
    return Hit(listing, miles, is_open, freshness(listing, today), _room(listing.capacity, listing.capacity_on, today))


def freshness(listing: Listing, today: date) -> Freshness:
    """How far a listing may be trusted on that day."""
    return _freshness(listing.assured_on, listing.provenance.as_of, today)


def _freshness(assured_on: date | None, as_of: date | None, today: date) -> Freshness:
    day = assured_on or as_of
    if day is None:
        return Freshness.LISTED
    age = (today - day).days
    if age > STALE_DAYS:
        return Freshness.STALE
    return Freshness.CHECKED if assured_on and 0 <= age <= CHECKED_DAYS else Freshness.LISTED


def _best(connection: sqlite3.Connection, query: Query, now: datetime) -> tuple[list[_Candidate], tuple[Relaxed, ...]]:
    filters = _asked(query)
    candidates = _candidates(connection, query, now, wide=False)
    left, relaxed = _relax(candidates, filters)
    if not left and (query.place or query.program):
        wide = (Relaxed.DISTANCE, Relaxed.PROGRAM) if query.program else (Relaxed.DISTANCE,)
        left, relaxed = _relax(_candidates(connection, query, now, wide=True), (*filters, *wide))
    return sorted(left, key=_rank), relaxed


def _asked(query: Query) -> tuple[Relaxed, ...]:
    asked = {
        Relaxed.LANGUAGE: query.language,
        Relaxed.OPEN_NOW: query.open_now,
        Relaxed.TAKING_REFERRALS: query.taking_referrals,
        Relaxed.CAPACITY: query.has_room,
        Relaxed.PLAN: query.plan,
    }
    return tuple(step for step, wanted in asked.items() if wanted)


def _relax(
    candidates: Sequence[_Candidate], steps: Sequence[Relaxed]
) -> tuple[Sequence[_Candidate], tuple[Relaxed, ...]]:
    """Gives up steps one after the other until something is left, then takes back those that did not matter."""
    if not candidates:
        return (), ()
    kept = list(steps)
    while not (left := _fitting(candidates, kept)):
        kept.pop(0)
    for step in steps:
        if step not in kept and (tighter := _fitting(candidates, [*kept, step])):
            kept.append(step)
            left = tighter
    return left, tuple(step for step in steps if step not in kept)


def _fitting(candidates: Iterable[_Candidate], steps: Sequence[Relaxed]) -> list[_Candidate]:
    fits = [_FITS[step] for step in steps]
    return [candidate for candidate in candidates if all(fit(candidate) for fit in fits)]


def _rank(candidate: _Candidate) -> tuple[object, ...]:
    return (
        not candidate.program,
        _WORTH[candidate.plan],
        _WORTH[candidate.room],
        _WORTH[candidate.referrals],
        _WORTH[candidate.open],
        _WORTH[candidate.language],
        candidate.freshness is Freshness.STALE,
        math.inf if candidate.miles is None else candidate.miles,
        _FRESH[candidate.freshness],
        candidate.name.casefold(),
        candidate.id,
    )


def _candidates(connection: sqlite3.Connection, query: Query, now: datetime, *, wide: bool) -> list[_Candidate]:
    columns, values = _columns(query)
    conditions: list[str] = []
    for text, more in (_what(query, wide), _where(query.place, wide)):
        if text:
            conditions.append(f"({text})")
            values |= more
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there may be thousands, and their columns are named in _Row
    rows = cursor.execute(
        f"SELECT {columns} FROM listing AS l JOIN source AS s ON s.id = l.source_id {_AREA if query.place else ''} "
        f"WHERE {' AND '.join(conditions) or '1'}",
        values,
    )
    read = _Reader(query, now)
    found = [read.candidate(_Row(*row)) for row in rows]
    return [candidate for candidate in found if (candidate.near or (wide and candidate.reachable)) and candidate.worded]


class _Row(NamedTuple):
    """What the search reads of each listing: the columns of `_columns`, in that order."""

    rowid: int
    id: str
    name: str
    latitude: float | None
    longitude: float | None
    taking_referrals: str
    capacity: str
    capacity_on: str | None
    assured_on: str | None
    as_of: str | None
    schedule: str | None
    words: str
    served: int
    program: int
    plan: str
    language: str


def _columns(query: Query) -> tuple[str, dict[str, object]]:
    by_foot = "CASE WHEN l.reach = 'distance' THEN l.{} END"
    columns = (
        "l.rowid",
        "l.id",
        "l.name",
        by_foot.format("latitude"),
        by_foot.format("longitude"),
        "l.taking_referrals",
        "l.capacity",
        "l.capacity_on",
        "l.assured_on",
        "coalesce(l.as_of, s.as_of)",
        "l.schedule" if query.open_now else "NULL",
        "l.name || ' ' || l.organization || ' ' || coalesce(l.description, '')" if query.text else "''",
        _SERVED if query.place else "1",
        _any("listing_program", "program") if query.program else "1",
        _tri("listing_plan", "plan") if query.plan else "'unknown'",
        _tri("listing_language", "language") if query.language else "'unknown'",
    )
    values: dict[str, object] = {
        "county": query.place.county if query.place else None,
        "program": query.program,
        "plan": query.plan,
        "language": query.language,
    }
    return ", ".join(columns), values


def _any(table: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} AS x WHERE x.{column} = :{column} AND x.listing = l.rowid)"


def _tri(table: str, column: str) -> str:
    stated = f"EXISTS (SELECT 1 FROM {table} AS x WHERE x.listing = l.rowid)"
    return f"CASE WHEN {_any(table, column)} THEN 'yes' WHEN {stated} THEN 'no' ELSE 'unknown' END"


# A joined row of `service_area` (none where the county is not served) is looked at twice and looked up once.
_AREA = "LEFT JOIN service_area AS area ON area.county = :county AND area.listing = l.rowid"
_BY_COUNTY = "(l.reach = 'county' OR l.latitude IS NULL)"
_SERVED = f"(area.listing IS NOT NULL OR (l.statewide = 1 AND {_BY_COUNTY}))"
_IN_BOX = "(l.reach = 'distance' AND l.latitude BETWEEN :south AND :north AND l.longitude BETWEEN :west AND :east)"


def _what(query: Query, wide: bool) -> tuple[str, dict[str, object]]:
    by_program = "l.rowid IN (SELECT listing FROM listing_program WHERE program = :program)"
    by_need = "l.rowid IN (SELECT listing FROM listing_need WHERE need = :need)"
    need = query.need or (_need_of(query.program) if query.program and wide else None)
    values: dict[str, object] = {"need": need.value if need else None}
    if query.program is None:
        return (by_need if need else ""), values
    return (f"{by_program} OR {by_need}" if wide and need else by_program), values


def _need_of(program: str) -> Need | None:
    known = rules.programs().get(program)
    return known.need if known else None


def _where(place: Place | None, wide: bool) -> tuple[str, dict[str, object]]:
    if place is None:
        return "", {}
    if place.kind is PlaceKind.COUNTY and not wide:
        return _SERVED, {}
    box = _box(place, FAR_MILES if wide else NEAR_MILES)
    return (f"{_SERVED} OR {_IN_BOX}" if wide else f"({_BY_COUNTY} AND {_SERVED}) OR {_IN_BOX}"), box


def _box(place: Place, miles: float) -> dict[str, object]:
    # A degree of latitude is 68.7 miles or more everywhere, so the box is never smaller than the circle.
    up = miles / 68.7
    across = miles / (68.7 * math.cos(math.radians(place.latitude)))
    return {
        "south": place.latitude - up,
        "north": place.latitude + up,
        "west": place.longitude - across,
        "east": place.longitude + across,
    }


def _folded(text: str) -> str:
    """Lower case without accents, so that "pena" finds "Peña"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


class _Reader:
    """Turns rows into candidates for one query at one moment."""

    def __init__(self, query: Query, now: datetime) -> None:
        self._query = query
        self._today = now.astimezone(hours.PACIFIC).date()
        self._words = _folded(query.text or "").split()[:MOST_WORDS]
        self._minute = now.replace(second=0, microsecond=0)

    def candidate(self, row: _Row) -> _Candidate:
        query = self._query
        miles = self._miles(row)
        served = bool(row.served)
        return _Candidate(
            row.rowid,
            row.id,
            row.name,
            miles,
            near=served if miles is None else miles <= NEAR_MILES,
            reachable=served or miles is None or miles <= FAR_MILES,
            worded=self._has_words(row.words),
            program=bool(row.program),
            plan=_TRI[row.plan],
            room=_room(Capacity(row.capacity), _day(row.capacity_on), self._today) if query.has_room else Tri.UNKNOWN,
            referrals=_TRI[row.taking_referrals] if query.taking_referrals else Tri.UNKNOWN,
            open=_is_open(row.schedule, self._minute) if query.open_now else Tri.UNKNOWN,
            language=_TRI[row.language],
            freshness=_freshness_of_texts(row.assured_on, row.as_of, self._today),
        )

    def _miles(self, row: _Row) -> float | None:
        place = self._query.place
        if place is None or place.kind is PlaceKind.COUNTY or row.latitude is None or row.longitude is None:
            return None
        return places.miles(place.latitude, place.longitude, row.latitude, row.longitude)

    def _has_words(self, text: str) -> bool:
        if not self._words:
            return True
        folded = _folded(text)
        return all(word in folded for word in self._words)


_TRI = {tri.value: tri for tri in Tri}
_ROOM = {
    Capacity.OPEN: Tri.YES,
    Capacity.WAIT_LIST: Tri.NO,
    Capacity.FULL: Tri.NO,
    Capacity.ASSESSMENT_FIRST: Tri.UNKNOWN,
    Capacity.UNKNOWN: Tri.UNKNOWN,
}


def _room(capacity: Capacity, said_on: date | None, today: date) -> Tri:
    """Whether there is room; what somebody said more than 30 days ago is unknown again."""
    if said_on and today - said_on > timedelta(days=CAPACITY_DAYS):
        return Tri.UNKNOWN
    return _ROOM[capacity]


@lru_cache(maxsize=8192)
def _is_open(schedule: str | None, minute: datetime) -> Tri:
    """Many places keep the same hours, and many people ask within the same minute."""
    return hours.is_open(_schedule(schedule), minute)


@lru_cache(maxsize=2048)
def _schedule(text: str | None) -> Schedule | None:
    return store.schedule_from_json(text)


@lru_cache(maxsize=8192)
def _freshness_of_texts(assured_on: str | None, as_of: str | None, today: date) -> Freshness:
    return _freshness(_day(assured_on), _day(as_of), today)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _covered(connection: sqlite3.Connection, place: Place | None) -> bool:
    if place is None:
        return connection.execute("SELECT 1 FROM listing LIMIT 1").fetchone() is not None
    return (
        connection.execute("SELECT 1 FROM service_area WHERE county = ? LIMIT 1", (place.county,)).fetchone()
        is not None
    )
