"""What a plan's own published list names in a county, row by row, and what of it is only another list's word."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from directory import store
from directory.model import Listing, Need, Provenance, Reach
from directory.search.listed import programs_listed

TODAY = date(2026, 11, 22)
LISTS = (
    store.SourceRecord("kern_list", "Kern's list", plan="kern_family", as_of=date(2026, 10, 1)),
    store.SourceRecord("old_list", "An old list", plan="kern_family", as_of=date(2024, 10, 1)),
    store.SourceRecord("undated", "A list of nobody knows when", plan="kern_family"),
    store.SourceRecord("demo_list", "An invented list", plan="kern_family", as_of=date(2026, 10, 1), demo=True),
    store.SourceRecord("county_list", "The county's list", as_of=date(2026, 10, 1)),
    store.SourceRecord("hand", "The clinic", as_of=date(2026, 10, 1)),
)
BY_ID = {record.id: record for record in LISTS}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


def publish(home: Path, source: str, **values: object) -> Path:
    """Publishes one place, named by that list."""
    plain: dict[str, Any] = {"programs": ("cs_mtm",), "counties": ("Kern",), "plans": ("kern_family",), **values}
    record = BY_ID[source]
    place = Listing(
        id=f"{source}:1",
        organization="Olivo House",
        name="Olivo Meals",
        needs=(Need.FOOD,),
        provenance=Provenance(record.id, "1", record.title, record.as_of, record.demo),
        **plain,
    )
    path = home / "directory.db"
    store.write_directory(
        path,
        records=[place],
        sources=LISTS,
        publication="p1",
        published_at=datetime(2026, 11, 2, 20, 0, tzinfo=timezone.utc),
    )
    return path


def also_said(path: Path, *rows: tuple[str, str]) -> None:
    """The rows of several lists behind the one place, and the fields in which each agrees."""
    with sqlite3.connect(path) as connection:
        [(place,)] = connection.execute("SELECT rowid FROM listing")
        connection.executemany(
            "INSERT INTO said VALUES (?, ?, '1', NULL, ?, '{}')", [(place, source, agrees) for source, agrees in rows]
        )
    connection.close()


def test_nothing_is_listed_where_nothing_is_published() -> None:
    assert programs_listed("kern_family", "Kern", TODAY) == frozenset()


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("kern_list", {}, {"cs_mtm"}),
        ("kern_list", {"programs": ("cs_mtm", "nmt"), "reach": Reach.DISTANCE}, {"cs_mtm", "nmt"}),
        ("kern_list", {"counties": ("Fresno", "Kern")}, {"cs_mtm"}),
        ("kern_list", {"counties": ("Fresno",)}, set()),
        ("old_list", {}, set()),
        ("undated", {}, set()),
        ("demo_list", {}, set()),
        ("county_list", {}, set()),
    ],
)
def test_a_row_of_the_plans_own_list(home: Path, source: str, values: dict[str, object], expected: set[str]) -> None:
    publish(home, source, **values)
    assert programs_listed("kern_family", "Kern", TODAY) == expected
    assert programs_listed("health_net", "Kern", TODAY) == frozenset()


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-09-30", False), ("2026-10-01", True), ("2027-10-01", True), ("2027-10-02", False)],
)
def test_a_list_counts_for_a_year_from_its_day(home: Path, on: str, expected: bool) -> None:
    publish(home, "kern_list")
    assert (programs_listed("kern_family", "Kern", date.fromisoformat(on)) == {"cs_mtm"}) is expected


@pytest.mark.parametrize("on", [date.min, date.max])
def test_any_day_can_be_asked_for(home: Path, on: date) -> None:
    publish(home, "kern_list")
    assert programs_listed("kern_family", "Kern", on) == frozenset()


WHOLE, NAME, PROGRAMS = '["name", "programs", "counties"]', '["name"]', '["name", "programs"]'
COUNTIES = '["name", "counties"]'


@pytest.mark.parametrize(
    ("programs", "counties", "rows", "expected"),
    [
        # the clinic only mended the name: programs and counties are the plan's
        (("cs_mtm", "nmt"), ("Fresno", "Kern"), [("kern_list", WHOLE), ("hand", NAME)], {"cs_mtm", "nmt"}),
        # two lists, one program, one county: the plan said it too
        (("cs_mtm",), ("Kern",), [("kern_list", WHOLE), ("county_list", WHOLE)], {"cs_mtm"}),
        # which of two lists named which program, nobody can tell
        (("cs_mtm", "nmt"), ("Kern",), [("kern_list", WHOLE), ("county_list", PROGRAMS)], set()),
        (("cs_mtm",), ("Fresno", "Kern"), [("kern_list", WHOLE), ("county_list", COUNTIES)], set()),
        # the plan names the place and no program
        (("cs_mtm",), ("Kern",), [("kern_list", COUNTIES), ("county_list", WHOLE)], set()),
        (("cs_mtm",), ("Kern",), [("demo_list", WHOLE), ("county_list", WHOLE)], set()),
        (("cs_mtm",), ("Kern",), [("old_list", WHOLE), ("county_list", WHOLE)], set()),
    ],
)
def test_of_a_place_on_several_lists_only_the_plans_word_counts(
    home: Path, programs: tuple[str, ...], counties: tuple[str, ...], rows: list[tuple[str, str]], expected: set[str]
) -> None:
    also_said(publish(home, "kern_list", programs=programs, counties=counties), *rows)
    with store.open_directory() as connection:
        assert programs_listed("kern_family", "Kern", TODAY, connection=connection) == expected
