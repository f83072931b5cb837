"""What the heading of a list promises, and only that."""

from __future__ import annotations

import dataclasses

import pytest

from directory.eligibility import rules
from directory.model import (
    Need,
    Tri,
)
from directory.search import Query
from directory.text import listing as words
from tests.text.told import ALL_YES, EN, ES, found, hit, service, with_also


@pytest.mark.parametrize(
    ("query", "promise", "unknown"),
    [
        ({"plan": "kaiser"}, ", Kaiser:", "Kaiser or plan not known (ask first):"),
        ({"language": "es"}, ", Spanish:", "Spanish or language not known (ask first):"),
        ({"taking_referrals": True}, ", taking referrals:", "taking referrals or not known (ask first):"),
        ({"has_room": True}, ", with room:", "with room or not known (ask first):"),
        ({"open_now": True}, ", open now:", "open now or hours not known (call first):"),
    ],
)
def test_a_heading_promises_only_what_each_place_says(query: dict[str, object], promise: str, unknown: str) -> None:
    sure = dataclasses.replace(hit(**ALL_YES), room=Tri.YES)
    unsure = dataclasses.replace(hit(), open=Tri.UNKNOWN)
    assert words.header(found(sure, **query), EN).endswith(promise)
    for hits in ((sure, unsure), (unsure,)):
        assert words.header(found(*hits, **query), EN).endswith(unknown)
        spanish = words.header(found(*hits, **query), ES)
        assert spanish.endswith("primero):") and "no sabemos" in spanish
        assert spanish != words.header(found(sure, **query), ES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"need": Need.FOOD}, "Olivo Pantry: Food bank or pantry"),
        ({"need": Need.UTILITIES}, "Olivo Pantry"),
        ({"need": None, "program": "liheap"}, "Olivo Pantry"),
        ({"need": None, "text": "olivo"}, "Olivo Pantry: Food bank or pantry, Emergency shelter"),
    ],
)
def test_a_line_names_only_programs_of_the_need_asked_for(query: dict[str, object], expected: str) -> None:
    one = hit(programs=("food_bank", "emergency_shelter"))
    shelter = rules.program("emergency_shelter").short.en
    assert words.line(one, EN, query=Query(**query)).splitlines()[0] == expected.replace("Emergency shelter", shelter)
    assert shelter in words.details(one, EN)


def test_open_for_some_names_only_programs_of_the_need_asked_for() -> None:
    one = with_also(service(Tri.NO), programs=("emergency_shelter",))
    assert "open now for" not in words.line(one, EN, query=Query(need=Need.FOOD))


@pytest.mark.parametrize(
    ("about", "english", "spanish", "short"),
    [
        (0.2, "· about a mile away ·", "· a una milla, más o menos ·", ", about 1 mi,"),
        (7.6, "· about 8 miles away ·", "· a unas 8 millas ·", ", about 8 mi,"),
    ],
)
def test_a_distance_from_the_middle_of_a_town_is_only_about(
    about: float, english: str, spanish: str, short: str
) -> None:
    one = dataclasses.replace(hit(), miles=None, about_miles=about)
    assert english in words.line(one, EN) and spanish in words.line(one, ES)
    assert short in words.line(one, EN, channel="sms")
    assert f"Distance: {english.strip(' ·')}" in words.details(one, EN)
    assert words.shown(one, EN).miles is None
