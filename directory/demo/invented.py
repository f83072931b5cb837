"""What the invented lists are made of: counties, names, phones, streets, and the one source of chance.

Cities, ZIPs, counties and area codes are real, so that "near me" works. Names, streets, people and phones (555-01xx)
are invented.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

import zipcodes

from directory.eligibility import strict

__all__ = [
    "AS_OF", "BY_NAME", "COUNTIES", "MORE_COUNTIES", "REGIONS", "SEED", "County", "Kind", "Maker", "joined", "kinds",
    "plan_cell", "slug", "spoken", "words", "written_day", "yes_no", "zips",
]  # fmt: skip

AS_OF = date(2026, 11, 16)
SEED = 20261116
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class County:
    """A county of the demo: its cities, the area code of its phones, and its plans as lists write them."""

    name: str
    cities: tuple[str, ...]
    area_code: str
    plans: tuple[str, ...]


COUNTIES = (
    County("Stanislaus", ("Modesto", "Turlock", "Ceres", "Patterson"), "209", ("HPSJ", "HealthNet Medi-Cal", "Kaiser")),
    County(
        "San Joaquin", ("Stockton", "Tracy", "Manteca", "Lodi"), "209", ("Health Plan of San Joaquin", "Health Net")
    ),
    County("Merced", ("Merced", "Los Banos", "Atwater", "Livingston"), "209", ("CCAH",)),
    County("Madera", ("Madera", "Chowchilla", "Oakhurst"), "559", ("CalViva Health", "Anthem Blue Cross")),
    County("Fresno", ("Fresno", "Clovis", "Reedley", "Selma"), "559", ("CalViva", "Anthem", "Kaiser Permanente")),
    County("Kings", ("Hanford", "Lemoore", "Corcoran", "Avenal"), "559", ("CalViva Health", "Anthem Blue Cross")),
    County("Tulare", ("Visalia", "Tulare", "Porterville", "Dinuba"), "559", ("Health Net", "Anthem Blue Cross")),
    County(
        "Kern", ("Bakersfield", "Delano", "Arvin", "Wasco"), "661", ("Kern Family Health Care", "Anthem Blue Cross")
    ),
    County(
        "Monterey", ("Salinas", "Monterey", "Soledad", "Greenfield"), "831", ("Central California Alliance for Health",)
    ),
    County("Los Angeles", ("Los Angeles", "Long Beach", "Pasadena", "Pomona"), "213", ("L.A. Care", "Health Net")),
    County("Riverside", ("Riverside", "Moreno Valley", "Corona", "Indio"), "951", ("IEHP", "Molina Healthcare")),
    County(
        "San Diego", ("San Diego", "Chula Vista", "Escondido", "Oceanside"), "619", ("Community Health Group", "Molina")
    ),
    County(
        "San Mateo", ("San Mateo", "Redwood City", "Daly City", "Half Moon Bay"), "650", ("HPSM", "Kaiser Permanente")
    ),
    County("Alameda", ("Oakland", "Berkeley", "Hayward", "Fremont"), "510", ("Alameda Alliance", "Kaiser Permanente")),
)
MORE_COUNTIES = (
    County("Sonoma", ("Santa Rosa", "Petaluma", "Rohnert Park", "Healdsburg"), "707", ("Partnership HealthPlan",)),
    County("Butte", ("Chico", "Oroville", "Paradise", "Gridley"), "530", ("Partnership HealthPlan",)),
    County("Imperial", ("El Centro", "Brawley", "Calexico", "Holtville"), "760", ("CHPIV",)),
    County(
        "San Luis Obispo", ("San Luis Obispo", "Paso Robles", "Atascadero", "Arroyo Grande"), "805", ("CenCal Health",)
    ),
)
"""Those of the lists in other layouts, a few places each."""
BY_NAME = {county.name: county for county in COUNTIES}
REGIONS = (
    ("Stanislaus", "San Joaquin", "Merced"),
    ("Fresno", "Madera", "Kings", "Tulare"),
    ("Kern",), ("Monterey",), ("Los Angeles",), ("Riverside",), ("San Diego",), ("San Mateo",), ("Alameda",),
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of organization: how its name ends in each language, and what it offers, as plans name it."""

    ends: tuple[str, ...]
    ends_es: tuple[str, ...]
    services: tuple[str, ...]
    about: str
    about_es: str
    who: str = ""
    cost: str = "No fee"
    apply: str = "Call first"
    bring: str = ""
    walk_in: bool = False


@cache
def words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in _plain().items() if isinstance(words[0], str)}


@cache
def kinds(name: str) -> tuple[Kind, ...]:
    lists = ("ends", "ends_es", "services")
    plain: Iterator[dict[str, Any]] = (
        {key: tuple(value) if key in lists else value for key, value in item.items()} for item in _plain()[name]
    )
    return tuple(Kind(**item) for item in plain)


