"""The counts beside a page are those that one gets by reading every place found."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory import store
from directory.model import Capacity, Listing, Tri
from directory.search import Facets, Freshness, Query, Relaxed, faceted, fitting, freshness, search
from tests.search.listings import HERE, MODESTO, NOW, SOURCES, listed
from tests.search.test_reference import LISTS, TODAY, answer, invented, question


def published(path: Path, records: Iterable[Listing], sources: Iterable[store.SourceRecord]) -> Path:
    when = datetime(2026, 11, 1, tzinfo=timezone.utc)
    store.write_directory(path, records=records, sources=sources, publication="facets", published_at=when)
    return path


def said(places: list[list[Tri]]) -> tuple[int, int, int]:
    """How many places say yes, no, nothing; of a place what the best of its services says."""
    best = Counter(Tri.YES if Tri.YES in one else Tri.NO if Tri.NO in one else Tri.UNKNOWN for one in places)
    return best[Tri.YES], best[Tri.NO], best[Tri.UNKNOWN]


@pytest.mark.parametrize("seed", range(6))
def test_each_count_is_what_the_places_found_say(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    records = invented(chance, (0, 12, 60, 400, 900, 900)[seed])
    path = published(tmp_path / "directory.db", records, LISTS)
    by_id = {one.id: one for one in records}
    for _ in range(40):
        query = dataclasses.replace(question(chance, chance.choice((0, 0.3))), limit=5000, offset=0)
        result, facets = faceted(query, now=NOW, path=path)
        assert result == search(query, now=NOW, path=path)
        check(query, [[by_id[one.listing.id] for one in hit.services] for hit in result.hits], facets)


def check(query: Query, found: list[list[Listing]], facets: Facets) -> None:
    strict = dataclasses.replace(query, wait_list=False)
    steps = {"open_now": Relaxed.OPEN_NOW, "taking_referrals": Relaxed.TAKING_REFERRALS, "has_room": Relaxed.CAPACITY}
    for name, step in steps.items():
        expected = said([[answer(one, strict, step) for one in place] for place in found])
        assert dataclasses.astuple(facets.told[name]) == expected, (name, query)
    for name, barrier in (("wheelchair", "wheelchair"), ("walk_in", "phone")):
        expected = said([[fitting.of(one, barrier) for one in place] for place in found])
        assert dataclasses.astuple(facets.told[name]) == expected, (name, query)
    assert facets.total == len(found)
    for name, field in (("programs", "programs"), ("plans", "plans"), ("languages", "languages")):
        named = Counter(value for place in found for value in {value for one in place for value in getattr(one, field)})
        assert getattr(facets, name) == named
    counts = list(facets.plans.values())
    assert counts == sorted(counts, reverse=True)
    ages = [{freshness(one, TODAY) for one in place} for place in found]
    assert facets.stale == sum(Freshness.STALE in age for age in ages)
    assert facets.checked == sum(Freshness.CHECKED in age for age in ages)


def test_a_place_that_says_two_things_counts_once_as_the_better(tmp_path: Path) -> None:
    records = (
        listed("a", taking_referrals=Tri.YES, languages=("es",), **HERE),
        listed("b", taking_referrals=Tri.NO, languages=("es", "hmn"), **HERE),
        listed("c", taking_referrals=Tri.NO),
    )
    path = published(tmp_path / "directory.db", records, SOURCES.values())
    _, facets = faceted(Query(place=MODESTO), now=NOW, path=path)
    assert facets.total == 2 and dataclasses.astuple(facets.told["taking_referrals"]) == (1, 1, 0)
    assert dict(facets.languages) == {"es": 1, "hmn": 1}


def test_a_waiting_list_will_do_after_room_and_before_what_nobody_knows(ask: Callable[..., object]) -> None:
    waits = listed("b waits", capacity=Capacity.WAIT_LIST, capacity_on=TODAY)
    records = (waits, listed("a full", capacity=Capacity.FULL), listed("d open", capacity=Capacity.OPEN), listed("c"))
    found = ask(*records, has_room=True, wait_list=True)
    assert [hit.listing.name for hit in found.hits] == ["d open", "b waits", "c"]
    assert [hit.listing.name for hit in ask(*records, has_room=True).hits] == ["d open", "c"]
