"""Which places a clinic calls this week: those nobody checked for the longest time, the most important needs first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from directory import store
from directory.model import Listing, Need, Phone, PhoneKind
from directory.search.today import CHECKED_DAYS

__all__ = ["FIRST", "TEN", "places_to_call", "voice"]

TEN = 10
FIRST = (Need.FOOD, Need.HOUSING, Need.TRANSPORT)
"""The needs that Puente exists for, called before all others."""
_CHUNK = 40
_CANDIDATES = """
    SELECT listing.rowid FROM listing JOIN source ON source.id = listing.source_id
    WHERE listing.confidential = 0
      AND (listing.suspended_until IS NULL OR listing.suspended_until < :today)
      AND (listing.assured_on IS NULL OR listing.assured_on < :since)
      AND ({area})
      AND {need}
      AND EXISTS (SELECT 1 FROM phone WHERE phone.listing = listing.rowid AND phone.kind = 'voice')
    ORDER BY listing.assured_on IS NOT NULL, coalesce(listing.assured_on, listing.as_of, source.as_of, ''), listing.id
"""
_NEEDED = "EXISTS (SELECT 1 FROM listing_need AS n WHERE n.listing = listing.rowid AND n.need {test})"


def places_to_call(
    connection: sqlite3.Connection, counties: Sequence[str], today: date, most: int = TEN
) -> tuple[Listing, ...]:
    """At most so many published places of these counties (none named: of all), each phone once.

    Food, housing and rides take turns, then comes the rest. Left out: what somebody checked within half a year, what
    is closed for a time, what has no phone, and every place whose address is secret.
    """
    each = [_of_need(connection, counties, today, f"= '{need.value}'") for need in FIRST]
    turns = (record for turn in zip_longest(*each) for record in turn if record)
    rest = _of_need(connection, counties, today, f"NOT IN {tuple(need.value for need in FIRST)}")
    found: dict[str, Listing] = {}
    for record in (*_first(turns, most), *_first(rest, most)):
        number = voice(record)
        if number and len(found) < most:
            found.setdefault(number.number, record)
    return tuple(found.values())


def voice(record: Listing) -> Phone | None:
    """The number to call."""
    return next((phone for phone in record.phones if phone.kind is PhoneKind.VOICE), None)


def _first(records: Iterator[Listing], most: int) -> Iterator[Listing]:
    """The first with so many different numbers."""
    seen: set[str] = set()
    for record in records:
        number = voice(record)
        if number and number.number not in seen:
            seen.add(number.number)
            yield record
        if len(seen) >= most:
            return


def _of_need(connection: sqlite3.Connection, counties: Sequence[str], today: date, test: str) -> Iterator[Listing]:
    marks = ", ".join(f":county_{number}" for number in range(len(counties)))
    served = f"EXISTS (SELECT 1 FROM service_area AS s WHERE s.listing = listing.rowid AND s.county IN ({marks}))"
    query = _CANDIDATES.format(
        area=f"listing.statewide OR {served}" if counties else "1", need=_NEEDED.format(test=test)
    )
    values = {f"county_{number}": county for number, county in enumerate(counties)}
    since = today - timedelta(days=CHECKED_DAYS)
    rows = connection.execute(query, {"today": today.isoformat(), "since": since.isoformat(), **values}).fetchall()
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), _CHUNK):
        yield from store.listings(connection, ids[start : start + _CHUNK])
