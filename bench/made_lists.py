"""Two made-up lists of places of which one knows which rows are one place, with the noise that real lists have.

A world of organizations with sites and services is drawn first: several sites of one organization (half of them with a
central phone), several organizations in one house, namesakes in other towns, numbered branches. The first list holds
some of its places as they are; the second holds some of the same, written by somebody else, and others. Everything is
invented.
"""

from __future__ import annotations

import csv
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.words import drawn
from directory.model import Address, Listing, Need, Phone, Provenance

__all__ = ["Place", "pair", "world", "written_anew"]

_PLACES = Path(__file__).resolve().parent.parent / "directory" / "data" / "places.csv"
_WORDS = drawn("two_lists")
_KIND, _SERVICES = (
    tuple((name, Need(need), program) for name, need, program in _WORDS[table]) for table in ("kinds", "services")
)
_FIRST, _SECOND, _STREETS, _TYPES = (_WORDS[table] for table in ("first", "second", "streets", "street_types"))
_WRITTEN, _ENDINGS = _WORDS["written"], _WORDS["endings"]


@dataclass(frozen=True)
class Place:
    """One place of the world; `key` is who it is."""

    key: int
    listing: Listing


@dataclass(frozen=True)
class _Town:
    name: str
    zip: str
    county: str
    latitude: float
    longitude: float


def world(count: int, chance: random.Random) -> list[Place]:
    """About that many places, those of one organization and one house beside each other."""
    towns = _towns()
    weights = [1 + 40 * (chance.random() ** 6) for _ in towns]
    found: list[Place] = []
    houses: dict[str, list[Address]] = {}
    lines = iter(range(10**9))
    while len(found) < count:
        home = chance.choices(towns, weights)[0]
        found += _organization(len(found), home, towns, houses, lines, chance)
    return found


def _towns() -> list[_Town]:
    with _PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [
        _Town(row["city"], row["zip"], row["county"], float(row["latitude"]), float(row["longitude"])) for row in rows
    ]


def _organization(
    start: int, home: _Town, towns: list[_Town], houses: dict[str, list[Address]], lines: Iterator[int],
    chance: random.Random,
) -> list[Place]:  # fmt: skip
    name, need, program = _name(home, chance)
    sites = 1 if chance.random() < 0.72 else chance.randint(2, 6)
    central = _phone(next(lines), chance) if sites > 1 and chance.random() < 0.5 else None
    npi = _npi(chance) if chance.random() < 0.3 else None
    near = [home, *(chance.choice(towns) if chance.random() < 0.3 else home for _ in range(sites - 1))]
    found: list[Place] = []
    for town in near:
        address = _house(town, houses, chance)
        if any(_bare(address) == _bare(place.listing.address) for place in found):
            continue
        phone = central or _phone(next(lines), chance)
        own_npi = npi if npi and (sites == 1 or chance.random() < 0.5) else (_npi(chance) if npi else None)
        whole = Listing(
            id="", organization=name, name=name, provenance=Provenance("", "", ""), needs=(need,),
            programs=(program,) if program else (), counties=(town.county,), address=address,
            latitude=town.latitude, longitude=town.longitude, npi=own_npi,
            phones=(Phone(phone), *((Phone(_phone(next(lines), chance)),) if chance.random() < 0.15 else ())),
        )  # fmt: skip
        for listing in _services(whole, chance):
            found.append(Place(start + len(found), listing))
    return found


def _name(home: _Town, chance: random.Random) -> tuple[str, Need, str | None]:
    kind, need, program = chance.choice(_KIND)
    first, second = chance.choice(_FIRST), chance.choice(_SECOND)
    shapes = (
        f"{first} {second} {kind}", f"{first} {kind}", f"{home.name} {second} {kind}", f"{kind} of {home.name}",
        f"{first} {second} {kind} of {home.name}", f"{home.county} County {second} {kind}",
        f"Saint {first} {kind}", f"{first} and {chance.choice(_FIRST)} {kind}", f"{first} {second} Association",
        f"{second} {kind} No. {chance.randint(2, 40)}", f"{first} {second} {kind}",
        f"{first} {chance.choice(_FIRST)} {kind}",
    )  # fmt: skip
    return chance.choice(shapes), need, program


def _house(town: _Town, houses: dict[str, list[Address]], chance: random.Random) -> Address:
    """A new address, or now and then one where somebody else is already."""
    known = houses.setdefault(town.zip, [])
    if known and chance.random() < 0.15:
        shared = chance.choice(known)
        bare = (shared.address_1 or "").partition(", Suite")[0]
        unit = f", Suite {chance.randint(100, 499)}" if chance.random() < 0.5 else ""
        return replace(shared, address_1=bare + unit)
    point = chance.choice(("", "", "", "North ", "South ", "East ", "West "))
    street = f"{chance.randint(1, 9999)} {point}{chance.choice(_STREETS)} {chance.choice(_TYPES)}"
    if chance.random() < 0.1:
        street = f"{chance.randint(1, 9999)} {chance.randint(4, 60)}th {chance.choice(_TYPES)}"
    unit = f", Suite {chance.randint(1, 400)}" if chance.random() < 0.25 else ""
    made = Address(street + unit, town.name, town.zip)
    known.append(made)
    return made


