"""Fills a directory with invented listings: `python bench/make_listings.py PATH [--listings 10000] [--seed 1]`.

The listings are spread over 14 counties and all needs, with the gaps that real lists have: half state no hours, most
no languages, a third no plan. Everything is invented: 555-01xx phones, example.org.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from bench.words import drawn
from directory import store
from directory.model import Address, Capacity, Interval, Listing, Need, Phone, Provenance, Reach, Schedule, Tri
from directory.search import index

__all__ = ["COUNTIES", "SOURCES", "invented", "main"]

COUNTIES: dict[str, tuple[str, float, float, int]] = {
    "Stanislaus": ("Modesto", 37.64, -121.00, 5),
    "San Joaquin": ("Stockton", 37.96, -121.29, 6),
    "Merced": ("Merced", 37.30, -120.48, 3),
    "Madera": ("Madera", 36.96, -120.06, 2),
    "Fresno": ("Fresno", 36.74, -119.79, 8),
    "Kings": ("Hanford", 36.33, -119.65, 2),
    "Tulare": ("Visalia", 36.33, -119.29, 4),
    "Kern": ("Bakersfield", 35.37, -119.02, 6),
    "Monterey": ("Salinas", 36.68, -121.66, 4),
    "Los Angeles": ("Los Angeles", 34.05, -118.24, 30),
    "Riverside": ("Riverside", 33.95, -117.40, 10),
    "San Diego": ("San Diego", 32.72, -117.16, 12),
    "San Mateo": ("San Mateo", 37.56, -122.31, 4),
    "Alameda": ("Oakland", 37.80, -122.27, 8),
}
SOURCES = (
    store.SourceRecord("bench_2026", "Invented list 2026", as_of=date(2026, 10, 1), demo=True),
    store.SourceRecord("bench_2013", "Invented list 2013", as_of=date(2013, 5, 1), demo=True),
)
PROGRAMS: dict[Need, tuple[tuple[str, Reach], ...]] = {
    Need.FOOD: (
        ("food_bank", Reach.DISTANCE),
        ("calfresh", Reach.COUNTY),
        ("wic", Reach.DISTANCE),
        ("cs_mtm", Reach.COUNTY),
    ),
    Need.HOUSING: (("emergency_shelter", Reach.DISTANCE), ("cs_housing_navigation", Reach.COUNTY)),
    Need.TRANSPORT: (("nmt", Reach.COUNTY), ("ada_paratransit", Reach.COUNTY)),
    Need.UTILITIES: (("liheap", Reach.COUNTY),),
    Need.HOME_CARE: (("ihss", Reach.COUNTY), ("cbas", Reach.DISTANCE)),
    Need.RESPITE: (("cs_respite", Reach.COUNTY),),
    Need.OTHER_HEALTH: (("ecm", Reach.COUNTY),),
    Need.SOCIAL: (("info_211", Reach.COUNTY),),
}
PLANS = ("health_net", "anthem", "kaiser", "la_care", "iehp")


def invented(count: int, seed: int = 1) -> Iterator[Listing]:
    """That many invented listings, the same ones for the same seed."""
    chance = random.Random(seed)
    names = list(COUNTIES)
    weights = [COUNTIES[name][3] for name in names]
    for number in range(count):
        yield _listing(chance, number, chance.choices(names, weights)[0])


def _listing(chance: random.Random, number: int, county: str) -> Listing:
    city, latitude, longitude, _ = COUNTIES[county]
    need = chance.choice(list(PROGRAMS))
    program, reach = chance.choice(PROGRAMS[need])
    source = SOURCES[chance.random() < 0.1]
    words = drawn("searched")
    name = f"{chance.choice(words['first'])} {chance.choice(words['second'])} {number}"
    return Listing(
        id=f"{source.id}:{number}",
        organization=name,
        name=name,
        provenance=Provenance(source.id, str(number), source.title, source.as_of, demo=True),
        description="Invented place. Groceries, rides or help at home, for the benchmark only.",
        needs=(need,),
        programs=(program,) if chance.random() < 0.8 else (),
        plans=tuple(chance.sample(PLANS, 2)) if chance.random() < 0.66 else (),
        counties=(county,),
        reach=reach,
        address=Address(f"{number} Example St", city, "95354"),
        latitude=latitude + chance.gauss(0, 0.25),
        longitude=longitude + chance.gauss(0, 0.25),
        phones=(Phone(f"+1209555{100 + number % 100:04d}"),),
        url="https://example.org/",
        hours_text="Mon-Fri 9-5",
        schedule=_schedule(chance),
        languages=tuple(chance.sample(("en", "es", "hmn", "pa"), 2)) if chance.random() < 0.4 else (),
        taking_referrals=chance.choice((Tri.YES, Tri.NO, Tri.UNKNOWN, Tri.UNKNOWN)),
        capacity=chance.choice(list(Capacity)),
        assured_on=date(2026, 11, 1) - timedelta(days=chance.randrange(500)) if chance.random() < 0.5 else None,
    )


def _schedule(chance: random.Random) -> Schedule | None:
    if chance.random() < 0.5:
        return None
    opens, closes = time(chance.randrange(7, 12)), time(chance.randrange(13, 20), chance.choice((0, 30)))
    return Schedule(tuple(Interval(day, opens, closes) for day in range(chance.randrange(1, 7))))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the directory.db to write; must not exist")
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="print nothing")
    wanted = parser.parse_args(arguments)
    count = store.write_directory(
        wanted.path,
        records=invented(wanted.listings, wanted.seed),
        sources=SOURCES,
        publication="bench",
        published_at=datetime.now(timezone.utc),
    )
    with sqlite3.connect(wanted.path) as connection:
        index.build(connection)
    connection.close()
    if not wanted.quiet:
        sys.stdout.write(f"{wanted.path}: {count} invented listings\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
