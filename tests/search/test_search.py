"""What is found for a place, a need and filters of three values."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from directory.errors import DirectoryMissing, DirectoryOutdated
from directory.model import Capacity, Need, Place, Reach, Tri
from directory.search import Query, Relaxed, SearchResult, search
from directory.status import status
from tests.search.listings import EVENINGS, KERN, MODESTO, MORNINGS, NOW, STANISLAUS, listed, names, walk_in


def test_before_the_first_publication_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DirectoryMissing, match="puente publish"):
        search(Query(need=Need.FOOD), now=NOW, path=tmp_path / "directory.db")


# Where


def test_a_listing_by_county_serves_its_counties_and_no_other(ask: Callable[..., SearchResult]) -> None:
    result = ask(
        listed("ours"),
        listed("theirs", counties=("Kern",)),
        listed("both", counties=("Kern", "Stanislaus")),
        listed("everywhere", counties=(), statewide=True),
    )
    assert names(result) == ["both", "everywhere", "ours"]
    assert [hit.miles for hit in result.hits] == [None, None, None]


def test_a_place_to_walk_into_counts_by_distance_across_county_lines_nearest_first(
    ask: Callable[..., SearchResult],
) -> None:
    result = ask(
        walk_in("far", 29),
        walk_in("next county", 12, counties=("San Joaquin",)),
        walk_in("too far", 31),
        walk_in("near", 1),
    )
    assert names(result) == ["near", "next county", "far"]
    assert [round(hit.miles or 0) for hit in result.hits] == [1, 12, 29]
    assert result.relaxed == ()


def test_the_circle_is_exact_where_the_box_is_not(ask: Callable[..., SearchResult]) -> None:
    corner = listed("corner", reach=Reach.DISTANCE, latitude=MODESTO.latitude + 0.42, longitude=MODESTO.longitude + 0.5)
    assert names(ask(walk_in("near", 1), corner)) == ["near"]


def test_a_place_to_walk_into_without_coordinates_counts_by_county(ask: Callable[..., SearchResult]) -> None:
    result = ask(
        walk_in("near", 3),
        listed("private", reach=Reach.DISTANCE, confidential=True),
        listed("elsewhere", reach=Reach.DISTANCE, counties=("Kern",)),
    )
    assert names(result) == ["near", "private"]
    assert result.hits[1].miles is None


def test_asked_for_a_county_everything_that_serves_it_counts_and_nothing_has_a_distance(
    ask: Callable[..., SearchResult],
) -> None:
    result = ask(walk_in("b", 1), listed("a"), walk_in("other", 1, counties=("San Joaquin",)), place=STANISLAUS)
    assert names(result) == ["a", "b"]
    assert {hit.miles for hit in result.hits} == {None}


@pytest.mark.parametrize(
    ("place", "covered"),
    [(MODESTO, True), (STANISLAUS, True), (KERN, False), (None, True)],
)
def test_covered_says_whether_any_list_has_that_county(
    ask: Callable[..., SearchResult], place: Place | None, covered: bool
) -> None:
    assert ask(listed("a", needs=(Need.HOUSING,)), place=place).covered is covered


@pytest.mark.parametrize(
    ("others", "counties", "covered"),
    [
        (99, ("Kern",), True),
        (99, ("Kern", "Stanislaus"), False),
        (18, ("Kern", "Stanislaus"), True),
        (20, ("Kern", "Stanislaus"), False),
    ],
)
def test_a_list_covers_a_county_it_is_about_and_not_one_that_it_names_in_passing(
    ask: Callable[..., SearchResult], others: int, counties: tuple[str, ...], covered: bool
) -> None:
    records = [listed(str(number)) for number in range(others)]
    result = ask(*records, listed("ours", counties=counties), place=KERN)
    assert (names(result), result.covered) == (["ours"], covered)


# What


def test_a_need_finds_only_that_need_and_no_need_finds_all(ask: Callable[..., SearchResult]) -> None:
    records = (listed("food"), listed("roof", needs=(Need.HOUSING,)), listed("two", needs=(Need.FOOD, Need.HOUSING)))
    assert names(ask(*records)) == ["food", "two"]
    assert names(ask(*records, need=None)) == ["food", "roof", "two"]


def test_a_program_finds_that_program_while_there_is_one(ask: Callable[..., SearchResult]) -> None:
    records = (listed("pantry", programs=("food_bank",)), listed("office", programs=("calfresh",)), listed("other"))
    result = ask(*records, program="calfresh")
    assert (names(result), result.relaxed) == (["office"], ())


@pytest.mark.parametrize("need", [Need.FOOD, None])
def test_a_program_that_nobody_gives_gives_way_to_its_need(ask: Callable[..., SearchResult], need: Need | None) -> None:
    result = ask(
        listed("pantry", programs=("food_bank",)), listed("roof", needs=(Need.HOUSING,)), program="calfresh", need=need
    )
    assert (names(result), result.relaxed) == (["pantry"], (Relaxed.PROGRAM,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pena", ["Peña"]),
        ("PEÑA hot", ["Peña"]),
        ("meals", ["Peña"]),
        ("100%", []),
        ("meal", ["Peña"]),
        ("eals", []),
        ("pe\u006e\u0303a", ["Peña"]),
        ("%_\\", []),
        ("' OR 1=1 --", []),
        ('hot" AND meals*', []),
        ("pena nowhere", []),
        (" ", ["Olivo", "Peña"]),
    ],
)
def test_words_are_looked_for_in_names_and_descriptions(
    ask: Callable[..., SearchResult], text: str, expected: list[str]
) -> None:
    records = (listed("Peña", description="Hot meals"), listed("Olivo"))
    assert names(ask(*records, text=text)) == expected


# Filters have three values


FILTERS = [
    ({"language": "es"}, {"languages": ("es", "en")}, {}, {"languages": ("hmn",)}, Relaxed.LANGUAGE),
    ({"open_now": True}, {"schedule": MORNINGS}, {}, {"schedule": EVENINGS}, Relaxed.OPEN_NOW),
    (
        {"taking_referrals": True},
        {"taking_referrals": Tri.YES},
        {},
        {"taking_referrals": Tri.NO},
        Relaxed.TAKING_REFERRALS,
    ),
    ({"has_room": True}, {"capacity": Capacity.OPEN}, {}, {"capacity": Capacity.FULL}, Relaxed.CAPACITY),
    ({"plan": "kaiser"}, {"plans": ("kaiser",)}, {}, {"plans": ("anthem",)}, Relaxed.PLAN),
]


@pytest.mark.parametrize(("query", "yes", "unknown", "no", "step"), FILTERS)
def test_yes_comes_before_unknown_and_no_is_left_out(
    ask: Callable[..., SearchResult],
    query: dict[str, object],
    yes: dict[str, object],
    unknown: dict[str, object],
    no: dict[str, object],
    step: Relaxed,
) -> None:
    records = (listed("a no", **no), listed("b unknown", **unknown), listed("c yes", **yes))
    assert names(ask(*records)) == ["a no", "b unknown", "c yes"]
    result = ask(*records, **query)
    assert (names(result), result.total, result.relaxed) == (["c yes", "b unknown"], 2, ())


@pytest.mark.parametrize(("query", "yes", "unknown", "no", "step"), FILTERS)
def test_when_only_no_is_left_it_is_shown_and_said(
    ask: Callable[..., SearchResult],
    query: dict[str, object],
    yes: dict[str, object],
    unknown: dict[str, object],
    no: dict[str, object],
    step: Relaxed,
) -> None:
    result = ask(listed("a", **no), **query)
    assert (names(result), result.relaxed) == (["a"], (step,))


@pytest.mark.parametrize(
    ("capacity", "said_on", "expected"),
    [
        (Capacity.FULL, date(2026, 11, 20), ["b"]),
        (Capacity.FULL, date(2026, 10, 20), ["a", "b"]),
        (Capacity.WAIT_LIST, None, ["b"]),
        (Capacity.ASSESSMENT_FIRST, None, ["a", "b"]),
    ],
)
def test_room_that_was_judged_over_a_month_ago_is_unknown_again(
    ask: Callable[..., SearchResult], capacity: Capacity, said_on: date | None, expected: list[str]
) -> None:
    result = ask(listed("a", capacity=capacity, capacity_on=said_on), listed("b"), has_room=True)
    assert names(result) == expected


# One place shown once


def test_a_directory_of_another_version_says_what_to_do(tmp_path: Path, ask: Callable[..., SearchResult]) -> None:
    ask(listed("a"))
    path = tmp_path / "directory.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert (status(path).listings, status(path).outdated) == (1, True)
    with pytest.raises(DirectoryOutdated, match="puente publish"):
        search(Query(need=Need.FOOD), now=NOW, path=path)