def _bare(address: Address | None) -> str:
    return ((address and address.address_1) or "").partition(", Suite")[0]


def _services(whole: Listing, chance: random.Random) -> Iterator[Listing]:
    yield whole
    if chance.random() > 0.15:
        return
    for name, need, program in chance.sample(_SERVICES, chance.randint(1, 3)):
        yield replace(whole, name=name, needs=(need,), programs=(program,) if program else ())


def _phone(number: int, chance: random.Random) -> str:
    area, line = divmod(number, 10_000)
    return f"+1{200 + area}555{line:04d}"


def _npi(chance: random.Random) -> str:
    return f"1{chance.randrange(10**9):09d}"


def pair(rows: int, shared: float, seed: int) -> tuple[list[Place], list[Place]]:
    """Two lists of that many rows; `shared` is the share of each that is in the other too, by `key`."""
    chance = random.Random(seed)
    places = world(int(rows * (2.1 - shared)), chance)
    # Places of one organization stand together: cut in runs, so that both lists hold some of the same organization.
    chance.shuffle(places)
    both = int(rows * shared)
    first, second = places[:rows], [*places[:both], *places[rows : 2 * rows - both]]
    second = [replace(place, listing=written_anew(place.listing, chance)) for place in second]
    chance.shuffle(second)
    return first, second


def written_anew(listing: Listing, chance: random.Random) -> Listing:
    """The same place as somebody else writes it down."""
    name = _organization_anew(listing.organization, chance)
    service = listing.name != listing.organization
    title = _words_anew(listing.name, chance) if service else name
    made = replace(
        listing,
        organization=name,
        name=title,
        address=_address_anew(listing.address, chance),
        phones=_phones_anew(listing.phones, chance),
        npi=listing.npi if chance.random() < 0.6 else None,
        needs=listing.needs if chance.random() < 0.85 else (*listing.needs, Need.SOCIAL),
        programs=listing.programs if chance.random() < 0.7 else (),
        latitude=None,
        longitude=None,
    )
    if not service and chance.random() < 0.05:  # moved: the parent's name in the column of the organization
        made = replace(made, organization=f"{chance.choice(_FIRST)} Holdings Group", name=name)
    if made.address is None and not made.phones:
        made = replace(made, phones=listing.phones)
    return made


def _organization_anew(name: str, chance: random.Random) -> str:
    if len(name.split()) > 2 and chance.random() < 0.015:
        return "".join(word[0] for word in name.split() if word[0].isupper())
    name = _words_anew(name, chance)
    draw = chance.random()
    if draw < 0.25:
        name += chance.choice(_ENDINGS)
    elif draw < 0.35:
        name = f"The {name}"
    if " County " in name and chance.random() < 0.3:
        county, _, rest = name.partition(" County ")
        name = f"County of {county} {rest}"
    if chance.random() < 0.08:
        name = _slip(name, chance)
    return name.upper() if chance.random() < 0.2 else name


def _words_anew(text: str, chance: random.Random) -> str:
    words = [
        chance.choice(_WRITTEN[word]) if word in _WRITTEN and chance.random() < 0.3 else word for word in text.split()
    ]
    return " ".join(words)


def _slip(text: str, chance: random.Random) -> str:
    """One slip of the keys."""
    at = chance.randrange(1, len(text) - 1)
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
        )
    )


def _address_anew(address: Address | None, chance: random.Random) -> Address | None:
    if address is None or chance.random() < 0.06:
        return None
    street, _, unit = (address.address_1 or "").partition(", Suite ")
    words = [
        chance.choice(_WRITTEN[word]) if word in _WRITTEN and chance.random() < 0.6 else word for word in street.split()
    ]
    if chance.random() < 0.05:
        words = [word for word in words if word not in ("North", "South", "East", "West")]
    street = " ".join(words)
    draw = chance.random()
    if draw < 0.03:
        street = _slip(street, chance)
    if unit and chance.random() < 0.6:
        street += chance.choice((f", Ste {unit}", f" #{unit}", f", Suite {unit}", f" Unit {unit}"))
    code: str | None = address.postal_code
    if chance.random() < 0.02 and code:
        code = code[:3] + code[4] + code[3]
    city = None if chance.random() < 0.03 else address.city
    return Address(street, city, None if chance.random() < 0.05 else code)


def _phones_anew(phones: tuple[Phone, ...], chance: random.Random) -> tuple[Phone, ...]:
    draw = chance.random()
    if draw < 0.10:
        return ()
    if draw < 0.13:
        return (Phone(f"+1999555{chance.randrange(10_000):04d}"),)
    if draw < 0.3:
        return (Phone(f"+1998555{chance.randrange(10_000):04d}"), *phones[::-1])
    return phones
