"""Where nothing fits, what stood in the way is given up, and the answer says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from directory.model import Need
from directory.search import Relaxed, SearchResult
from tests.search.listings import EVENINGS, MORNINGS, STANISLAUS, listed, names, walk_in


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
