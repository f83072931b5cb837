"""What is taken back, in whichever order; ZIP codes as people say them; a request behind a thank-you."""

from __future__ import annotations

import functools

import pytest

from bot.understanding import lexicon
from bot.understanding.act import Act, Bar, decide
from bot.understanding.described import NONE, Described, words_of
from bot.understanding.found import Found
from bot.understanding.gazetteer import Gazetteer
from directory.eligibility import rules


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build())


def _find(text: str) -> Found:
    return _gazetteer().find(text)


SET_RIGHT = [
    ("perdon kaiser no, es la health net", "plan", ("health_net",)),
    ("es la health net, no kaiser", "plan", ("health_net",)),
    ("es health net no kaiser", "plan", ("health_net",)),
    ("its health net not kaiser", "plan", ("health_net",)),
    ("sorry not kaiser, health net", "plan", ("health_net",)),
    ("kaiser, i mean health net", "plan", ("health_net",)),
    ("i said kaiser but its health net", "plan", ("health_net",)),
    ("tengo kaiser, digo molina", "plan", ("molina",)),
    ("molina no, kaiser", "plan", ("kaiser",)),
    ("i have kaiser, no molina", "plan", ("molina",)),
    ("ya no kaiser, ahora tengo molina", "plan", ("molina",)),
    ("i dont have kaiser anymore its health net now", "plan", ("health_net",)),
    ("ya no tengo kaiser", "plan", ()),
    ("i have kaiser", "plan", ("kaiser",)),
    ("mejor un raite, comida ya no", "need", ("transport",)),
    ("comida ya no", "need", ()),
    ("comida ya no tengo", "need", ("food",)),
    ("ya no tengo comida, ocupo un raite", "need", ("food", "transport")),
    ("comida no mas", "need", ("food",)),  # nomás: just food
    ("food not anymore, rent", "need", ("housing",)),
    ("food, i mean a ride", "need", ("transport",)),
    ("comida, digo un raite", "need", ("transport",)),
    ("i need food sorry a ride", "need", ("transport",)),
    ("i need food, sorry, i need a ride too", "need", ("food", "transport")),
    ("un raite, no comida", "need", ("transport",)),
    ("a ride, no food", "need", ("transport", "food")),
    ("no food no ride", "need", ("food", "transport")),
    ("no hay comida, no hay luz", "need", ("food", "utilities")),
    ("calfresh no, wic", "program", ("wic",)),
    ("wic not calfresh", "program", ("wic",)),
    ("i need rent help and food, i mean a ride", "need", ("housing", "transport")),
    ("merced county no, stanislaus county", "place", ("Stanislaus County",)),
    ("fresno county i meant madera county", "place", ("Madera County",)),
    ("modesto no es, es turlock", "place", ("Turlock",)),
    ("en modesto, digo en turlock", "place", ("Turlock",)),
    ("95354 no, 95350", "zip", ("95350",)),
    ("95354 digo 95350", "zip", ("95350",)),
    ("its 95350 not 95354", "zip", ("95350",)),
]


@pytest.mark.parametrize(("text", "kind", "values"), SET_RIGHT, ids=[row[0] for row in SET_RIGHT])
def test_what_is_taken_back_is_not_named(text: str, kind: str, values: tuple[str, ...]) -> None:
    assert _find(text).values(kind) == values


SPOKEN = [
    ("nine five three five four", ("95354",)),
    ("nine, five, three, five, four", ("95354",)),
    ("nine fifty-three fifty-four", ("95354",)),
    ("food in ninety five three fifty four", ("95354",)),
    ("nine four six oh one", ("94601",)),
    ("noventa y cinco tres cincuenta y cuatro", ("95354",)),
    ("nueve cinco tres cinco cuatro", ("95354",)),
    ("noventa y cinco mil trescientos cincuenta y cuatro", ("95354",)),
    ("noventa y tres siete cero uno", ("93701",)),
    ("95 3 54", ("95354",)),
    ("953 54", ("95354",)),
    ("zip es 9 5 3 5 4", ("95354",)),
    ("comida fresno93701", ("93701",)),
    ("93701fresno", ("93701",)),
    ("family of 4 93701", ("93701",)),
    ("kids 9 5 3 and 4", ()),
    ("call 209 555 0154", ()),
    ("two or three kids", ()),
    ("nine five three", ()),
    ("one two three four five", ()),  # no ZIP code of California
]


@pytest.mark.parametrize(("text", "zips"), SPOKEN, ids=[text for text, _ in SPOKEN])
def test_a_zip_is_read_as_it_is_said(text: str, zips: tuple[str, ...]) -> None:
    assert _find(text).values("zip") == zips


def test_a_zip_that_sticks_to_a_city_leaves_the_city() -> None:
    assert _find("comida fresno93701").values("place") == ("Fresno",)


def test_what_is_denied_describes_nothing() -> None:
    assert "wheels" not in words_of(_find("not meals on wheels, somebody to help me bathe"))


HEAT = ["this heat is killing my grandma", "este calor esta matando a mi abuela", "no tenemos aire acondicionado"]


@pytest.mark.parametrize("text", HEAT)
def test_heat_asks_for_help_with_energy(text: str) -> None:
    assert _find(text).values("need") == ("utilities",)


@pytest.fixture(scope="module")
def described() -> Described:
    """One that takes every message for one that asks nothing."""
    need_of = {id: program.need.value for id, program in rules.programs().items()}
    thanks = ("ok", "thanks", "gracias", "and", "y", "for", "por", "the", "la", "food", "comida", "luz", "i", "got")
    return Described.fit([(thanks, NONE), (("zzz",), "need:food"), (("yyy",), "need:housing")] * 8, need_of)


def test_what_takes_the_place_of_another_is_asked_for(described: Described) -> None:
    text = "comida ya no, mejor la renta"
    found = described.added_to(_find(text), text)
    assert found.values("need") == ("housing",)
    act = decide(
        "actually not the light bill, rent",
        [Act("report_problem", 0.9)],
        _find("not the light bill, rent"),
        bar=Bar(0.4),
    )
    assert act.name == "find_provider"


ON = [
    ("ok thanks. and food", ("food",)),
    ("ok thanks. and food for me", ("food",)),
    ("gracias, y la luz?", ("utilities",)),
    ("thanks for the food", ()),
    ("ok thanks, i got the food", ()),
    ("gracias por la comida", ()),
]


@pytest.mark.parametrize(("text", "needs"), ON, ids=[text for text, _ in ON])
def test_a_request_behind_thanks_is_a_request(described: Described, text: str, needs: tuple[str, ...]) -> None:
    assert described.added_to(_find(text), text).values("need") == needs
