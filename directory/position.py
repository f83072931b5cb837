"""Where a listing is: by its own coordinates, else about: the middle of its ZIP, else of its city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from directory import places
from directory.model import Listing, Place, PlaceKind

__all__ = ["Position", "position"]


@dataclass(frozen=True)
class Position:
    """A point (WGS84); `about` says that it is only the middle of a ZIP or a city."""

    latitude: float
    longitude: float
    about: bool = False


def position(listing: Listing) -> Position | None:
    """Where that listing is; None when nothing says it, and for one that serves the whole state from anywhere."""
    if listing.latitude is not None and listing.longitude is not None:
        return Position(listing.latitude, listing.longitude)
    address = listing.address
    if listing.statewide or address is None or address.state != "CA":
        return None
    found = _middle(address.postal_code) if address.postal_code else None
    return found or (_of_city(address.city, listing.counties) if address.city else None)


@lru_cache(maxsize=4096)
def _middle(text: str) -> Position | None:
    """The middle of a ZIP or a city; one over a county line has the same middle in each of them."""
    found = places.resolve(text)
    if isinstance(found, places.OverCountyLine):
        found = found.options[0]
    if not isinstance(found, Place) or found.kind is PlaceKind.COUNTY:
        return None
    return Position(found.latitude, found.longitude, about=True)


def _of_city(city: str, counties: Sequence[str]) -> Position | None:
    """The town of that name, in the counties that are served when there are several."""
    for text in (f"city of {city}", *(f"city of {city}, {county} County" for county in counties)):
        if found := _middle(text):
            return found
    return None
