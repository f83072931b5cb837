"""Which place stands first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from directory.model import Address, Reach, Tri
from directory.search import Freshness, Hit, SearchResult, freshness
from tests.search.listings import EVENINGS, MODESTO, MORNINGS, TODAY, listed, names, walk_in


@pytest.mark.parametrize(
    ("assured_on", "source", "expected"),
    [
        (date(2026, 10, 2), "list", Freshness.CHECKED),
        (date(2026, 5, 27), "list", Freshness.CHECKED),
        (date(2026, 5, 26), "list", Freshness.LISTED),
        (date(2025, 11, 23), "list", Freshness.LISTED),
        (date(2025, 11, 22), "list", Freshness.STALE),
        (date(2027, 1, 1), "list", Freshness.LISTED),
        (None, "list", Freshness.LISTED),
        (None, "old", Freshness.STALE),
        (None, "undated", Freshness.STALE),
        (date(2026, 10, 2), "old", Freshness.CHECKED),
    ],
)
def test_freshness_is_what_somebody_checked_else_what_the_list_bears(
    ask: Callable[..., SearchResult], assured_on: date | None, source: str, expected: Freshness
) -> None:
    record = listed("a", source=source, assured_on=assured_on)
    assert freshness(record, TODAY) is expected
    assert ask(record).hits[0].freshness is expected


def test_stale_comes_last_even_when_nearer(ask: Callable[..., SearchResult]) -> None:
    result = ask(walk_in("stale", 1, source="old"), walk_in("fresh", 20))
    assert names(result) == ["fresh", "stale"]


def test_checked_comes_before_listed_where_distance_says_nothing(ask: Callable[..., SearchResult]) -> None:
    assert names(ask(listed("a"), listed("b", assured_on=date(2026, 11, 1)))) == ["b", "a"]


def test_places_to_walk_into_come_before_those_without_a_distance(ask: Callable[..., SearchResult]) -> None:
    assert names(ask(listed("a"), walk_in("b", 25))) == ["b", "a"]


IN_ZIP = Address("1 Oak St", "Modesto", "95354")
IN_CITY = Address("1 Oak St", "Modesto", None)


@pytest.mark.parametrize(
    ("values", "first", "about"),
    [
        ({"reach": Reach.DISTANCE, "address": IN_ZIP}, True, True),
        ({"reach": Reach.DISTANCE, "address": IN_CITY}, True, True),
        ({"reach": Reach.DISTANCE, "address": Address("1 Oak St", "Nowhere at all", None)}, False, False),
        ({"reach": Reach.DISTANCE}, False, False),
        ({"address": IN_ZIP}, True, False),
        ({"latitude": MODESTO.latitude, "longitude": MODESTO.longitude}, True, False),
        ({"address": Address("1 Oak St", "Bakersfield", "93301")}, False, False),
        ({"address": IN_ZIP, "statewide": True}, False, False),
        ({}, False, False),
    ],
)
def test_without_coordinates_a_listing_is_near_by_its_zip_else_its_city(
    ask: Callable[..., SearchResult], values: dict[str, object], first: bool, about: bool
) -> None:
    result = ask(walk_in("sixteen miles", 16), listed("ours", **values))
    assert names(result) == (["ours", "sixteen miles"] if first else ["sixteen miles", "ours"])
    ours = next(hit for hit in result.hits if hit.listing.name == "ours")
    assert ours.miles is None
    assert (ours.about_miles is not None and ours.about_miles < 5) is about


def test_a_place_to_walk_into_is_found_across_the_county_line_by_its_zip(ask: Callable[..., SearchResult]) -> None:
    across = listed("across", reach=Reach.DISTANCE, counties=("Kern",), address=IN_ZIP)
    far = listed("far", reach=Reach.DISTANCE, address=Address("1 Oak St", "Bakersfield", "93301"))
    assert names(ask(across, far)) == ["across"]


def test_the_plan_counts_more_than_a_filter_and_a_filter_more_than_distance(ask: Callable[..., SearchResult]) -> None:
    records = (
        walk_in("near", 1),
        walk_in("spanish", 10, languages=("es",)),
        walk_in("plan", 20, plans=("kaiser",)),
    )
    assert names(ask(*records, plan="kaiser", language="es")) == ["plan", "spanish", "near"]


def test_pages_follow_each_other_and_the_total_stays(ask: Callable[..., SearchResult]) -> None:
    records = [walk_in(f"{number:02}", number) for number in range(1, 8)]
    pages = [ask(*records, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [names(page) for page in pages] == [["01", "02", "03"], ["04", "05", "06"], ["07"], []]
    assert {page.total for page in pages} == {7}


def test_a_hit_says_whether_it_is_open(ask: Callable[..., SearchResult]) -> None:
    result = ask(listed("a", schedule=MORNINGS), listed("b", schedule=EVENINGS), listed("c"))
    assert [hit.open for hit in result.hits] == [Tri.YES, Tri.NO, Tri.UNKNOWN]
    assert isinstance(result.hits[0], Hit)
