"""The places that the tests of this room tell of."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from directory.eligibility import rules
from directory.model import (
    Address,
    Capacity,
    Interval,
    Language,
    Listing,
    Need,
    Phone,
    Place,
    PlaceKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)
from directory.search import Freshness, Hit, Query, SearchResult

EN, ES = Language.EN, Language.ES

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday

ZIP = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)

COUNTY = Place(PlaceKind.COUNTY, "Humboldt County", "Humboldt", None, 40.7, -123.9)

WEEK = Schedule((*(Interval(day, time(9), time(17, 30)) for day in range(5)), Interval(5, time(10), time(12))))

OLIVO = Listing(
    id="list:1",
    organization="Olivo House",
    name="Olivo Pantry",
    provenance=Provenance("list", "1", "The county list", date(2026, 10, 1)),
    needs=(Need.FOOD,),
    programs=("food_bank",),
    counties=("Stanislaus",),
    reach=Reach.DISTANCE,
    address=Address("12 Oak St", "Modesto", "95354"),
    phones=(Phone("+12095550123"),),
    assured_on=date(2026, 10, 2),
)


def hit(**values: object) -> Hit:
    return Hit(dataclasses.replace(OLIVO, **values), 1.23, Tri.YES, Freshness.CHECKED)


def found(*hits: Hit, total: int | None = None, **query: object) -> SearchResult:
    asked = Query(**{"need": Need.FOOD, "place": ZIP, **query})
    return SearchResult(asked, hits, len(hits) if total is None else total, (), covered=True)


TODAY = date(2026, 11, 22)

LISTED = Provenance("list", "1", "The county list", date(2026, 10, 1))

OLD = Provenance("old", "1", "The old list", date(2013, 5, 1))

NO_DAY = Provenance("list", "1", "The list")

BOX = dataclasses.replace(OLIVO, id="list:2", programs=("csfp",))


def with_also(*also: Hit, **values: object) -> Hit:
    return dataclasses.replace(hit(**values), also=also)


def service(is_open: Tri = Tri.YES, freshness: Freshness = Freshness.CHECKED, **values: object) -> Hit:
    return Hit(dataclasses.replace(BOX, **values), 1.23, is_open, freshness)


BOX_NAME = rules.program(BOX.programs[0]).short

ALL_YES = {"plans": ("kaiser",), "languages": ("es",), "taking_referrals": Tri.YES}

WHOLE = {
    "schedule": WEEK,
    "languages": ("es", "hmn"),
    "how_to_apply": "Walk in",
    "documents": "A bill",
    "fees_text": "Free",
    "eligibility_text": "Families under $2,000",
    "description": "We give food.",
    "plans": ("kaiser",),
    "taking_referrals": Tri.YES,
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 1),
    "wheelchair": Tri.YES,
    "url": "https://example.org/",
    "email": "help@example.org",
}

TERMS = {
    "alert": "Closed on Friday.",
    "alert_until": date(2026, 11, 27),
    "fee": Tri.YES,
    "id_asked": Tri.NO,
    "walk_in": Tri.NO,
    "by_phone": Tri.YES,
    "by_appointment": Tri.YES,
    "capacity": Capacity.WAIT_LIST,
    "capacity_on": date(2026, 11, 1),
    "capacity_by": "Ana",
    "wait_list": "40 people",
}
