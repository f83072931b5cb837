"""Health at the desk: freshness, lists, publications, what nobody found; never a small number of somebody in danger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import health
from directory.accounts import Role
from directory.records import Answer
from directory.records.file import File, path
from tests.conftest import demo_copy
from tests.desk.conftest import publish
from tests.desk.listings import NOW, listed

TODAY = date(2026, 11, 23)


@pytest.fixture
def lists(demo_home: Path, desk_home: Path) -> Path:
    """The home of the demo, read and published."""
    demo_copy(demo_home, desk_home)
    return desk_home


def keep(*answers: Answer) -> None:
    records = File(path())
    records.insert(answers)
    records.close()


def unmet(need: str, county: str, times: int) -> list[Answer]:
    return [Answer(TODAY, "web", "none_found", "en", act="find_provider", need=need, county=county)] * times


def test_the_share_of_checked_places_is_by_list(desk_home: Path) -> None:
    ages = (10, 100, 200, 400)
    checked = [listed(f"p{age}", assured_on=TODAY - timedelta(days=age)) for age in ages]
    publish(desk_home / "directory.db", *checked, listed("never", assured_on=None))
    found = health.by_list(TODAY, desk_home / "directory.db")
    assert [(one.listings, one.within, one.never) for one in found] == [(5, (1, 2, 3), 1)]
    assert [found[0].share(position) for position in range(3)] == [20, 40, 60]


def test_lists_reasons_and_publications_are_told(signed: Callable[..., TestClient], lists: Path) -> None:
    page = signed(Role.CHW).get("/health").text
    assert "Demo roster of plan partners (invented)" in page and "3 rows, 1 %" in page
    assert "The workbook hides this row" in page and "676 places" in page and "in force" in page


def test_small_counts_of_dangers_and_of_a_county_are_fewer_than_five(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    danger = Answer(TODAY, "sms", "crisis", "en", danger="violence")
    keep(danger, danger, *unmet("food", "Alpine", 3), *unmet("housing", "Kern", 7))
    page = signed(Role.CHW).get("/health").text
    assert "Somebody wrote of a danger</dt><dd>fewer than 5</dd>" in page
    food, housing = (
        page.split("Searches that found no place")[-1].partition(county)[2][:80] for county in ("Alpine", "Kern")
    )
    assert "fewer than 5" in food and ">3<" not in food
    assert ">7<" in housing
    assert [(one.count, one.few) for one in health.dangers(since=TODAY)] == [(0, True)]


def test_many_are_told_as_they_are(desk_home: Path) -> None:
    keep(*[Answer(TODAY, "sms", "worry", "es", danger="worry")] * 5)
    assert [(one.values, one.count, one.few) for one in health.dangers(since=TODAY)] == [(("worry",), 5, False)]
    assert health.dangers(since=TODAY + timedelta(days=1)) == ()


def test_nothing_published_is_a_page_that_says_what_to_do(signed: Callable[..., TestClient]) -> None:
    page = signed().get("/health?lang=es")
    assert page.status_code == 200 and "Todavía no hay nada publicado" in page.text


def test_records_that_are_damaged_take_no_other_part_away(signed: Callable[..., TestClient], lists: Path) -> None:
    path().write_bytes(b"no database at all" * 100)
    page = signed().get("/health")
    assert page.status_code == 200 and "Demo roster" in page.text and 'role="alert"' in page.text


def test_findings_of_the_doctor_stand_with_their_commands(signed: Callable[..., TestClient], lists: Path) -> None:
    page = signed(now=NOW).get("/health/checks").text
    assert "Fix these before patients write" in page and "puente setup" in page
    assert signed(Role.CHW).get("/health/checks").status_code == 403
