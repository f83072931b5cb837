"""The gazetteer: every name of a place that we know and what it means, read once from the files beside this module."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from directory.folding import unaccented
from directory.model import Place, PlaceKind

__all__ = ["COUNTIES", "FIRST_ZIP", "SEATS", "STATES", "Gazetteer", "Name", "Zip", "fold", "gazetteer", "lines"]

# fmt: off
COUNTIES: tuple[str, ...] = (
    "Alameda", "Alpine", "Amador", "Butte", "Calaveras", "Colusa", "Contra Costa", "Del Norte", "El Dorado", "Fresno",
    "Glenn", "Humboldt", "Imperial", "Inyo", "Kern", "Kings", "Lake", "Lassen", "Los Angeles", "Madera", "Marin",
    "Mariposa", "Mendocino", "Merced", "Modoc", "Mono", "Monterey", "Napa", "Nevada", "Orange", "Placer", "Plumas",
    "Riverside", "Sacramento", "San Benito", "San Bernardino", "San Diego", "San Francisco", "San Joaquin",
    "San Luis Obispo", "San Mateo", "Santa Barbara", "Santa Clara", "Santa Cruz", "Shasta", "Sierra", "Siskiyou",
    "Solano", "Sonoma", "Stanislaus", "Sutter", "Tehama", "Trinity", "Tulare", "Tuolumne", "Ventura", "Yolo", "Yuba",
)
# Counties whose seat bears their name.
SEATS = frozenset({
    "Colusa", "Fresno", "Los Angeles", "Madera", "Mariposa", "Merced", "Napa", "Riverside", "Sacramento",
    "San Bernardino", "San Diego", "San Francisco", "San Luis Obispo", "Santa Barbara", "Santa Cruz", "Ventura",
})
# Two-letter codes of other states; LA, CA and the like read as English or Spanish only when written as codes.
STATES = frozenset({
    "AL", "AK", "AZ", "AR", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD",
    "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI",
    "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR", "BC",
})
# fmt: on

FIRST_ZIP = "90001"
"""The lowest ZIP of California; what is lower is a ZIP of Nevada that reaches over."""


class Zip(NamedTuple):
    """A ZIP: its middle (WGS84), its county (one of several where it crosses a line), its city."""

    latitude: float
    longitude: float
    county: str
    city: str


class Name(NamedTuple):
    """What a name means: one place, several, or none in California; `canonical` is how we write it."""

    canonical: str
    options: tuple[Place, ...]


@dataclass(frozen=True)
class Gazetteer:
    """ZIPs, counties of ZIPs over a line, folded name -> meaning, folded county -> place, lower-case name -> text."""

    zips: Mapping[str, Zip]
    lines: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Name]
    counties: Mapping[str, Place]
    spoken: Mapping[str, str]


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, one space; lone letters in a row join ("L.A." -> "la")."""
    text = re.sub(r"['’ʻ`]", "", unaccented(text).casefold())
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    return re.sub(r"\b[a-z](?: [a-z]\b)+", lambda match: match.group().replace(" ", ""), text)


