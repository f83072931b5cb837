"""What is asked and what is found: Query, Hit, SearchResult, and what a search gives up when nothing is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from directory.model import Listing, Need, Place, PlaceKind, Tri

__all__ = ["FAR_MILES", "NEAR_MILES", "Freshness", "Hit", "Query", "Relaxed", "SearchResult", "by_foot"]

NEAR_MILES = 30.0
FAR_MILES = 60.0


class Freshness(str, Enum):
    """Checked by somebody within 180 days; only listed; or stale: over a year ago, or nobody knows when.

    What is stale never says that it is open or closed.
    """

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

    `program` and `plan` are ids, `language` an ISO 639-1 code, `text` words of a name or description. `wait_list`:
    beside `has_room` a waiting list that takes names will do too, after room. `barriers` are keys of `fitting.yml`:
    what stands in the person's way, the hardest first. `without` are ids of listings that did not work: no site of
    their organization is found for a need that they were for. `refuges`: True for nothing but the places that are
    kept secret, False for no such place among housing. `later` are ids of programs that may not be for this person:
    a service that gives none but those comes after the others.
    """

    need: Need | None = None
    program: str | None = None
    place: Place | None = None
    plan: str | None = None
    language: str | None = None
    open_now: bool = False
    taking_referrals: bool = False
    has_room: bool = False
    wait_list: bool = False
    text: str | None = None
    barriers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    refuges: bool | None = None
    later: tuple[str, ...] = ()
    limit: int = 5
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """A listing as found; `miles` only where people walk in, seen from a place smaller than a county.

    Where a listing gives no coordinates, `about_miles` is measured from the middle of its ZIP or city, and `miles`
    is None. While a notice holds nobody knows whether it is open: the notice may say that it is not. `also` are the
    other services of that organization at that place that fit the question, best first. What a listing says for a
    time only (room, a notice) is in it only while it holds.
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
    twentieth of its listings serves it. `fits` says for each barrier asked for what each hit says of it.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    relaxed: tuple[Relaxed, ...]
    covered: bool
    fits: Mapping[str, tuple[Tri, ...]] = field(default_factory=dict)


def by_foot(place: Place | None) -> bool:
    """Whether a distance from there says something: not from the middle of a county."""
    return place is not None and place.kind is not PlaceKind.COUNTY
