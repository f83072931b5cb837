"""A query to a page of places: opens the directory, asks its index, reads the listings of the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from directory import hours, store
from directory.errors import UnknownListing
from directory.healing import once_more
from directory.model import Place
from directory.search import index
from directory.search.facets import Facets
from directory.search.query import Hit, Query, Relaxed, SearchResult
from directory.search.ranking import Ranking
from directory.search.reading import reading
from directory.search.relaxing import relax
from directory.search.sieve import Sieve, Width, need_of
from directory.search.today import hit, suspended

__all__ = ["faceted", "found", "search"]

COVERED_PART = 0.05


@once_more
def search(query: Query, *, now: datetime, path: Path | None = None) -> SearchResult:
    """The page of places that fits the query best at `now` (aware); DirectoryMissing before the first publication."""
    with reading(path) as connection:
        return _found(connection, query, now)[0]


@once_more
def faceted(query: Query, *, now: datetime, path: Path | None = None) -> tuple[SearchResult, Facets]:
    """The same page, and how many of all the places found say what."""
    with reading(path) as connection:
        result, ranking = _found(connection, query, now)
        return result, ranking.facets()


def _found(connection: sqlite3.Connection, query: Query, now: datetime) -> tuple[SearchResult, Ranking]:
    known = index.of(connection)
    covered = _covered(known, query.place)
    ranking, relaxed = _best(known, connection, query, now, covered)
    page = ranking.page(max(query.offset, 0), max(query.limit, 0))
    hits = _hits(connection, [[known.rowids[one] for one in place] for place in page], now, query.place)
    return SearchResult(query, hits, ranking.places(), relaxed, covered, ranking.said(page)), ranking


def _best(
    known: index.Index, connection: sqlite3.Connection, query: Query, now: datetime, covered: bool
) -> tuple[Ranking, tuple[Relaxed, ...]]:
    """All that fits, best first, and what was given up for it; where no list covers the county, never the distance."""
    wider = Width(far=covered and query.place is not None, other=query.program is not None)
    for width in dict.fromkeys((Width(), wider)):
        sieve = Sieve(known, connection, query, now, width)
        answers = {step: sieve.answer(step) for step in sieve.steps()} if sieve.candidates else {}
        left, relaxed = relax(sieve.candidates, {step: one.no for step, one in answers.items()})
        if left:
            break
    return Ranking(sieve, left, answers), relaxed


def _covered(known: index.Index, place: Place | None) -> bool:
    """A list of one region names counties far away too, for the few organizations that serve half the state."""
    if place is None:
        return known.size > 0
    served = known.names[f"county/{place.county}"]
    if served & known.names["county alone"]:
        return True
    lists = (mask for name, mask in known.names.masks.items() if name.startswith("source_id/"))
    return any((served & mask).bit_count() >= max(COVERED_PART * mask.bit_count(), 1) for mask in lists)


def _hits(
    connection: sqlite3.Connection, services: Sequence[Sequence[int]], now: datetime, place: Place | None
) -> tuple[Hit, ...]:
    rowids = [rowid for rows in services for rowid in rows]
    records = dict(zip(rowids, store.listings(connection, rowids), strict=True))
    return tuple(
        hit(records[best], now=now, place=place, also=[records[other] for other in others])
        for best, *others in services
    )


@once_more
def found(listing_id: str, *, now: datetime, query: Query | None = None, path: Path | None = None) -> Hit:
    """A place found earlier by the listing that stood for it, with the other services there of the query's need.

    UnknownListing when that listing is gone, or suspended.
    """
    query = query or Query()
    need = query.need or need_of(query.program)
    today = now.astimezone(hours.PACIFIC).date()
    with reading(path) as connection:
        listing = store.listing(connection, listing_id)
        others = connection.execute(_OTHERS, {"id": listing.id, "need": need.value if need else None})
        also = store.listings(connection, [row["rowid"] for row in others])
    if suspended(listing, today):
        raise UnknownListing(
            f"The listing {listing_id!r} is suspended until {listing.suspended_until}, so it is shown to nobody. "
            "`puente search` prints the ids that are shown."
        )
    return hit(listing, now=now, place=query.place, also=[one for one in also if not suspended(one, today)])


_OTHERS = """
    SELECT other.rowid FROM listing AS one JOIN listing AS other ON other.place = one.place AND other.id <> one.id
    WHERE one.id = :id
        AND (:need IS NULL OR EXISTS (SELECT 1 FROM listing_need WHERE listing = other.rowid AND need = :need))
    ORDER BY other.rowid
"""