def lines(file: str) -> list[str]:
    """The lines of a file beside this module, without blank ones and remarks."""
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _rows(file: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(lines(file))


@cache
def gazetteer() -> Gazetteer:
    """Everything in the files, put together; read once."""
    zips = {
        row["zip"]: Zip(float(row["latitude"]), float(row["longitude"]), row["county"], row["city"])
        for row in _rows("places.csv")
    }
    over = {row["zip"]: tuple(row["counties"].split("|")) for row in _rows("county_lines.csv")}
    counties = _counties(zips)
    found = _cities(zips)
    _add_communities(found, zips)
    spoken: dict[str, str] = {}
    _add_neighborhoods(found, spoken, zips)
    _add_abbreviations(found)
    _add_counties(found, counties)
    _add_outside(found, spoken)
    spoken.update((name.canonical.lower(), name.canonical) for name in found.values())
    _add_short_names(found, spoken)
    spoken.update((folded, name.canonical) for folded, name in found.items() if folded not in spoken)
    return Gazetteer(zips, over, found, counties, MappingProxyType(spoken))


def _counties(zips: Mapping[str, Zip]) -> dict[str, Place]:
    inside: dict[str, list[Zip]] = defaultdict(list)
    for found in zips.values():
        inside[found.county].append(found)
    places = (
        Place(PlaceKind.COUNTY, f"{county} County", county, None, *_middle(inside[county])) for county in COUNTIES
    )
    return {fold(place.county): place for place in places}


def _middle(zips: Iterable[Zip]) -> tuple[float, float]:
    points = [(found.latitude, found.longitude) for found in zips]
    return round(sum(y for y, _ in points) / len(points), 4), round(sum(x for _, x in points) / len(points), 4)


def _cities(zips: Mapping[str, Zip]) -> dict[str, Name]:
    by_name: dict[str, list[Zip]] = defaultdict(list)
    for code, found in zips.items():
        if code >= FIRST_ZIP:  # not the ZIPs of Nevada that reach over
            by_name[found.city].append(found)
    return {fold(name): Name(name, _city(name, inside)) for name, inside in by_name.items()}


def _city(name: str, inside: list[Zip]) -> tuple[Place, ...]:
    """The city in the county where most of its ZIPs are; in each of them where as many are in two."""
    counts = Counter(found.county for found in inside)
    most = max(counts.values())
    return tuple(
        Place(PlaceKind.CITY, name, county, None, *_middle(found for found in inside if found.county == county))
        for county, count in counts.items()
        if count == most
    )


def _add_communities(found: dict[str, Name], zips: Mapping[str, Zip]) -> None:
    for row in _rows("communities.csv"):
        if row["zips"]:
            inside = [zips[code] for code in row["zips"].split("|")]
            found.setdefault(fold(row["name"]), Name(row["name"], _city(row["name"], inside)))


def _add_abbreviations(found: dict[str, Name]) -> None:
    for row in _rows("communities.csv"):
        if row["means"]:
            found.setdefault(fold(row["name"]), found[fold(row["means"])])


def _add_neighborhoods(found: dict[str, Name], spoken: dict[str, str], zips: Mapping[str, Zip]) -> None:
    """A neighborhood takes the place of a postal name in its county and stands beside one in another."""
    for row in _rows("neighborhoods.csv"):
        place = _neighborhood(row, found, zips)
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            known = found.get(fold(name))
            others = tuple(o for o in known.options if _stands_beside(o, place)) if known else ()
            if place in others:
                continue
            canonical = row["name"] if not others else name
            found[fold(name)] = Name(canonical, (*others, place))
            spoken[name.lower()] = canonical


def _stands_beside(other: Place, place: Place) -> bool:
    return other.kind is PlaceKind.NEIGHBORHOOD or other.county != place.county


def _neighborhood(row: Mapping[str, str], found: Mapping[str, Name], zips: Mapping[str, Zip]) -> Place:
    city = found[fold(row["city"])].options[0]
    code = row["zip"] or None
    at = zips[code] if code else None
    latitude, longitude = (at.latitude, at.longitude) if at else (city.latitude, city.longitude)
    return Place(PlaceKind.NEIGHBORHOOD, city.name, city.county, code, latitude, longitude)


def _add_counties(found: dict[str, Name], counties: Mapping[str, Place]) -> None:
    for folded, place in counties.items():
        name = Name(place.name, (place,))
        for form in (f"{folded} county", f"county of {folded}", f"condado de {folded}"):
            found.setdefault(form, name)
        known = found.get(folded)
        if known is None:
            found[folded] = name
        elif place.county not in SEATS:
            found[folded] = Name(place.county, (*known.options, place))


def _add_outside(found: dict[str, Name], spoken: dict[str, str]) -> None:
    for row in _rows("outside.csv"):
        name = found.setdefault(fold(row["name"]), Name(row["name"], ()))
        spoken[row["name"].lower()] = name.canonical


def _add_short_names(found: dict[str, Name], spoken: dict[str, str]) -> None:
    """Short names win over every other name; one that means another short name is read after it."""
    rows = {fold(row["name"]): row for row in _rows("short_names.csv")}
    for row in _rows("short_names.csv"):
        name = _short(row["means"].split("|"), row["name"], found, rows)
        found[fold(row["name"])] = name
        spoken[row["name"].lower()] = name.canonical


def _short(means: list[str], name: str, found: Mapping[str, Name], rows: Mapping[str, Mapping[str, str]]) -> Name:
    if len(means) == 1:
        folded = fold(means[0])
        if folded in rows and folded != fold(name):
            return _short(rows[folded]["means"].split("|"), means[0], found, rows)
        return found[folded]
    options = (option for meant in means for option in found[fold(meant)].options)
    return Name(name, tuple(dict.fromkeys(options)))
