"""Makes the two invented demo lists, the same bytes each time: `python -m directory.demo.make_demo`.

Cities, ZIPs, counties and area codes are real, so that "near me" works. Names, streets, people and phones (555-01xx)
are invented. The quirks are those of the lists that plans and 211s publish: a title over the headings, several counties
in a cell, labels run into numbers, ALL CAPS, ZIPs as numbers, marks of many kinds.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

import openpyxl
import zipcodes

from directory.demo.timeless import timeless
from directory.eligibility import strict

__all__ = ["CHECKS", "COUNTIES", "ROSTER_HEADINGS", "make_matrix", "make_roster"]

AS_OF = date(2026, 11, 16)
_SEED = 20261116
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
_BY_NAME = {county.name: county for county in COUNTIES}
_REGIONS = (
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
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in _plain().items() if isinstance(words[0], str)}


@cache
def _kinds(name: str) -> tuple[Kind, ...]:
    lists = ("ends", "ends_es", "services")
    plain: Iterator[dict[str, Any]] = (
        {key: tuple(value) if key in lists else value for key, value in item.items()} for item in _plain()[name]
    )
    return tuple(Kind(**item) for item in plain)


@cache
def _plain() -> dict[str, list[Any]]:
    return cast("dict[str, list[Any]]", strict.plain(_HERE / "words.yml"))


ROSTER_HEADINGS = (
    "Record ID", "Agency", "Program Site", "Service", "Plan(s)", "Counties Served", "Address", "City", "ZIP", "Phone",
    "Website", "Email", "Hours", "Languages", "Wheelchair Access", "Taking Referrals", "Capacity", "Capacity As Of",
    "Who It Serves", "Cost", "How To Apply", "What To Bring", "Confidential Location", "Status", "Last Verified",
    "About",
)  # fmt: skip


@dataclass
class Maker:
    """The one source of chance and of names that are not used twice."""

    chance: random.Random = field(default_factory=lambda: random.Random(_SEED))
    used: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.english = [
            f"{first} {second}" for first, second in itertools.product(_words()["first"], _words()["second"])
        ]
        self.spanish = list(_words()["spanish"])
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
        found = self.chance.choice(_zips(city, county.name))
        return {
            "street": f"{self.chance.randint(100, 4999)} {self.chance.choice(_words()['streets'])}",
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


def _zips(city: str, county: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = zipcodes.filter_by(city=city, state="CA", active=True, zip_code_type="STANDARD")
    return sorted((item for item in found if item["county"] == f"{county} County"), key=lambda item: item["zip_code"])[
        :9
    ]


def _spoken(maker: Maker, digits: str) -> str:
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    return maker.chance.choice(
        (
            f"({area}) {exchange}-{line}", f"{area}-{exchange}-{line}", digits, f"{area}.{exchange}.{line}",
            f"{area} {exchange}-{line}", f"1-{area}-{exchange}-{line} (TTY 711)",
            f"Main Office:({area}) {exchange}-{line}",
            f"{area}-{exchange}-{line} x{maker.chance.randint(2, 40)}", f"({area}) {exchange}-{line} | intake |",
        )
    )  # fmt: skip


def _yes_no(maker: Maker) -> str:
    return maker.chance.choice(("Y", "Yes", "y", "YES", "Y", "N", "No", "", "", "X"))


def _day(day: date | None) -> str:
    return f"{day.month}/{day.day}/{day.year}" if day else ""


def _slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("áéíóúñü", "aeiounu"))
    return "".join(letter if letter.isalnum() else "-" for letter in plain).strip("-")


def _organization(maker: Maker, kind: Kind, home: County, digits: str, city: str | None) -> dict[str, str]:
    """The cells that all rows of one organization share."""
    name, spanish = maker.name(kind)
    place = maker.place(home, city)
    capacity, capacity_on = maker.capacity()
    slug = _slug(name)
    caps = maker.chance.random() < 0.12
    return {
        "Agency": name.upper() if caps else name,
        "Program Site": f"{place['city']} site" if maker.chance.random() < 0.3 else "",
        "Address": place["street"].upper() if caps else place["street"],
        "City": place["city"].upper() if caps else place["city"],
        "ZIP": f"{place['zip']}.0" if maker.chance.random() < 0.2 else place["zip"],
        "Phone": _spoken(maker, digits),
        "Website": maker.chance.choice((f"https://{slug}.example.org", f"www.{slug}.example.org", "")),
        "Email": maker.chance.choice((f"hello@{slug}.example.org", "", "")),
        "Hours": maker.chance.choice(_words()["hours"]),
        "Languages": maker.chance.choice(_words()["languages"]),
        "Wheelchair Access": _yes_no(maker),
        "Taking Referrals": _yes_no(maker),
        "Capacity": capacity,
        "Capacity As Of": _day(capacity_on),
        "Who It Serves": kind.who,
        "Cost": kind.cost,
        "How To Apply": kind.apply,
        "What To Bring": kind.bring,
        "Status": "ACTIVE",
        "Last Verified": _day(maker.day()),
        "About": kind.about_es if spanish else kind.about,
    }


def _joined(maker: Maker, counties: tuple[str, ...]) -> str:
    """Several counties in one cell, in one of the ways lists write them."""
    if len(counties) == 1:
        only = "L.A." if counties[0] == "Los Angeles" and maker.chance.random() < 0.3 else counties[0]
        return maker.chance.choice((only, f"{only} County", f"{only} Co."))
    head, last = list(counties[:-1]), counties[-1]
    return maker.chance.choice(
        (", ".join(counties), "; ".join(counties), "/".join(counties), f"{', '.join(head)} & {last}",
         f"{', '.join(head)} and {last} Counties", f"{', '.join(head)} & {last} Counties - {_BY_NAME[last].cities[0]}")
    )  # fmt: skip


def _plan_cell(maker: Maker, counties: tuple[str, ...]) -> str:
    names = list(dict.fromkeys(plan for county in counties for plan in _BY_NAME[county].plans))
    chosen = names if maker.chance.random() < 0.6 else names[: max(1, len(names) - 1)]
    return maker.chance.choice(("; ", " | ", ", ")).join(chosen)


def _local_rows(maker: Maker) -> Iterator[dict[str, str]]:
    for county in COUNTIES:
        cities = itertools.cycle(county.cities)
        for kind in _kinds("local"):
            shared = _organization(maker, kind, county, maker.phone(county.area_code), next(cities))
            shared["Counties Served"] = _joined(maker, (county.name,))
            if not kind.walk_in and maker.chance.random() < 0.25:
                shared["Address"], shared["City"], shared["ZIP"] = "Unavailable", "", ""
            if kind.services == ("211",):
                shared["Phone"] = "211"
            yield from ({**shared, "Service": service} for service in kind.services)
        yield _refuge(maker, county)


def _refuge(maker: Maker, county: County) -> dict[str, str]:
    """A shelter whose address must never be published, though the list gives it, also inside its text."""
    row = _organization(maker, _kinds("refuge")[0], county, maker.phone(county.area_code), county.cities[0])
    row |= {"Service": "Emergency Shelter", "Counties Served": county.name, "Hours": "24 hours a day, 7 days a week"}
    row |= {"Confidential Location": maker.chance.choice(("Y", "yes", "", "X")), "Website": "", "Program Site": ""}
    if maker.chance.random() < 0.5:
        row["About"] += f" Office at {row['Address']}, {row['City']}, CA {row['ZIP'][:5]}."
    return row


def _regional_rows(maker: Maker) -> Iterator[dict[str, str]]:
    for region in _REGIONS:
        for kind in _kinds("regional"):
            home = _BY_NAME[maker.chance.choice(region)]
            shared = _organization(maker, kind, home, maker.toll_free(), None)
            shared["Counties Served"] = _joined(maker, region)
            shared["Plan(s)"] = _plan_cell(maker, region)
            if not kind.walk_in and maker.chance.random() < 0.5:
                shared["Address"], shared["City"], shared["ZIP"] = "", "", ""
            yield from ({**shared, "Service": service} for service in kind.services)


def _flawed_rows(maker: Maker) -> Iterator[dict[str, str]]:
    """Rows as every real list has them: closed, nameless, a short ZIP, half a phone number, an unknown plan."""
    county = _BY_NAME["Stanislaus"]
    kind = _kinds("local")[1]
    for change in (
        {"Status": "CLOSED"}, {"Agency": "", "Program Site": ""}, {"ZIP": "9535"}, {"Phone": "555-01"},
        {"Plan(s)": "Sunrise Advantage (Medicare)"}, {"Counties Served": "Stanislaws"}, {"Last Verified": "13/45/2026"},
        {"Service": "Pet grooming"},
    ):  # fmt: skip
        row = _organization(maker, kind, county, maker.phone("209"), None)
        yield {**row, "Service": "Food bank / pantry", "Counties Served": "Stanislaus", **change}


def make_roster() -> str:
    """The roster as CSV text: one row for each organization and service, a title line over the headings."""
    maker = Maker()
    text = io.StringIO(newline="")
    text.write("DEMO DATA - EVERY PLACE IN THIS LIST IS INVENTED - Community partner roster, November 2026\n")
    writer = csv.DictWriter(text, ROSTER_HEADINGS, restval="", lineterminator="\n")
    writer.writeheader()
    rows = itertools.chain(_local_rows(maker), _regional_rows(maker), _flawed_rows(maker))
    for number, row in enumerate(rows, start=1):
        writer.writerow({"Record ID": f"D{number:04d}", **row})
    return text.getvalue()


CHECKS = (
    "Food pantry", "Hot meals", "WIC", "CalFresh help", "Emergency shelter", "Housing help", "Rent help",
    "Energy bill help", "Dial-a-ride", "Bus discount", "Legal help", "Family & children", "Jobs & classes",
    "Company & activities", "Caregiver break", "Help at home", "Health worker",
)  # fmt: skip
_MATRIX_HEADINGS = (
    "Organization", "Site", "Street", "City", "Zip", "Counties", "Main Phone", "Website", "Hours", "Languages Spoken",
    "Wheelchair (Y/N)", "Taking referrals?", "Room now", "Room as of", "Last checked", "Keep address private?", "About",
    "Latitude", "Longitude", *CHECKS,
)  # fmt: skip


def make_matrix() -> bytes:
    """The partner matrix as a workbook: services are check-mark columns, the headings stand in row 3 of sheet 2."""
    maker = Maker(random.Random(_SEED + 1))
    maker.english, maker.spanish = (
        maker.english[300:],
        [f"{name.split()[0]} de Vereda Honda" for name in _words()["spanish"]],
    )
    maker.used = {county.area_code: 100 - 7 * _sharing(county) for county in COUNTIES}
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 11, 16)
    book.create_sheet("Read me", 0).append(["Demo data: every place in this workbook is invented."])
    book.remove(book["Sheet"])
    sheet = book.create_sheet("Partners")
    sheet.append(["DEMO DATA - INVENTED PLACES"])
    sheet.append([None])
    sheet.append(list(_MATRIX_HEADINGS))
    for county in COUNTIES:
        for number, partner in enumerate(_kinds("partners")):
            sheet.append(_partner(maker, county, county.cities[number % len(county.cities)], partner))
    data = io.BytesIO()
    book.save(data)
    return timeless(data.getvalue())


def _sharing(county: County) -> int:
    return sum(other.area_code == county.area_code for other in COUNTIES)


def _partner(maker: Maker, county: County, city: str, partner: Kind) -> list[object]:
    name, spanish = maker.name(partner)
    place, digits = maker.place(county, city), maker.phone(county.area_code)
    room, room_on = maker.capacity()
    slug = _slug(name)
    exact = maker.chance.random() < 0.7
    marks = {service: maker.chance.choice(("X", "x", "Yes", "✓", 1, "Y")) for service in partner.services}
    blanks = {service: maker.chance.choice((None, None, None, "No", "N")) for service in CHECKS}
    return [
        name.upper() if maker.chance.random() < 0.1 else name, f"{city} office", place["street"], city,
        float(place["zip"]) if maker.chance.random() < 0.3 else int(place["zip"]), _joined(maker, (county.name,)),
        int(digits) if maker.chance.random() < 0.2 else _spoken(maker, digits), f"https://{slug}.example.org",
        maker.chance.choice(_words()["hours"]), maker.chance.choice(_words()["languages"]), _yes_no(maker),
        _yes_no(maker), room, room_on,
        maker.day(), None, partner.about_es if spanish else partner.about,
        float(place["latitude"]) if exact else None, float(place["longitude"]) if exact else None,
        *({**blanks, **marks}[service] for service in CHECKS),
    ]  # fmt: skip


def main() -> None:
    """Writes both lists beside this script."""
    (_HERE / "demo_plan_roster.csv").write_bytes(make_roster().encode("utf-8-sig"))
    (_HERE / "demo_partner_matrix.xlsx").write_bytes(make_matrix())


if __name__ == "__main__":
    main()
