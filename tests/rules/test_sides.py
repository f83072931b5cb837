"""The sides of a program: the loader refuses what nobody could trust, and each shipped answer can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.eligibility.conditions import Basis
from directory.eligibility.sides import SIDES, Side, parse_sides
from directory.eligibility.strict import Entry, Period, Text
from directory.errors import RulesError

FREE = {
    "en": "It is free.",
    "es": "Es gratis.",
    "status": "verified",
    "checked_on": date(2026, 11, 21),
    "review_by": date(2027, 5, 20),
    "sources": ["S_DHCS"],
}


def parsed(sides: object) -> dict[str, Side]:
    return dict(parse_sides(Entry(sides, Path("rides.yml"), "sides"), ["S_DHCS", "S_GK"]))


def changed(**by: Any) -> dict[str, object]:
    return {"cost": {**FREE, **by}}


def test_a_side_is_a_text_and_what_it_stands_on() -> None:
    basis = Basis(Period(), "verified", date(2026, 11, 21), date(2027, 5, 20), ("S_DHCS",))
    assert parsed({"cost": FREE}) == {"cost": Side(Text("It is free.", "Es gratis."), basis)}


def test_a_side_may_have_a_first_and_a_last_day() -> None:
    days = {"from": date(2026, 12, 1), "until": date(2027, 5, 31)}
    assert parsed(changed(**days))["cost"].basis.period == Period(days["from"], days["until"])


def test_sides_come_in_one_order() -> None:
    assert list(parsed(dict.fromkeys(reversed(SIDES), FREE))) == list(SIDES)


def test_no_side_at_all_is_no_error() -> None:
    assert parsed({}) == {}


@pytest.mark.parametrize(
    ("sides", "says"),
    [
        ({"price": FREE}, r"rides\.yml, sides: the key 'price' is unknown"),
        (changed(tone="kind"), r"rides\.yml, sides\.cost: the key 'tone' is unknown"),
        (changed(sources=[]), r"rides\.yml, sides\.cost\.sources: no source is named"),
        (changed(sources=["S_NOBODY"]), r"rides\.yml, sides\.cost\.sources: .*'S_NOBODY'"),
        (changed(es=" "), r"rides\.yml, sides\.cost\.es: a text"),
        (changed(status="sure"), r"rides\.yml, sides\.cost\.status: 'sure'"),
        (changed(review_by=date(2026, 1, 1)), r"sides\.cost\.review_by: it lies before"),
        (changed(until=date(2026, 12, 31)), r"sides\.cost\.review_by: it lies after 'until'"),
        (changed(**{"from": date(2028, 1, 1), "until": date(2027, 12, 31)}), r"sides\.cost\.until: it lies before"),
        ({"cost": {key: FREE[key] for key in FREE if key != "sources"}}, r"sides\.cost: the key 'sources' is missing"),
        ([FREE], r"rides\.yml, sides: names with values"),
    ],
)
def test_refused(sides: object, says: str) -> None:
    with pytest.raises(RulesError, match=says):
        parsed(sides)
