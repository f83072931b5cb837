"""Query -> SearchResult: who helps with this, here, now.

Where: a listing that serves whole counties matches the county of the place; a listing people walk into matches within
30 miles of the place, across county lines (asked for a county alone, both kinds match the county they serve). Without
coordinates it is in the middle of its ZIP or city. Where no list covers the county, nothing farther away stands in.

A filter has three values and never empties the page: yes comes before unknown, and what is known not to fit is left out
as long as anything else is left. When nothing is left, filters are given up in the order of `Relaxed`, and only those
whose giving up was needed are named.

Order: the program asked for, the plan, the filters, stale last, nearest first, checked before listed, name. What serves
the county from an office within 30 miles is as near as that office; a stale listing's hours and the like are unknown.

The services of one organization at one place are one hit: the best of them, with the others beside it.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path

from directory import hours, places, store
from directory.eligibility import rules
from directory.model import Capacity, Listing, Need, Place, PlaceKind, Reach, Tri
from directory.position import Position, position

__all__ = ["Freshness", "Hit", "Query", "Relaxed", "SearchResult", "found", "freshness", "hit", "search"]

NEAR_MILES = 30.0
FAR_MILES = 60.0
CHECKED_DAYS = 180
STALE_DAYS = 365
CAPACITY_DAYS = 30
COVERED_PART = 0.05
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
    """A listing as found; `miles` only where people walk in, seen from a place smaller than a county.

    Where a listing gives no coordinates, `about_miles` is measured from the middle of its ZIP or city, and `miles` is
    None. `also` are the other services of that organization at that place that fit the question, best first.
    """

    listing: Listing
    miles: float | None
    open: Tri
    freshness: Freshness
    room: Tri = Tri.UNKNOWN
    also: tuple[Hit, ...] = ()
    about_miles: float | None = None

    @property
    def services(self) -> tuple[Hit, ...]:
        """This listing, then the others at that place."""
        return (self, *self.also)


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found; `total` counts places, each once, however many services it gives.

    `covered` says whether a list is about the county of the place: it has a listing for that county alone, or every
    twentieth of its listings serves it.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    relaxed: tuple[Relaxed, ...]
    covered: bool


_Row = tuple[int, ...]
"""What the search reads of a listing: its rowid, its place, then one column for each step that may be given up."""

_NO = 2
_TRI = {Tri.YES: 0, Tri.UNKNOWN: 1, Tri.NO: _NO}
"""A filter's answer as a number: what is known not to fit is 2, and less is better."""


def search(query: Query, *, now: datetime, path: Path | None = None) -> SearchResult:
    """The page of places that fits the query best at `now` (aware); DirectoryMissing before the first publication."""
    with store.open_directory(path) as connection:
        # Each request reads a fresh connection's pages: mapping the file halves the time, and it is only ever replaced.
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        covered = _covered(connection, query.place)
        ranked, relaxed = _best(connection, query, now, covered)
        order = list(dict.fromkeys([row[1] for row in ranked]))
        page = order[max(query.offset, 0) :][: max(query.limit, 0)]
        hits = _hits(connection, _services(ranked, page), now, query.place)
        return SearchResult(query, hits, len(order), relaxed, covered)


def found(listing_id: str, *, now: datetime, query: Query | None = None, path: Path | None = None) -> Hit:
    """A place found earlier by the listing that stood for it, with the other services there of the query's need.

    UnknownListing when that listing is gone.
    """
    query = query or Query()
    need = query.need or _need_of(query.program)
    with store.open_directory(path) as connection:
        listing = store.listing(connection, listing_id)
        others = connection.execute(_OTHERS, {"id": listing_id, "need": need.value if need else None})
        also = store.listings(connection, [row["rowid"] for row in others])
    return hit(listing, now=now, place=query.place, also=also)


_OTHERS = """
    SELECT other.rowid FROM listing AS one JOIN listing AS other ON other.place = one.place AND other.id <> one.id
    WHERE one.id = :id
        AND (:need IS NULL OR other.rowid IN (SELECT listing FROM listing_need WHERE need = :need))
    ORDER BY other.rowid
"""


