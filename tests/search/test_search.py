from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import store
from directory.errors import DirectoryMissing, DirectoryOutdated, UnknownListing
from directory.model import (
    Address,
    Capacity,
    Interval,
    Listing,
    Need,
    Phone,
    Place,
    PlaceKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)
from directory.search import Freshness, Hit, Query, Relaxed, SearchResult, found, freshness, search
from directory.status import status

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # a Monday
TODAY = NOW.date()
MODESTO = Place(PlaceKind.ZIP, "Modesto", "Stanislaus", "95354", 37.64, -120.99)
STANISLAUS = Place(PlaceKind.COUNTY, "Stanislaus County", "Stanislaus", None, 37.56, -121.00)
KERN = Place(PlaceKind.CITY, "Bakersfield", "Kern", None, 35.37, -119.02)
MILE = 1 / 69.1  # of latitude

SOURCES = {
    source.id: source
    for source in (
        store.SourceRecord("list", "A list", as_of=date(2026, 10, 1)),
        store.SourceRecord("old", "An old list", as_of=date(2013, 5, 1)),
        store.SourceRecord("undated", "A list without a day"),
    )
}
MORNINGS = Schedule(tuple(Interval(day, time(8), time(13)) for day in range(5)))
EVENINGS = Schedule(tuple(Interval(day, time(17), time(20)) for day in range(5)))


def listed(id: str, *, source: str = "list", **values: object) -> Listing:
    record = SOURCES[source]
    plain = {"organization": id, "name": id, "counties": ("Stanislaus",), "needs": (Need.FOOD,), **values}
    return Listing(id=f"{source}:{id}", provenance=Provenance(source, id, record.title, record.as_of), **plain)


def walk_in(id: str, miles: float, **values: object) -> Listing:
    return listed(
        id, reach=Reach.DISTANCE, latitude=MODESTO.latitude + miles * MILE, longitude=MODESTO.longitude, **values
    )


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., SearchResult]:
    """Publishes those listings and asks one question of them."""

    def asked(*records: Listing, **query: object) -> SearchResult:
        path = tmp_path / "directory.db"
        path.unlink(missing_ok=True)
        when = datetime(2026, 11, 1, tzinfo=timezone.utc)
        store.write_directory(path, records=records, sources=SOURCES.values(), publication="test", published_at=when)
        return search(Query(**{"need": Need.FOOD, "place": MODESTO, "limit": 20, **query}), now=NOW, path=path)

    return asked


def names(result: SearchResult) -> list[str]:
    return [hit.listing.name for hit in result.hits]


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


# Giving up


def test_filters_are_given_up_in_their_order_and_only_those_that_stood_in_the_way(
    ask: Callable[..., SearchResult],
) -> None:
    closed = listed("closed", languages=("es",), schedule=EVENINGS)
    result = ask(closed, language="es", open_now=True)
    assert (names(result), result.relaxed) == (["closed"], (Relaxed.OPEN_NOW,))


def test_language_is_given_up_before_open_now(ask: Callable[..., SearchResult]) -> None:
    spanish_closed = listed("spanish but closed", languages=("es",), schedule=EVENINGS)
    open_english = listed("open but english", languages=("en",), schedule=MORNINGS)
    result = ask(spanish_closed, open_english, language="es", open_now=True)
    assert (names(result), result.relaxed) == (["open but english"], (Relaxed.LANGUAGE,))


def test_a_plan_nearby_is_given_up_before_distance(ask: Callable[..., SearchResult]) -> None:
    near, far = walk_in("near", 5, plans=("anthem",)), walk_in("far", 40, plans=("kaiser",))
    assert (names(ask(near, far, plan="kaiser"))) == ["near"]
    alone = ask(far, plan="kaiser")
    assert (names(alone), alone.relaxed) == (["far"], (Relaxed.DISTANCE,))


@pytest.mark.parametrize(
    ("miles", "counties", "expected"),
    [(59, ("Kern",), 1), (61, ("Kern",), 0), (80, ("Stanislaus",), 1)],
)
def test_farther_means_sixty_miles_or_the_same_county(
    ask: Callable[..., SearchResult], miles: float, counties: tuple[str, ...], expected: int
) -> None:
    result = ask(walk_in("far", miles, counties=counties), listed("roof", needs=(Need.HOUSING,)))
    assert len(result.hits) == expected
    assert result.relaxed == ((Relaxed.DISTANCE,) if expected else ())


def test_a_county_with_nothing_of_that_need_looks_sixty_miles_from_its_middle(ask: Callable[..., SearchResult]) -> None:
    near = walk_in("next door", 20, counties=("San Joaquin",))
    result = ask(near, listed("roof", needs=(Need.HOUSING,)), place=STANISLAUS)
    assert (names(result), result.relaxed, result.covered) == (["next door"], (Relaxed.DISTANCE,), True)