@cache
def _plain() -> dict[str, list[Any]]:
    return cast("dict[str, list[Any]]", strict.plain(_HERE / "words.yml"))


@dataclass
class Maker:
    """The one source of chance and of names that are not used twice."""

    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    used: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.english = [f"{first} {second}" for first, second in itertools.product(words()["first"], words()["second"])]
        self.spanish = list(words()["spanish"])
        self.chance.shuffle(self.english)

    def name(self, kind: Kind) -> tuple[str, bool]:
        """A name of that kind, and whether it is Spanish (about one in five)."""
        if self.spanish and self.chance.random() < 0.22:
            return f"{self.chance.choice(kind.ends_es)} {self.spanish.pop()}", True
        return f"{self.english.pop()} {self.chance.choice(kind.ends)}", False

    def phone(self, area_code: str) -> str:
        """The next 555-01xx number of an area code."""
        number = self.used.get(area_code, 0)
        self.used[area_code] = number + 1
        return f"{area_code}555{100 + number % 100:04d}"

    def toll_free(self) -> str:
        return self.phone(("800", "888", "877")[self.used.get("800", 0) // 99 + self.used.get("888", 0) // 99])

    def place(self, county: County, city: str | None = None) -> dict[str, str]:
        """An invented street in a real city with its real ZIP and a point near its middle."""
        city = city or self.chance.choice(county.cities)
        found = self.chance.choice(zips(city, county.name))
        return {
            "street": f"{self.chance.randint(100, 4999)} {self.chance.choice(words()['streets'])}",
            "city": city,
            "zip": found["zip_code"],
            "latitude": f"{float(found['lat']) + self.chance.uniform(-0.006, 0.006):.5f}",
            "longitude": f"{float(found['long']) + self.chance.uniform(-0.006, 0.006):.5f}",
        }

    def day(self) -> date | None:
        """A day somebody checked: mostly the last four months, some long ago, some never."""
        dice = self.chance.random()
        if dice < 0.18:
            return None
        back = self.chance.randint(2, 115) if dice < 0.82 else self.chance.randint(200, 620)
        return AS_OF - timedelta(days=back)

    def capacity(self) -> tuple[str, date | None]:
        word = self.chance.choice(
            (
                "",
                "",
                "",
                "Open",
                "Open",
                "accepting",
                "Wait list",
                "6 week waitlist",
                "FULL",
                "assessment first",
                "Call",
            )
        )
        return word, AS_OF - timedelta(days=self.chance.randint(0, 45)) if word not in ("", "Call") else None


def zips(city: str, county: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = zipcodes.filter_by(city=city, state="CA", active=True, zip_code_type="STANDARD")
    return sorted((item for item in found if item["county"] == f"{county} County"), key=lambda item: item["zip_code"])[
        :9
    ]


def spoken(maker: Maker, digits: str) -> str:
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    return maker.chance.choice(
        (
            f"({area}) {exchange}-{line}", f"{area}-{exchange}-{line}", digits, f"{area}.{exchange}.{line}",
            f"{area} {exchange}-{line}", f"1-{area}-{exchange}-{line} (TTY 711)",
            f"Main Office:({area}) {exchange}-{line}",
            f"{area}-{exchange}-{line} x{maker.chance.randint(2, 40)}", f"({area}) {exchange}-{line} | intake |",
        )
    )  # fmt: skip


def yes_no(maker: Maker) -> str:
    return maker.chance.choice(("Y", "Yes", "y", "YES", "Y", "N", "No", "", "", "X"))


def written_day(day: date | None) -> str:
    return f"{day.month}/{day.day}/{day.year}" if day else ""


def slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("áéíóúñü", "aeiounu"))
    return "".join(letter if letter.isalnum() else "-" for letter in plain).strip("-")


def joined(maker: Maker, counties: tuple[str, ...]) -> str:
    """Several counties in one cell, in one of the ways lists write them."""
    if len(counties) == 1:
        only = "L.A." if counties[0] == "Los Angeles" and maker.chance.random() < 0.3 else counties[0]
        return maker.chance.choice((only, f"{only} County", f"{only} Co."))
    head, last = list(counties[:-1]), counties[-1]
    return maker.chance.choice(
        (", ".join(counties), "; ".join(counties), "/".join(counties), f"{', '.join(head)} & {last}",
         f"{', '.join(head)} and {last} Counties", f"{', '.join(head)} & {last} Counties - {BY_NAME[last].cities[0]}")
    )  # fmt: skip


def plan_cell(maker: Maker, counties: tuple[str, ...]) -> str:
    names = list(dict.fromkeys(plan for county in counties for plan in BY_NAME[county].plans))
    chosen = names if maker.chance.random() < 0.6 else names[: max(1, len(names) - 1)]
    return maker.chance.choice(("; ", " | ", ", ")).join(chosen)
