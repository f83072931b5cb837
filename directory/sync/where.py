"""Where a row is and which counties it serves, from cells that mix counties, cities, ZIPs and regions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from directory import places
from directory.model import Place, PlaceKind
from directory.sync import fields
from directory.sync.problems import Code

__all__ = ["Area", "area", "city_place", "clash", "county", "is_street", "standing", "zip_places"]

FAR_MILES = 30.0
"""A point farther than this from the middle of its ZIP is another place (the widest ZIPs of the state apart)."""


@dataclass(frozen=True)
class Area:
    """The counties a cell names, whether it means all of them, and what in it could not be placed."""

    counties: tuple[str, ...] = ()
    statewide: bool = False
    problems: tuple[tuple[Code, str], ...] = ()


@lru_cache(maxsize=4096)
def area(words: tuple[str, ...]) -> Area:
    """The counties that the words name, also by a region; a city alone stands for its county, and that is said."""
    if fields.everywhere(words):
        return Area(statewide=True)
    counties: dict[str, None] = {}
    cities: list[tuple[str, str]] = []
    problems: list[tuple[Code, str]] = []
    for word in words:
        if found := county(word):
            counties[found] = None
        elif region := fields.region(word):
            counties.update(dict.fromkeys(region))
        elif fields.unsure_region(word):
            problems.append((Code.UNSURE_REGION, word))
        elif place := city_place(word):
            cities.append((word, place.county))
        else:
            problems.append((Code.UNKNOWN_COUNTY, word))
    strange = [word for word, of in cities if of not in counties]
    if strange:
        problems.append((Code.CITY_AS_COUNTY, ", ".join(strange)))
    if not counties:
        counties.update(dict.fromkeys(of for _, of in cities))
    return Area(tuple(counties), problems=tuple(problems))


@lru_cache(maxsize=4096)
def county(word: str) -> str | None:
    """The one of the 58 counties that the word names."""
    bare = re.sub(r"\b(?:count(?:y|ies)(?: of)?|condados?(?: de)?|co\.)(?!\w)", " ", word, flags=re.I)
    bare = re.sub(r"^L\.?\s?A\.?$", "Los Angeles", bare.strip(" .:-*†‡"), flags=re.I)
    return places.county_of(" ".join(bare.split()))


@lru_cache(maxsize=4096)
def city_place(word: str) -> Place | None:
    """The city (or part of one) of that name; None when there is none, or it is not surely one."""
    bare = re.sub(r"^(?:city|town|ciudad) (?:of|de) ", "", word.strip(" ,.*†‡"), flags=re.I)
    found = places.resolve(bare)
    if isinstance(found, Place):
        return found if found.kind in (PlaceKind.CITY, PlaceKind.NEIGHBORHOOD) else None
    if isinstance(found, places.Ambiguous):
        cities = [place for place in found.options if place.kind == PlaceKind.CITY]
        return cities[0] if len(cities) == 1 else None
    return None


@lru_cache(maxsize=8192)
def zip_places(code: str) -> tuple[Place, ...]:
    """What a ZIP may be: one place, one for each county when it crosses a line, none when it is not Californian."""
    found = places.resolve(code)
    if isinstance(found, Place):
        return (found,)
    return found.options if isinstance(found, places.OverCountyLine) else ()


@dataclass(frozen=True)
class Standing:
    """Where an address stands: county when it is sure, a point (its own, or the middle of its ZIP or city)."""

    county: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    problems: tuple[tuple[str, Code, str], ...] = ()


@lru_cache(maxsize=4096)
def clash(said: str, city: str | None, code: str | None) -> bool:
    """Whether neither city nor ZIP can lie in the county that the row names as that of its address."""
    here = city_place(city) if city else None
    possible = {option.county for option in zip_places(code)} if code else set()
    if here:
        possible.add(here.county)
    return bool(possible) and said not in possible


@lru_cache(maxsize=4096)
def standing(city: str | None, code: str | None, point: tuple[float, float] | None) -> Standing:
    """City, ZIP and point have to agree; of two that clash neither county nor a point they do not share is taken."""
    here = city_place(city) if city else None
    options = zip_places(code) if code else ()
    problems: list[tuple[str, Code, str]] = []
    if city and here is None and not options:
        problems.append(("city", Code.UNKNOWN_CITY, city))
    if here and len(options) > 1:
        options = tuple(option for option in options if option.county == here.county) or options
    if here and options and here.county not in {option.county for option in options} and _far(here, options):
        problems.append(("postal_code", Code.CITY_ZIP_CLASH, f"{city} {code}"))
        return Standing(problems=tuple(problems))
    middle = options[0] if len({option.county for option in options}) == 1 else here
    middle = middle or (options[0] if options else None)
    within = middle.county if middle and (middle is here or len(options) == 1) else None
    if point and middle and places.miles(*point, middle.latitude, middle.longitude) > FAR_MILES:
        problems.append(("latitude", Code.COORDINATES_CLASH, f"{point[0]:.4f}, {point[1]:.4f}"))
        point = None
        return Standing(within, problems=tuple(problems))
    if point is None and middle:
        point = (middle.latitude, middle.longitude)
    latitude, longitude = point or (None, None)
    return Standing(within, latitude, longitude, tuple(problems))


_NO_STREET = re.compile(
    r"(?:various|varies|varios|multiple|several|different|many|call|tbd|tba|n/?a|none|mobile|see|statewide)"
    r"(?:\s+(?:locations?|sites?|places?|addresses|lugares|sitios|for (?:an? |the )?(?:address|location)|website))?",
    re.I,
)


def is_street(text: str | None, city: str | None) -> bool:
    """Whether an address names a spot: "Various", "Multiple locations" and the name of the city alone do not."""
    bare = (text or "").strip(" ,.*").casefold()
    return bool(bare) and bare != (city or "").strip().casefold() and not _NO_STREET.fullmatch(bare)


def _far(here: Place, options: tuple[Place, ...]) -> bool:
    """A ZIP is often written under the neighbor town's name: a clash is only one when the two lie apart."""
    return all(
        places.miles(here.latitude, here.longitude, option.latitude, option.longitude) > FAR_MILES for option in options
    )