ELSEWHERE = {"counties": ("San Joaquin",)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["near", "everywhere"]),
        ({"place": STANISLAUS}, ["everywhere"]),
        ({"program": "wic"}, ["near", "everywhere"]),
        ({"need": Need.HOUSING}, []),
        ({"need": Need.HOUSING, "place": STANISLAUS}, []),
        ({"need": None, "text": "roof"}, []),
    ],
)
def test_where_no_list_covers_the_county_nothing_farther_away_stands_in(
    ask: Callable[..., SearchResult], query: dict[str, object], expected: list[str]
) -> None:
    result = ask(
        walk_in("near", 20, **ELSEWHERE),
        walk_in("far", 45, **ELSEWHERE),
        walk_in("roof", 45, needs=(Need.HOUSING,), **ELSEWHERE),
        listed("everywhere", counties=(), statewide=True),
        **query,
    )
    assert (names(result), result.covered) == (expected, False)
    assert Relaxed.DISTANCE not in result.relaxed


def test_a_program_far_away_is_better_than_another_program(ask: Callable[..., SearchResult]) -> None:
    result = ask(walk_in("pantry", 1), walk_in("far", 45, programs=("wic",)), program="wic")
    assert (names(result), result.relaxed) == (["far"], (Relaxed.DISTANCE,))


def test_nothing_at_all_is_an_answer(ask: Callable[..., SearchResult]) -> None:
    result = ask(listed("roof", needs=(Need.HOUSING,)), language="es", open_now=True, program="wic")
    assert (result.hits, result.total, result.relaxed) == ((), 0, ())


# Old hours


@pytest.mark.parametrize(
    ("source", "assured_on", "expected"),
    [
        ("list", None, Tri.NO),
        ("old", None, Tri.UNKNOWN),
        ("undated", None, Tri.UNKNOWN),
        ("undated", date(2026, 11, 1), Tri.NO),
        ("list", date(2025, 11, 1), Tri.UNKNOWN),
        ("old", date(2026, 11, 1), Tri.NO),
    ],
)
def test_hours_that_nobody_looked_at_for_a_year_are_unknown(
    ask: Callable[..., SearchResult], source: str, assured_on: date | None, expected: Tri
) -> None:
    record = listed("a", source=source, assured_on=assured_on, schedule=EVENINGS)
    assert ask(record).hits[0].open is expected


def test_open_now_drops_nobody_by_old_hours_and_trusts_nobody_for_them(ask: Callable[..., SearchResult]) -> None:
    result = ask(
        listed("old and closed", source="old", schedule=EVENINGS),
        listed("old and open", source="old", schedule=MORNINGS),
        listed("closed", schedule=EVENINGS),
        open_now=True,
    )
    assert (names(result), result.relaxed) == (["old and closed", "old and open"], ())


# What holds for a time only


@pytest.mark.parametrize(
    ("until", "shown"),
    [(None, True), (date(2026, 11, 22), True), (date(2026, 11, 23), False), (date(2027, 1, 1), False)],
)
def test_a_suspended_listing_is_shown_to_nobody_until_that_day_has_passed(
    tmp_path: Path, ask: Callable[..., SearchResult], until: date | None, shown: bool
) -> None:
    result = ask(listed("a", suspended_until=until, **HERE), listed("b", **HERE))
    assert [each.listing.name for hit in result.hits for each in hit.services] == (["a", "b"] if shown else ["b"])
    path = tmp_path / "directory.db"
    assert [each.listing.name for each in found("list:b", now=NOW, path=path).also] == (["a"] if shown else [])
    if not shown:
        with pytest.raises(UnknownListing, match="suspended"):
            found("list:a", now=NOW, path=path)


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, "Closed today"), (date(2026, 11, 23), "Closed today"), (date(2026, 11, 22), None)],
)
def test_a_notice_that_has_ended_is_no_notice(
    ask: Callable[..., SearchResult], until: date | None, expected: str | None
) -> None:
    assert ask(listed("a", alert="Closed today", alert_until=until)).hits[0].listing.alert == expected


@pytest.mark.parametrize(
    ("until", "expected"), [(TODAY, Tri.UNKNOWN), (None, Tri.UNKNOWN), (TODAY - timedelta(days=1), Tri.YES)]
)
def test_nobody_is_told_that_a_place_with_a_notice_is_open(
    ask: Callable[..., SearchResult], until: date | None, expected: Tri
) -> None:
    noticed = listed("a", schedule=MORNINGS, alert="Closed today", alert_until=until)
    result = ask(noticed, listed("b", schedule=MORNINGS), open_now=True)
    assert {hit.listing.name: hit.open for hit in result.hits} == {"a": expected, "b": Tri.YES}
    assert names(result) == (["a", "b"] if expected is Tri.YES else ["b", "a"])


def test_a_notice_at_one_desk_may_be_said_of_the_whole_door(ask: Callable[..., SearchResult]) -> None:
    door = {"organization": "Olivo", "schedule": MORNINGS, "address": Address("1 Kite Row", "Modesto", "95354")}
    (place,) = ask(listed("a", alert="Closed today", alert_until=TODAY, **door), listed("b", **door)).hits
    assert {service.listing.name: service.open for service in place.services} == {"a": Tri.UNKNOWN, "b": Tri.UNKNOWN}