def hit(listing: Listing, *, now: datetime, place: Place | None = None, also: Iterable[Listing] = ()) -> Hit:
    """One known listing as a search would show it at `now`, seen from that place."""
    today = now.astimezone(hours.PACIFIC).date()
    age = freshness(listing, today)
    at = position(listing) if listing.reach is Reach.DISTANCE and _by_foot(place) else None
    miles = _miles(place, at) if place and at else None
    return Hit(
        listing,
        None if at and at.about else miles,
        Tri.UNKNOWN if age is Freshness.STALE else hours.is_open(listing.schedule, now),
        age,
        _room(listing.capacity, listing.capacity_on, today),
        tuple(hit(other, now=now, place=place) for other in also),
        miles if at and at.about else None,
    )


def _miles(place: Place, at: Position) -> float:
    return places.miles(place.latitude, place.longitude, at.latitude, at.longitude)


def freshness(listing: Listing, today: date) -> Freshness:
    """How far a listing may be trusted on that day."""
    day = listing.assured_on or listing.provenance.as_of
    if day is None:
        return Freshness.LISTED
    age = (today - day).days
    if age > STALE_DAYS:
        return Freshness.STALE
    return Freshness.CHECKED if listing.assured_on and 0 <= age <= CHECKED_DAYS else Freshness.LISTED


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


def _services(ranked: Iterable[_Row], page: Sequence[int]) -> list[list[int]]:
    """For each place of the page, the rows of its services, best first."""
    of_place: dict[int, list[int]] = {place: [] for place in page}
    for row in ranked:
        if row[1] in of_place:
            of_place[row[1]].append(row[0])
    return list(of_place.values())


def _hits(
    connection: sqlite3.Connection, services: Sequence[Sequence[int]], now: datetime, place: Place | None
) -> tuple[Hit, ...]:
    rowids = [rowid for rows in services for rowid in rows]
    records = dict(zip(rowids, store.listings(connection, rowids), strict=True))
    return tuple(
        hit(records[best], now=now, place=place, also=[records[other] for other in others])
        for best, *others in services
    )


# What is given up when nothing is left


@dataclass(frozen=True)
class _Width:
    """What is looked at beyond what was asked: places farther away (`far`), other programs of the need (`other`)."""

    far: bool = False
    other: bool = False

    @property
    def miles(self) -> float:
        return FAR_MILES if self.far else NEAR_MILES


def _best(
    connection: sqlite3.Connection, query: Query, now: datetime, covered: bool
) -> tuple[Sequence[_Row], tuple[Relaxed, ...]]:
    """All that fits, best first, and what was given up for it; where no list covers the county, never the distance."""
    wider = _Width(far=covered and query.place is not None, other=query.program is not None)
    for width in dict.fromkeys((_Width(), wider)):
        steps = _steps(query, width)
        left, relaxed = _relax(_rows(connection, query, now, width), tuple(steps))
        if left:
            return left, relaxed
    return (), ()


def _steps(query: Query, width: _Width) -> list[Relaxed]:
    """What may be given up, in its order; distance and program only once nothing is left without."""
    asked = {
        Relaxed.LANGUAGE: query.language,
        Relaxed.OPEN_NOW: query.open_now,
        Relaxed.TAKING_REFERRALS: query.taking_referrals,
        Relaxed.CAPACITY: query.has_room,
        Relaxed.PLAN: query.plan,
        Relaxed.DISTANCE: width.far,
        Relaxed.PROGRAM: width.other,
    }
    return [step for step, wanted in asked.items() if wanted]


def _relax(rows: Sequence[_Row], steps: Sequence[Relaxed]) -> tuple[Sequence[_Row], tuple[Relaxed, ...]]:
    """Gives up steps one after the other until something is left, then takes back those that did not matter."""
    if not rows or not steps:
        return rows, ()
    kept = list(steps)
    while not (left := _fitting(rows, steps, kept)):
        kept.pop(0)
    for step in steps:
        if step not in kept and (tighter := _fitting(rows, steps, [*kept, step])):
            kept.append(step)
            left = tighter
    return left, tuple(step for step in steps if step not in kept)


