"""Listings for the desk to show, one full and one hostile, and its clock."""

from __future__ import annotations

from datetime import date, datetime, time
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from directory import store
from directory.model import (
    Address,
    Capacity,
    Interval,
    Listing,
    Need,
    Phone,
    PhoneKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday
LIST = store.SourceRecord("roster", "The roster", as_of=date(2026, 11, 1))
OLD = store.SourceRecord("old", "An old list", as_of=date(2013, 5, 1))
DEMO = store.SourceRecord("demo", "Invented places", as_of=date(2026, 11, 1), demo=True)
SCRIPT = "<script>alert(1)</script>"


def listed(id: str, source: store.SourceRecord = LIST, **values: object) -> Listing:
    plain = {"organization": "Olivo House", "name": id, "needs": (Need.FOOD,), "counties": ("Stanislaus",), **values}
    return Listing(
        id=f"{source.id}:{id}",
        provenance=Provenance(source.id, id, source.title, source.as_of, source.demo),
        **plain,
    )


FULL = listed(
    "Pantry",
    programs=("food_bank",),
    reach=Reach.DISTANCE,
    address=Address("1 Oak St", "Modesto", "95354"),
    latitude=37.65,
    longitude=-120.99,
    phones=(Phone("+12095550101", label="intake"), Phone("+12095550102", kind=PhoneKind.FAX)),
    schedule=Schedule(tuple(Interval(day, time(9), time(17)) for day in range(5))),
    languages=("es", "hmn"),
    plans=("health_net",),
    taking_referrals=Tri.YES,
    capacity=Capacity.WAIT_LIST,
    capacity_on=date(2026, 11, 20),
    how_to_apply="Walk in",
    documents="A bill",
    fees_text="Free",
    eligibility_text="Families with children",
    description="Bread and fruit",
    url="https://example.org/pantry",
    email="help@example.org",
    assured_on=date(2026, 10, 2),
)
HOSTILE = listed(
    "hostile",
    organization=SCRIPT,
    description=f"{SCRIPT}{{{{ 7 * 7 }}}}",
    url="javascript:alert(1)",
    hours_text='"><img src=x onerror=alert(1)>',
    phones=(Phone("+12095550103", label=SCRIPT),),
)


class Outline(HTMLParser):
    """What a page is made of: tags with their attributes, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]
