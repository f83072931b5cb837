"""The partner matrix as a workbook: services are check-mark columns, the headings stand in row 3 of sheet 2."""

from __future__ import annotations

import io
import random
from datetime import datetime

import openpyxl

from directory.demo.invented import COUNTIES, SEED, County, Kind, Maker, joined, kinds, slug, spoken, words, yes_no
from directory.demo.timeless import timeless

__all__ = ["CHECKS", "make_matrix"]

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
    maker = Maker(random.Random(SEED + 1))
    maker.english, maker.spanish = (
        maker.english[300:],
        [f"{name.split()[0]} de Vereda Honda" for name in words()["spanish"]],
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
        for number, partner in enumerate(kinds("partners")):
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
    web = slug(name)
    exact = maker.chance.random() < 0.7
    marks = {service: maker.chance.choice(("X", "x", "Yes", "✓", 1, "Y")) for service in partner.services}
    blanks = {service: maker.chance.choice((None, None, None, "No", "N")) for service in CHECKS}
    return [
        name.upper() if maker.chance.random() < 0.1 else name, f"{city} office", place["street"], city,
        float(place["zip"]) if maker.chance.random() < 0.3 else int(place["zip"]), joined(maker, (county.name,)),
        int(digits) if maker.chance.random() < 0.2 else spoken(maker, digits), f"https://{web}.example.org",
        maker.chance.choice(words()["hours"]), maker.chance.choice(words()["languages"]), yes_no(maker),
        yes_no(maker), room, room_on,
        maker.day(), None, partner.about_es if spanish else partner.about,
        float(place["latitude"]) if exact else None, float(place["longitude"]) if exact else None,
        *({**blanks, **marks}[service] for service in CHECKS),
    ]  # fmt: skip
