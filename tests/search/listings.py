"""Invented listings around Modesto, and the Monday on which they are asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from directory import store
from directory.model import Address, Interval, Listing, Need, Place, PlaceKind, Provenance, Reach, Schedule
from directory.search import SearchResult

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday
TODAY = NOW.date()
MODESTO = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)
STANISLAUS = Place(PlaceKind.COUNTY, "Stanislaus County", "Stanislaus", None, 37.56, -121.00)
KERN = Place(PlaceKind.CITY, "Bakersfield", "Kern", None, 35.37, -119.02)
MILE = 1 / 69.1  # of latitude
SOURCES = {
    source.id: source
    for source in (
        store.SourceRecord("list", "A list", as_of=date(2026, 10, 1)),
        store.SourceRecord("old", "An old list", as_of=date(2013, 5, 1)),
        store.SourceRecord("undated", "A list without a day"),
    )
}
MORNINGS = Schedule(tuple(Interval(day, time(8), time(13)) for day in range(5)))
EVENINGS = Schedule(tuple(Interval(day, time(17), time(20)) for day in range(5)))


def listed(id: str, *, source: str = "list", **values: object) -> Listing:
    record = SOURCES[source]
    plain = {"organization": id, "name": id, "counties": ("Stanislaus",), "needs": (Need.FOOD,), **values}
    return Listing(id=f"{source}:{id}", provenance=Provenance(source, id, record.title, record.as_of), **plain)


def walk_in(id: str, miles: float, **values: object) -> Listing:
    return listed(
        id, reach=Reach.DISTANCE, latitude=MODESTO.latitude + miles * MILE, longitude=MODESTO.longitude, **values
    )


def names(result: SearchResult) -> list[str]:
    return [hit.listing.name for hit in result.hits]


HERE = {"organization": "Tule Wagon", "address": Address("12 Oak St", "Modesto", "95354")}
