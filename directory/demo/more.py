"""The places of the lists in other layouts: new ones in counties of their own, and some of the other lists again."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from directory.demo.invented import SEED, County, Maker, kinds, slug, words

__all__ = ["AGAIN", "Partner", "partners"]


@dataclass(frozen=True)
class Partner:
    """One place as a list tells it; `services` are check-mark columns of the matrix."""

    county: str
    organization: str
    street: str
    city: str
    postal_code: str
    phone: str
    hours: str
    services: tuple[str, ...]
    site: str = ""
    languages: str = ""
    about: str = ""

    @property
    def web(self) -> str:
        """Its web address."""
        return f"https://{slug(self.organization)}.example.org"


def partners(county: County) -> Iterator[Partner]:
    """One place of each kind; the first and the third organization have a second site."""
    maker = _maker(county)
    for number, kind in enumerate(kinds("partners")):
        name = f"{maker.english.pop()} {maker.chance.choice(kind.ends)}"
        shared = {
            "hours": maker.chance.choice(words()["hours"]),
            "languages": maker.chance.choice(words()["languages"]),
            "about": kind.about,
        }
        for site in range(2 if number in (0, 2) else 1):
            place = maker.place(county, county.cities[(number + site) % len(county.cities)])
            digits = maker.phone(county.area_code)
            yield Partner(
                county.name, name, place["street"], place["city"], place["zip"],
                f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", services=kind.services, site=f"{place['city']} site",
                **shared,
            )  # fmt: skip


def _maker(county: County) -> Maker:
    """Chance and names of that county's own: no name of the other lists comes back."""
    maker = Maker(random.Random(f"{SEED} {county.name}"))
    maker.english = [" ".join(pair) for pair in itertools.product(words()["more_first"], words()["second"])]
    random.Random(SEED + 2).shuffle(maker.english)
    start = 14 * ["Sonoma", "Butte", "Imperial", "San Luis Obispo"].index(county.name)
    maker.english = maker.english[start : start + 14]
    return maker


AGAIN = (
    # What the roster and the matrix list too, as somebody else writes it: capitals, short forms, another phone format;
    # one with other hours, one with another service. Three do not say which site they are: somebody has to decide.
    Partner(
        "Kings", "BUCKEYE BELLOWS NEIGHBORHOOD PANTRY", "4984 Saddlers Loop", "LEMOORE", "93245", "559.555.0133",
        "Monday-Friday, 8-12, 1-5", ("Food pantry",), site="LEMOORE SITE",
    ),
    Partner(
        "Kings", "MANZANITA COMPASS JOB CENTER", "3074 QUILLWORT ST.", "LEMOORE", "93245", "1-559-555-0145", "",
        ("Jobs & classes",),
    ),
    Partner(
        "Kings", "Heron Gate Adult School", "2943 Old Windmill Rd", "Corcoran", "93212", "559 555 0146",
        "Tuesday, Thursday, 10-2", ("Jobs & classes",),
    ),
    Partner(
        "Kings", "Madrone Compass Resource Ctr", "3925 Tuleweed Way", "Hanford", "93230", "(559)555-0186", "",
        ("Food pantry", "CalFresh help", "Energy bill help", "Legal help", "Family & children", "Health worker"),
    ),
    Partner(
        "Riverside", "MANZANITA LOOM SENIOR CENTER", "4974 RUSHLIGHT ST", "CORONA", "92883", "951.555.0195", "",
        ("Hot meals", "Dial-a-ride", "Company & activities", "Caregiver break", "Help at home"), site="CORONA OFFICE",
    ),
    Partner(
        "Riverside", "Quail Lantern Caregiver Circle", "2758 Sandwagon Dr.", "Corona", "92881", "9515550199",
        "Monday-Friday, 8-5",
        ("Caregiver break", "Help at home", "Company & activities", "Bus discount", "Health worker"),
        site="Corona office",
    ),
    Partner(
        "Riverside", "Poplar Bellows Family Shelter, Inc.", "1650 Sparrowgrass Ct.", "Indio", "92203",
        "1 (951) 555-0196", "", ("Emergency shelter", "Housing help", "Hot meals"),
    ),
    Partner(
        "Riverside", "FOXTAIL LOOM NEIGHBORHOOD PANTRY", "199 SPARROWGRASS CT", "MORENO VALLEY", "92555",
        "951-555-0101", "", ("Food pantry",), site="MORENO VALLEY SITE",
    ),
    Partner(
        "Alameda", "MANZANITA ORCHARD SENIOR CENTER", "369 Quillwort St", "Hayward", "94544", "+1 510 555 0195", "",
        ("Hot meals", "Dial-a-ride", "Company & activities", "Caregiver break", "Help at home"), site="Hayward office",
    ),
    Partner(
        "Alameda", "Copper Anchor Home Support Office", "3788 Lantern Row", "HAYWARD", "94542", "5105550110", "",
        ("Help at home",),
    ),
    Partner(
        "Alameda", "Cobalt Harbor Community Kitchen", "3702 Cottonreed Blvd.", "Berkeley", "94707", "(510) 555-0194",
        "Call for hours", ("Food pantry", "Hot meals", "Company & activities"), site="Berkeley Office",
    ),
    Partner(
        "Alameda", "AMBER CRADLE NEIGHBORHOOD PANTRY", "3228 SADDLER'S LOOP", "BERKELEY", "94702", "510.555.0101", "",
        ("Food pantry",),
    ),
)  # fmt: skip
