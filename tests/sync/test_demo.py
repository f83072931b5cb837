"""The demo covers what a newcomer may ask, cannot be mistaken for real places, and is made the same way each time."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from directory import store, sync
from directory.demo import make_demo, more
from directory.eligibility import rules
from directory.model import Listing, Need, PhoneKind
from directory.sync import formats
from directory.sync.source import Layout

from .conftest import NOW

SHIPPED = Path(make_demo.__file__).parent


@pytest.fixture(scope="module")
def listings(tmp_path_factory: pytest.TempPathFactory) -> list[Listing]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(tmp_path_factory.mktemp("demo")))
        sync.load_demo(NOW)
        with store.open_directory() as connection:
            rows = [row["rowid"] for row in connection.execute("SELECT rowid FROM listing")]
            return [item for n in range(0, len(rows), 500) for item in store.listings(connection, rows[n : n + 500])]


def test_enough_of_everything(listings: list[Listing]) -> None:
    assert len(listings) >= 600
    assert {program for item in listings for program in item.programs} == set(rules.programs())
    covered = {county.name for county in (*make_demo.COUNTIES, *make_demo.MORE_COUNTIES)}
    assert {county for item in listings for county in item.counties} == covered


def test_the_counties_of_the_other_layouts_know_every_need(listings: list[Listing]) -> None:
    found = {(county, need) for item in listings for county in item.counties for need in item.needs}
    wanted = {(county.name, need) for county in make_demo.MORE_COUNTIES for need in Need}
    assert wanted - found == set()


def test_each_need_three_times_in_each_county(listings: list[Listing]) -> None:
    found = Counter((county, need) for item in listings for county in item.counties for need in item.needs)
    wanted = [(county.name, need) for county in make_demo.COUNTIES for need in Need]
    assert [pair for pair in wanted if found[pair] < 3] == []


@pytest.mark.parametrize(
    ("program", "least"),
    [
        ("food_bank", 3),
        ("emergency_shelter", 2),
        ("nmt", 1),
        ("cs_mtm", 1),
        ("cs_housing_navigation", 3),
        ("liheap", 2),
    ],
)
def test_what_people_ask_most_in_each_county(listings: list[Listing], program: str, least: int) -> None:
    found = Counter(county for item in listings if program in item.programs for county in item.counties)
    assert [county.name for county in make_demo.COUNTIES if found[county.name] < least] == []


def test_nothing_in_it_can_be_real(listings: list[Listing]) -> None:
    for item in listings:
        assert item.provenance.demo
        for phone in item.phones:
            assert re.fullmatch(r"\+1\d{3}55501\d\d|211|711", phone.number), (item.id, phone)
        for text in (item.url, item.email):
            assert text is None or ".example.org" in text


def test_each_county_has_a_refuge_that_nobody_can_find(listings: list[Listing]) -> None:
    hidden = [item for item in listings if item.confidential]
    assert len(hidden) == len(make_demo.COUNTIES)
    roster = list(csv.DictReader(io.StringIO(make_demo.make_roster().split("\n", 1)[1])))
    streets = {row["Record ID"]: row["Address"] for row in roster}
    for item in hidden:
        street = streets[item.provenance.row]
        assert street and street.casefold() not in repr(item).casefold()
        assert (item.address, item.latitude, item.longitude) == (None, None, None)


def test_it_has_every_shade(listings: list[Listing]) -> None:
    for name in ("wheelchair", "taking_referrals", "capacity", "reach", "assured_on", "schedule"):
        values = {getattr(item, name) for item in listings}
        assert len(values) >= (2 if name == "reach" else 3), name
    assert any(phone.kind == PhoneKind.TTY for item in listings for phone in item.phones)
    assert any(phone.extension for item in listings for phone in item.phones)
    assert any(item.hours_text and item.schedule is None for item in listings)
    assert any(len(item.counties) > 1 for item in listings)


def test_the_script_makes_what_is_shipped() -> None:
    shipped = (SHIPPED / "demo_plan_roster.csv").read_bytes().decode("utf-8-sig")
    assert make_demo.make_roster() == shipped.replace("\r\n", "\n")
    assert make_demo.make_feed() == (SHIPPED / "demo_referral_feed.jsonl").read_text(encoding="utf-8")
    assert _cells(make_demo.make_matrix()) == _cells((SHIPPED / "demo_partner_matrix.xlsx").read_bytes())
    assert _cells(make_demo.make_guide()) == _cells((SHIPPED / "demo_county_guide.xlsx").read_bytes())
    assert _rows(make_demo.make_list()) == _rows((SHIPPED / "demo_county_list.pdf").read_bytes())


@pytest.mark.parametrize("make", [make_demo.make_matrix, make_demo.make_guide, make_demo.make_list])
def test_the_same_bytes_whenever_it_is_made(make: Callable[[], bytes]) -> None:
    assert make() == make()


def test_the_places_that_stand_on_two_lists_are_on_both() -> None:
    """Each of them bears a phone and a city that today's lists have, so that the demo shows what matching does."""
    listed = make_demo.make_roster() + "".join(map(str, _cells(make_demo.make_matrix())))
    digits = re.sub(r"(?<=\d)\D{1,2}(?=\d)", "", listed)
    for place in more.AGAIN:
        assert re.sub(r"\D", "", place.phone)[-10:] in digits, place
        assert place.organization.split()[0].casefold() in listed.casefold(), place


def _rows(data: bytes) -> list[dict[str, str]]:
    return [cells for _, cells, _ in formats.read(data, Layout("pdf"), "list.pdf").rows]


def _cells(data: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
