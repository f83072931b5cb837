"""What grows old or holds for a time only: hours, notices, suspensions and room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory.errors import UnknownListing
from directory.model import Address, Capacity, Tri
from directory.search import SearchResult, found
from tests.search.listings import EVENINGS, HERE, MORNINGS, NOW, TODAY, listed, names

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
