"""A listing on a day: how far it may be trusted, and what it says for a time only, while that holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from directory import hours, places
from directory.model import Capacity, Listing, Place, Reach, Tri
from directory.position import Position, position
from directory.search.query import Freshness, Hit, by_foot

__all__ = ["CAPACITY_DAYS", "CHECKED_DAYS", "STALE_DAYS", "freshness", "hit", "on_day", "suspended"]

CHECKED_DAYS = 180
STALE_DAYS = 365
CAPACITY_DAYS = 30

_ROOM = {
    Capacity.OPEN: Tri.YES,
    Capacity.WAIT_LIST: Tri.NO,
    Capacity.FULL: Tri.NO,
    Capacity.ASSESSMENT_FIRST: Tri.UNKNOWN,
    Capacity.UNKNOWN: Tri.UNKNOWN,
}


def hit(listing: Listing, *, now: datetime, place: Place | None = None, also: Iterable[Listing] = ()) -> Hit:
    """One known listing as a search would show it at `now`, seen from that place."""
    today = now.astimezone(hours.PACIFIC).date()
    age = freshness(listing, today)
    at = position(listing) if listing.reach is Reach.DISTANCE and by_foot(place) else None
    miles = _miles(place, at) if place and at else None
    shown = on_day(listing, today)
    others = tuple(hit(other, now=now, place=place) for other in also)
    noticed = shown.alert or any(other.listing.alert for other in others)
    if noticed:  # "closed today" at one desk may be said of the whole door
        others = tuple(replace(other, open=Tri.UNKNOWN) for other in others)
    return Hit(
        shown,
        None if at and at.about else miles,
        Tri.UNKNOWN if age is Freshness.STALE or noticed else hours.is_open(listing.schedule, now),
        age,
        _ROOM[shown.capacity],
        others,
        miles if at and at.about else None,
    )


def _miles(place: Place, at: Position) -> float:
    return places.miles(place.latitude, place.longitude, at.latitude, at.longitude)


def freshness(listing: Listing, today: date) -> Freshness:
    """How far a listing may be trusted on that day."""
    day = listing.assured_on or listing.provenance.as_of
    if day is None or (today - day).days > STALE_DAYS:
        return Freshness.STALE
    checked = listing.assured_on and 0 <= (today - listing.assured_on).days <= CHECKED_DAYS
    return Freshness.CHECKED if checked else Freshness.LISTED


def suspended(listing: Listing, today: date) -> bool:
    """Whether the listing is shown to nobody on that day."""
    return listing.suspended_until is not None and listing.suspended_until >= today


def on_day(listing: Listing, today: date) -> Listing:
    """The listing without what no longer holds: room that was judged over 30 days ago, a notice that has ended."""
    if listing.alert_until and listing.alert_until < today:
        listing = replace(listing, alert=None, alert_until=None)
    said = listing.capacity_on
    if said and today - said > timedelta(days=CAPACITY_DAYS):
        listing = replace(listing, capacity=Capacity.UNKNOWN, capacity_on=None, capacity_by=None, wait_list=None)
    return listing
