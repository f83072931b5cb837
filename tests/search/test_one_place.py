"""The services of one organization at one place are one place."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.errors import UnknownListing
from directory.model import Address, Need, Phone
from directory.search import Query, SearchResult, found
from tests.search.listings import HERE, NOW, listed, names, walk_in

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