@pytest.mark.parametrize(("said_on", "known"), [(date(2026, 10, 24), True), (date(2026, 10, 23), False)])
def test_room_that_is_unknown_again_takes_its_length_and_who_said_it_along(
    ask: Callable[..., SearchResult], said_on: date, known: bool
) -> None:
    said = {"capacity": Capacity.WAIT_LIST, "capacity_on": said_on, "capacity_by": "Ana", "wait_list": "40 people"}
    (one,) = ask(listed("a", **said)).hits
    told = (one.listing.capacity, one.listing.capacity_on, one.listing.capacity_by, one.listing.wait_list)
    assert told == (tuple(said.values()) if known else (Capacity.UNKNOWN, None, None, None))


# Order


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


# One place shown once


HERE = {"organization": "Tule Wagon", "address": Address("12 Oak St", "Modesto", "95354")}
BY_PHONE = {"organization": "Tule Wagon", "phones": (Phone("+12095550123"),)}


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        (HERE, {**HERE, "organization": "TULE  wagon", "address": Address("12 oak st", "MODESTO", None)}, 1),
        (HERE, {**HERE, "address": Address("14 Oak St", "Modesto", "95354")}, 2),
        (HERE, {**HERE, "address": Address("12 Oak St", "Ceres", "95307")}, 2),
        (HERE, {**HERE, "organization": "Tule Cart"}, 2),
        (HERE, {**HERE, "phones": (Phone("+12095550123"),)}, 1),
        (HERE, BY_PHONE, 2),
        (BY_PHONE, BY_PHONE, 1),
        (BY_PHONE, {**BY_PHONE, "phones": (Phone("+12095550124"), Phone("+12095550123"))}, 2),
        (BY_PHONE, {**BY_PHONE, "counties": ("Stanislaus", "Kern")}, 2),
        ({"organization": "Tule Wagon"}, {"organization": "Tule Wagon"}, 2),
        ({**BY_PHONE, "confidential": True}, {**BY_PHONE, "confidential": True}, 1),
    ],
)
def test_the_services_of_one_organization_at_one_place_are_one_place(
    ask: Callable[..., SearchResult], first: dict[str, object], second: dict[str, object], places: int
) -> None:
    result = ask(listed("a", **first), listed("b", **second))
    assert (result.total, len(result.hits)) == (places, places)
    assert sorted(each.listing.name for one in result.hits for each in one.services) == ["a", "b"]


def test_an_invented_place_never_stands_with_a_real_one(tmp_path: Path, ask: Callable[..., SearchResult]) -> None:
    real = listed("a", **HERE)
    invented = dataclasses.replace(real, id="list:b", provenance=dataclasses.replace(real.provenance, demo=True))
    assert ask(real, invented).total == 2


def test_the_best_service_stands_first_and_only_those_that_fit_stand_beside_it(
    ask: Callable[..., SearchResult],
) -> None:
    records = (
        listed("a english", languages=("en",), **HERE),
        listed("b unknown", **HERE),
        listed("c spanish", languages=("es",), **HERE),
        listed("d roof", needs=(Need.HOUSING,), **HERE),
    )
    (one,) = ask(*records, language="es").hits
    assert [each.listing.name for each in one.services] == ["c spanish", "b unknown"]


def test_pages_of_places_neither_repeat_nor_skip_one(ask: Callable[..., SearchResult]) -> None:
    def site(number: int) -> dict[str, object]:
        return {"organization": f"o{number}", "address": Address("1 Oak St", "Modesto", None)}

    records = [walk_in(f"{number}{letter}", number, **site(number)) for number in range(1, 6) for letter in "ab"]
    pages = [ask(*records, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [names(page) for page in pages] == [["1a", "2a"], ["3a", "4a"], ["5a"]]
    assert {page.total for page in pages} == {5}
    assert [one.also[0].listing.name for page in pages for one in page.hits] == ["1b", "2b", "3b", "4b", "5b"]


def test_a_place_found_earlier_is_found_again_with_its_services_of_that_need(
    tmp_path: Path, ask: Callable[..., SearchResult]
) -> None:
    ask(listed("a", **HERE), listed("b", **HERE), listed("roof", needs=(Need.HOUSING,), **HERE))
    path = tmp_path / "directory.db"
    for query, also in ((Query(need=Need.FOOD), ["b"]), (Query(program="wic"), ["b"]), (None, ["b", "roof"])):
        one = found("list:a", now=NOW, query=query, path=path)
        assert [each.listing.name for each in one.also] == also
    with pytest.raises(UnknownListing):
        found("list:none", now=NOW, path=path)


def test_a_directory_of_another_version_says_what_to_do(tmp_path: Path, ask: Callable[..., SearchResult]) -> None:
    ask(listed("a"))
    path = tmp_path / "directory.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert (status(path).listings, status(path).outdated) == (1, True)
    with pytest.raises(DirectoryOutdated, match="puente publish"):
        search(Query(need=Need.FOOD), now=NOW, path=path)