def _fitting(rows: Sequence[_Row], steps: Sequence[Relaxed], kept: Sequence[Relaxed]) -> Sequence[_Row]:
    columns = [2 + steps.index(step) for step in kept]
    return [row for row in rows if all(row[column] != _NO for column in columns)]


# One question to the database


def _rows(connection: sqlite3.Connection, query: Query, now: datetime, width: _Width) -> list[_Row]:
    """The listings that may fit, best first; what is compared and sorted is compared and sorted by SQLite."""
    if query.text and not query.text.isspace() and not _match(query.text):
        return []
    steps = _steps(query, width)
    minute = now.replace(second=0, microsecond=0)
    connection.create_function("is_open", 1, lambda text: _TRI[_is_open(text, minute)], deterministic=True)
    columns = ", ".join(("l.rowid", "l.place", *(f"{_column(step, query)} AS {step.value}" for step in steps)))
    conditions = " AND ".join(f"({text})" for text in _conditions(query, width))
    area = _AREA if query.place else ""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: there may be thousands
    return cursor.execute(
        f"SELECT {columns} FROM listing AS l {area} WHERE {conditions or '1'} ORDER BY {_order(query, steps)}",
        _values(query, now, width),
    ).fetchall()


def _order(query: Query, steps: Sequence[Relaxed]) -> str:
    first = (
        Relaxed.PROGRAM,
        Relaxed.PLAN,
        Relaxed.CAPACITY,
        Relaxed.TAKING_REFERRALS,
        Relaxed.OPEN_NOW,
        Relaxed.LANGUAGE,
    )
    asked = [step.value for step in first if step in steps]
    nearest = [_NEAREST] if _by_foot(query.place) else []
    return ", ".join((*asked, _STALE, *nearest, _UNCHECKED, "l.rowid"))


def _any(table: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} AS x WHERE x.{column} = :{column} AND x.listing = l.rowid)"


def _tri(table: str, column: str) -> str:
    stated = f"EXISTS (SELECT 1 FROM {table} AS x WHERE x.listing = l.rowid)"
    return f"CASE WHEN {_any(table, column)} THEN 0 WHEN {stated} THEN 2 ELSE 1 END"


# A joined row of `service_area` (none where the county is not served) is looked at twice and looked up once.
_AREA = "LEFT JOIN service_area AS area ON area.county = :county AND area.listing = l.rowid"
_BY_COUNTY = "(l.reach = 'county' OR l.x IS NULL)"
_SERVED = f"(area.listing IS NOT NULL OR (l.statewide = 1 AND {_BY_COUNTY}))"
_FAR_SQUARED = "((l.x - :x) * (l.x - :x) + (l.y - :y) * (l.y - :y) + (l.z - :z) * (l.z - :z))"
_IN_CIRCLE = f"(l.reach = 'distance' AND {_FAR_SQUARED} <= :circle)"
# What serves the county from far away is no nearer than what has no office at all.
_NEAREST = f"CASE WHEN l.reach = 'distance' OR {_FAR_SQUARED} <= :near THEN coalesce({_FAR_SQUARED}, 9) ELSE 9 END"
_STALE = "coalesce(l.dated_on < :stale, 0)"
_UNCHECKED = "coalesce(l.assured_on NOT BETWEEN :checked AND :today, 1)"

_COLUMNS: Mapping[Relaxed, str] = {
    Relaxed.LANGUAGE: _tri("listing_language", "language"),
    Relaxed.OPEN_NOW: f"CASE WHEN {_STALE} THEN 1 ELSE is_open(l.schedule) END",
    Relaxed.TAKING_REFERRALS: "CASE l.taking_referrals WHEN 'yes' THEN 0 WHEN 'no' THEN 2 ELSE 1 END",
    Relaxed.CAPACITY: (
        "CASE WHEN l.capacity_on < :room THEN 1 WHEN l.capacity = 'open' THEN 0 "
        "WHEN l.capacity IN ('full', 'wait_list') THEN 2 ELSE 1 END"
    ),
    Relaxed.PLAN: _tri("listing_plan", "plan"),
    Relaxed.PROGRAM: f"CASE WHEN {_any('listing_program', 'program')} THEN 0 ELSE 2 END",
}


