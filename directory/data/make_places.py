"""Writes `places.csv` and `communities.csv` beside this file from the `zipcodes` package: run by `make places`.

Only this file imports `zipcodes`, which costs tens of megabytes; what it writes is read at run time.
"""

from __future__ import annotations

import csv
import io
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import zipcodes

__all__ = ["build", "main"]

HERE = Path(__file__).parent
# How far (degrees) from its city's middle a spot may lie that two, or many, ZIPs share: 10 miles, 3 miles. Spots shared
# by many are the middle of a county, put where nothing better was known.
FAR_FOR_TWO, FAR_FOR_MANY, MANY = 0.18, 0.05, 5

# The package is wrong about these: a Redding box filed in Siskiyou, and Trona's box filed in the next county.
COUNTY_FIXES = {"96049": "Shasta", "93592": "San Bernardino"}
# ZIPs of Nevada whose area reaches into California: the county-line list names them, so their middle is needed.
FROM_NEVADA = {"89019": ("Sandy Valley", "San Bernardino")}
# Mail rooms and companies that the Postal Service lists as if they were places, and names only a sorter uses.
NOT_PLACES = frozenset(
    {
        "Brylane",
        "Central Vly",
        "Bureau Of The Census",
        "City Ranch",
        "Crystal City",
        "Dodgertown",
        "General Telephone",
        "Hazard",
        "Kcnp",
        "Pacific Area Office",
        "Permanente",
        "Rmx",
        "Sanford",
        "Sf International Service Ctr",
        "Shared Firm Zip Code",
        "Southern California Gas Comp",
        "Veterans Adm",
        "Veterans Admin",
        "Veterans Administration",
        "Veterans Admn",
        "World Vision Inc Brm",
        "Young America",
    }
)
RESPELLED = {
    "Birds Lndg": "Birds Landing",
    "Broadmoor Vlg": "Broadmoor",
    "Mc Farland": "McFarland",
    "Mc Kittrick": "McKittrick",
    "Mcarthur": "McArthur",
    "Mcclellan": "McClellan",
    "Mccloud": "McCloud",
    "Mckinleyville": "McKinleyville",
    "Mt Baldy": "Mount Baldy",
    "Mt Madonna": "Mount Madonna",
    "Obrien": "O'Brien",
    "O Neals": "O'Neals",
    "Carmel By The Sea": "Carmel-by-the-Sea",
    "Cardiff By The Sea": "Cardiff-by-the-Sea",
    "Russian River Mdws": "Russian River Meadows",
}
SMALL_WORDS = {" Of ": " of ", " The ": " the ", " And ": " and ", " Del ": " del ", " De ": " de ", " By ": " by "}


class Zip(NamedTuple):
    """One ZIP as the package tells it, mended."""

    code: str
    latitude: float
    longitude: float
    county: str
    city: str
    also: tuple[str, ...]
    standard: bool


def build() -> Mapping[str, str]:
    """The text of each generated file by its name; the same package gives the same text."""
    zips = _place_the_lost(_zips())
    places = [(z.code, f"{z.latitude:.4f}", f"{z.longitude:.4f}", z.county, z.city) for z in zips]
    return {
        "places.csv": _csv(("zip", "latitude", "longitude", "county", "city"), places),
        "communities.csv": _csv(("name", "means", "zips"), _communities(zips)),
    }


def main() -> None:
    """Write the files and say so."""
    for name, text in build().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"wrote {name}: {text.count(chr(10)) - 2} rows\n")


def _all_rows() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = zipcodes.list_all()  # type: ignore[no-untyped-call,unused-ignore]
    return rows


def _zips() -> list[Zip]:
    wanted = (row for row in _all_rows() if row["state"] == "CA" or row["zip_code"] in FROM_NEVADA)
    zips = sorted(_zip(row) for row in wanted)
    counties = {name: z.county for z in zips if z.county for name in z.also}
    counties |= {z.city: z.county for z in zips if z.county}
    return [z if z.county else z._replace(county=counties[z.city]) for z in zips]


def _zip(row: Mapping[str, object]) -> Zip:
    code = str(row["zip_code"])
    city, county = FROM_NEVADA.get(code, (str(row["city"]), str(row["county"]).removesuffix(" County")))
    listed = row["acceptable_cities"] if code not in FROM_NEVADA else ()
    also = tuple(_spell(name) for name in _texts(listed) if name not in NOT_PLACES)
    latitude, longitude = float(str(row["lat"])), float(str(row["long"]))
    county = COUNTY_FIXES.get(code, county)
    return Zip(code, latitude, longitude, county, _spell(city), also, row["zip_code_type"] == "STANDARD")


def _texts(value: object) -> Iterable[str]:
    return (str(item) for item in value) if isinstance(value, (list, tuple)) else ()


def _spell(name: str) -> str:
    name = RESPELLED.get(name, name)
    for large, small in SMALL_WORDS.items():
        name = name.replace(large, small)
    return name


def _place_the_lost(zips: list[Zip]) -> list[Zip]:
    """Boxes without coordinates, and those parked far off at a spot shared with others, go to their city's middle."""
    shared = Counter((z.latitude, z.longitude) for z in zips)
    middles = _middles(zips, shared)
    return [_placed(z, middles.get(z.city), shared[z.latitude, z.longitude]) for z in zips]


def _middles(zips: list[Zip], shared: Mapping[tuple[float, float], int]) -> dict[str, tuple[float, float]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    accepted: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for z in zips:
        if z.standard and z.latitude and shared[z.latitude, z.longitude] == 1:
            points[z.city].append((z.latitude, z.longitude))
            for name in z.also:
                accepted[name].append((z.latitude, z.longitude))
    points = {**accepted, **points}
    return {city: (statistics.mean(y for y, _ in at), statistics.mean(x for _, x in at)) for city, at in points.items()}


def _placed(z: Zip, middle: tuple[float, float] | None, sharing: int) -> Zip:
    if middle is None:
        return z
    off = max(abs(z.latitude - middle[0]), abs(z.longitude - middle[1]))
    lost = sharing > 1 and off > (FAR_FOR_MANY if sharing >= MANY else FAR_FOR_TWO)
    return z._replace(latitude=middle[0], longitude=middle[1]) if lost or not z.latitude else z


def _communities(zips: list[Zip]) -> list[tuple[str, str, str]]:
    """Accepted names that are no ZIP's first name: a postal abbreviation means another name, the rest have ZIPs."""
    codes: dict[str, set[str]] = defaultdict(set)
    for z in zips:
        for name in (z.city, *z.also):
            codes[name].add(z.code)
    cities = {z.city for z in zips}
    rows = []
    for name in sorted(set(codes) - cities):
        longer = _abbreviates(name, codes, cities)
        rows.append((name, longer, "") if longer else (name, "", "|".join(sorted(codes[name]))))
    return rows


def _abbreviates(name: str, codes: Mapping[str, set[str]], cities: set[str]) -> str:
    """The longest name that `name` shortens ("Rch Cucamonga"), or "" when it is a name of its own ("Bell")."""
    fits = [
        other
        for other in codes
        if len(other) > len(name)
        and other[0] == name[0]
        and codes[name] & codes[other]
        and not other.startswith(f"{name} ")
        and _is_inside(_letters(name), _letters(other))
    ]
    return max(fits, key=lambda other: (other in cities, len(other), other), default="")


def _letters(name: str) -> str:
    return name.lower().replace(" ", "")


def _is_inside(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _csv(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    out.write(
        "# Generated by make_places.py from the zipcodes package (names of the US Postal Service): do not edit.\n"
    )
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    main()
