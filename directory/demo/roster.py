"""The roster of a plan as CSV: one row for each organization and service, several counties in a cell."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator

from directory.demo.invented import (
    BY_NAME,
    COUNTIES,
    REGIONS,
    County,
    Kind,
    Maker,
    joined,
    kinds,
    plan_cell,
    slug,
    spoken,
    words,
    written_day,
    yes_no,
)  # fmt: skip

__all__ = ["ROSTER_HEADINGS", "make_roster"]

ROSTER_HEADINGS = (
    "Record ID", "Agency", "Program Site", "Service", "Plan(s)", "Counties Served", "Address", "City", "ZIP", "Phone",
    "Website", "Email", "Hours", "Languages", "Wheelchair Access", "Taking Referrals", "Capacity", "Capacity As Of",
    "Who It Serves", "Cost", "How To Apply", "What To Bring", "Confidential Location", "Status", "Last Verified",
    "About",
)  # fmt: skip


def organization(maker: Maker, kind: Kind, home: County, digits: str, city: str | None) -> dict[str, str]:
    """The cells that all rows of one organization share."""
    name, spanish = maker.name(kind)
    place = maker.place(home, city)
    capacity, capacity_on = maker.capacity()
    web = slug(name)
    caps = maker.chance.random() < 0.12
    return {
        "Agency": name.upper() if caps else name,
        "Program Site": f"{place['city']} site" if maker.chance.random() < 0.3 else "",
        "Address": place["street"].upper() if caps else place["street"],
        "City": place["city"].upper() if caps else place["city"],
        "ZIP": f"{place['zip']}.0" if maker.chance.random() < 0.2 else place["zip"],
        "Phone": spoken(maker, digits),
        "Website": maker.chance.choice((f"https://{web}.example.org", f"www.{web}.example.org", "")),
        "Email": maker.chance.choice((f"hello@{web}.example.org", "", "")),
        "Hours": maker.chance.choice(words()["hours"]),
        "Languages": maker.chance.choice(words()["languages"]),
        "Wheelchair Access": yes_no(maker),
        "Taking Referrals": yes_no(maker),
        "Capacity": capacity,
        "Capacity As Of": written_day(capacity_on),
        "Who It Serves": kind.who,
        "Cost": kind.cost,
        "How To Apply": kind.apply,
        "What To Bring": kind.bring,
        "Status": "ACTIVE",
        "Last Verified": written_day(maker.day()),
        "About": kind.about_es if spanish else kind.about,
    }


def _local_rows(maker: Maker) -> Iterator[dict[str, str]]:
    for county in COUNTIES:
        cities = itertools.cycle(county.cities)
        for kind in kinds("local"):
            shared = organization(maker, kind, county, maker.phone(county.area_code), next(cities))
            shared["Counties Served"] = joined(maker, (county.name,))
            if not kind.walk_in and maker.chance.random() < 0.25:
                shared["Address"], shared["City"], shared["ZIP"] = "Unavailable", "", ""
            if kind.services == ("211",):
                shared["Phone"] = "211"
            yield from ({**shared, "Service": service} for service in kind.services)
        yield _refuge(maker, county)


def _refuge(maker: Maker, county: County) -> dict[str, str]:
    """A shelter whose address must never be published, though the list gives it, also inside its text."""
    row = organization(maker, kinds("refuge")[0], county, maker.phone(county.area_code), county.cities[0])
    row |= {"Service": "Emergency Shelter", "Counties Served": county.name, "Hours": "24 hours a day, 7 days a week"}
    row |= {"Confidential Location": maker.chance.choice(("Y", "yes", "", "X")), "Website": "", "Program Site": ""}
    if maker.chance.random() < 0.5:
        row["About"] += f" Office at {row['Address']}, {row['City']}, CA {row['ZIP'][:5]}."
    return row


def _regional_rows(maker: Maker) -> Iterator[dict[str, str]]:
    for region in REGIONS:
        for kind in kinds("regional"):
            home = BY_NAME[maker.chance.choice(region)]
            shared = organization(maker, kind, home, maker.toll_free(), None)
            shared["Counties Served"] = joined(maker, region)
            shared["Plan(s)"] = plan_cell(maker, region)
            if not kind.walk_in and maker.chance.random() < 0.5:
                shared["Address"], shared["City"], shared["ZIP"] = "", "", ""
            yield from ({**shared, "Service": service} for service in kind.services)


def _flawed_rows(maker: Maker) -> Iterator[dict[str, str]]:
    """Rows as every real list has them: closed, nameless, a short ZIP, half a phone number, an unknown plan."""
    county = BY_NAME["Stanislaus"]
    kind = kinds("local")[1]
    for change in (
        {"Status": "CLOSED"}, {"Agency": "", "Program Site": ""}, {"ZIP": "9535"}, {"Phone": "555-01"},
        {"Plan(s)": "Sunrise Advantage (Medicare)"}, {"Counties Served": "Stanislaws"}, {"Last Verified": "13/45/2026"},
        {"Service": "Pet grooming"},
    ):  # fmt: skip
        row = organization(maker, kind, county, maker.phone("209"), None)
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