def _column(step: Relaxed, query: Query) -> str:
    if step is not Relaxed.DISTANCE:
        return _COLUMNS[step]
    if query.place is None:
        return "0"
    near = f"CASE WHEN {_BY_COUNTY} THEN {_SERVED} ELSE {_FAR_SQUARED} <= :near END"
    near = near if _by_foot(query.place) else _SERVED
    return f"CASE WHEN {near} THEN 0 ELSE 2 END"


def _conditions(query: Query, width: _Width) -> list[str]:
    return [text for text in (_what(query, width.other), _worded(query), _where(query.place, width.far)) if text]


def _what(query: Query, other: bool) -> str:
    by_program = "l.rowid IN (SELECT listing FROM listing_program WHERE program = :program)"
    by_need = "l.rowid IN (SELECT listing FROM listing_need WHERE need = :need)"
    if query.program is None:
        return by_need if query.need else ""
    return f"{by_program} OR {by_need}" if other else by_program


def _need_of(program: str | None) -> Need | None:
    known = rules.programs().get(program) if program else None
    return known.need if known else None


def _worded(query: Query) -> str:
    return "l.rowid IN (SELECT rowid FROM listing_word WHERE listing_word MATCH :words)" if _match(query.text) else ""


def _match(text: str | None) -> str:
    """Every word of a text as the beginning of a word that the listing must have, accents and capitals aside."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text or ""))
    return " AND ".join(f'"{word}"*' for word in words[:MOST_WORDS])


def _where(place: Place | None, far: bool) -> str:
    if place is None:
        return ""
    if place.kind is PlaceKind.COUNTY:
        return f"{_SERVED} OR {_IN_CIRCLE}" if far else _SERVED
    return f"{_SERVED} OR {_IN_CIRCLE}" if far else f"({_BY_COUNTY} AND {_SERVED}) OR {_IN_CIRCLE}"


def _by_foot(place: Place | None) -> bool:
    """Whether a distance from there says something: not from the middle of a county."""
    return place is not None and place.kind is not PlaceKind.COUNTY


def _values(query: Query, now: datetime, width: _Width) -> dict[str, object]:
    today = now.astimezone(hours.PACIFIC).date()
    need = query.need or _need_of(query.program)
    return {
        "need": need.value if need else None,
        "program": query.program,
        "plan": query.plan,
        "language": query.language,
        "words": _match(query.text),
        "today": today.isoformat(),
        "checked": (today - timedelta(days=CHECKED_DAYS)).isoformat(),
        "stale": (today - timedelta(days=STALE_DAYS)).isoformat(),
        "room": (today - timedelta(days=CAPACITY_DAYS)).isoformat(),
        **(_around(query.place, width.miles) if query.place else {}),
    }


def _around(place: Place, miles: float) -> dict[str, object]:
    x, y, z = places.on_globe(place.latitude, place.longitude)
    return {
        "county": place.county,
        "x": x,
        "y": y,
        "z": z,
        "near": places.chord(NEAR_MILES) ** 2,
        "circle": places.chord(miles) ** 2,
    }


@lru_cache(maxsize=8192)
def _is_open(schedule: str | None, minute: datetime) -> Tri:
    """Many places keep the same hours, and many people ask within the same minute."""
    return hours.is_open(store.schedule_from_json(schedule), minute)


def _covered(connection: sqlite3.Connection, place: Place | None) -> bool:
    if place is None:
        return connection.execute("SELECT 1 FROM listing LIMIT 1").fetchone() is not None
    values = {"county": place.county, "part": COVERED_PART}
    return any(connection.execute(text, values).fetchone() for text in (_ALONE, _SHARE))


# A list of one region names counties far away too, for the few organizations that serve half the state.
_ALONE = """
    SELECT 1 FROM service_area AS one WHERE county = :county
        AND NOT EXISTS (SELECT 1 FROM service_area AS x WHERE x.listing = one.listing AND x.county <> one.county)
    LIMIT 1
"""
_SHARE = """
    SELECT 1 FROM service_area AS area JOIN listing AS l ON l.rowid = area.listing WHERE area.county = :county
    GROUP BY l.source_id
    HAVING count(*) >= :part * (SELECT count(*) FROM listing AS every WHERE every.source_id = l.source_id)
    LIMIT 1
"""
