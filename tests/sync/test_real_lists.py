"""Two real lists load through source files alone; what was kept, what was left out and why is counted.

The reasons were judged on samples of each: `other_purpose` holds garden and service clubs, humane societies, rebates
for cars and heat pumps; `recreation` state parks, museums, choirs; `not_for_patients` mayors, chambers of commerce,
venues for nonprofits; `retail` store discounts, charity shops and farmers' markets (a market is no food help);
`no_need` rows whose categories and name say nothing ("Branch #51", "Circus Center").
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from directory import store, sync
from directory.model import Capacity, Listing
from directory.sync import RunReport, stage
from directory.sync.confidential import is_confidential, shows_place
from directory.sync.problems import Code
from directory.sync.record import from_json

from .conftest import NOW

FILES = {
    "san_mateo_2013": "san-mateo-2013/organizations.json",
    "bay_navigator_2026": "bay-navigator-2026/programs.jsonl",
}
REFUSED = {
    "san_mateo_2013": {
        Code.OTHER_PURPOSE: 208,
        Code.RECREATION: 157,
        Code.NO_NEED: 110,
        Code.NOT_FOR_PATIENTS: 104,
        Code.RETAIL: 23,
        Code.NO_COUNTY: 1,
    },
    "bay_navigator_2026": {
        Code.RECREATION: 361,
        Code.NO_NEED: 173,
        Code.OTHER_PURPOSE: 132,
        Code.RETAIL: 86,
        Code.NOT_FOR_PATIENTS: 33,
        Code.CLOSED: 4,
    },
}
DRAFTS = {"san_mateo_2013": 1100, "bay_navigator_2026": 2065}


Loaded = tuple[dict[str, RunReport], list[Listing], list[Listing]]
"""Reports, what is published, and what each row said by itself."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Loaded:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(tmp_path_factory.mktemp("real")))
        reports = {source: sync.run(source, file=samples / name, now=NOW) for source, name in FILES.items()}
        sync.publish(NOW)
        with store.open_directory() as connection:
            rows = [row["rowid"] for row in connection.execute("SELECT rowid FROM listing")]
            found = [item for n in range(0, len(rows), 500) for item in store.listings(connection, rows[n : n + 500])]
        with stage.open_work() as work:
            drafts = [from_json(text) for (text,) in work.execute("SELECT draft FROM staged WHERE draft IS NOT NULL")]
    return reports, found, drafts


@pytest.mark.parametrize("source", FILES)
def test_kept_left_out_and_why(loaded: Loaded, source: str) -> None:
    report = loaded[0][source]
    assert {code: count for code, count in report.counts.items() if code.refuses} == REFUSED[source]
    assert (report.drafts, report.rows) == (DRAFTS[source], DRAFTS[source] + sum(REFUSED[source].values()))
    assert report.rows == {"san_mateo_2013": 1703, "bay_navigator_2026": 2854}[source]


def test_the_2013_rows_are_all_stale_and_nobody_checked_them(loaded: Loaded) -> None:
    old = [item for item in loaded[2] if item.provenance.source == "san_mateo_2013"]
    assert {item.provenance.as_of for item in old} == {date(2013, 1, 1)}
    assert {item.assured_on for item in old} == {None}
    assert {item.capacity for item in loaded[1]} == {Capacity.UNKNOWN}  # "no wait" of 2013 is not told as news


def test_the_day_of_a_list_is_no_check(loaded: Loaded) -> None:
    new = [item for item in loaded[2] if item.provenance.source == "bay_navigator_2026"]
    assert {item.provenance.as_of for item in new} == {date(2026, 1, 22)}
    assert {item.assured_on for item in new} == {None}


@pytest.mark.parametrize("shop", ["Rainbow Grocery", "Denny's 55+ Menu", "California Certified Farmers' Markets"])
def test_a_discount_is_not_food(loaded: Loaded, shop: str) -> None:
    assert shop not in {item.name for item in loaded[1]}


@pytest.mark.parametrize(
    ("name", "programs"),
    [
        ("SF-Marin Food Bank", ("food_bank",)),
        ("SamTrans: Redi-Wheels Paratransit", ("ada_paratransit",)),
        ("Clipper START", ("reduced_fare",)),
        ("Oakland Housing Authority", ("hcv",)),
        ("Meals on Wheels San Francisco", ("oaa_home_meals",)),
        ("LIHEAP", ("liheap",)),
        ("Project Sentinel Fair Housing", ()),
    ],
)
def test_programs_are_found_where_the_list_says_so(loaded: Loaded, name: str, programs: tuple[str, ...]) -> None:
    assert {item.programs for item in loaded[1] if item.name == name} == {programs}


@pytest.mark.parametrize(
    "name", ["A Safe Place", "Community Overcoming Relationship Abuse", "Next Door Solutions", "Narika"]
)
def test_a_refuge_has_no_place(loaded: Loaded, name: str) -> None:
    found = [item for item in loaded[1] if name in item.name or name == item.organization]
    assert found and all(item.confidential and item.address is None for item in found)


def test_no_place_is_left_of_any_refuge(loaded: Loaded) -> None:
    hidden = [item for item in loaded[1] if item.confidential]
    assert 60 <= len(hidden) <= 100
    assert [item.id for item in hidden if shows_place(item)] == []
    open_ones = [item for item in loaded[1] if not item.confidential]
    assert [item.id for item in open_ones if is_confidential(name=item.name, texts=item.description or "")] == []
