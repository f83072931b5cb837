"""Several things in one message, each in its own place; several patients in one line, each in a case of their own."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import pytest

from actions.heard import hear
from actions.parting import by_patient, by_place
from directory.model import Language
from directory.text import catalogue
from tests.actions.conftest import Stage

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what spaCy imports warns on its own account
    from bot.understanding import lexicon
    from bot.understanding.gazetteer import Gazetteer


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.build())


def _understood(text: str, act: str = "find_provider") -> dict[str, Any]:
    found = _gazetteer().find(text)
    entities = [{"entity": s.kind, "value": s.value, "start": s.start, "end": s.end} for s in found.sightings]
    return {"text": text, "intent": {"name": act}, "entities": entities, "crisis": None, "urgent": False}


def _said(stage: Stage, text: str, act: str = "find_provider") -> list[dict[str, Any]]:
    return stage._run(f"action_{act}", _understood(text, act))


PARTED = (
    (
        "comida en Merced y albergue en Fresno, renta en Modesto",
        [("food", "Merced"), ("emergency_shelter", "Fresno"), ("housing", "Modesto")],
    ),
    ("food in merced and a shelter in fresno", [("food", "Merced"), ("emergency_shelter", "Fresno")]),
    ("in merced food, in fresno a shelter", [("food", "Merced"), ("emergency_shelter", "Fresno")]),
    ("food and diapers in 95354, rent in fresno", [("food", "95354"), ("family", "95354"), ("housing", "Fresno")]),
    ("raite en Modesto, despensa y panales en Merced",
     [("transport", "Modesto"), ("food_bank", "Merced"), ("family", "Merced")]),
    ("I cant afford my kids school lunch and my moms in LA needs a ramp",
     [("school_meals", None), ("cs_home_modifications", "Los Angeles")]),
    ("food in Fresno and a ramp for my mom in LA", [("food", "Fresno"), ("cs_home_modifications", "Los Angeles")]),
    ("ocupo despensa y mi mama en Fresno ocupa raite", [("food_bank", None), ("transport", "Fresno")]),
)  # fmt: skip
WHOLE = (
    "food and a shelter in modesto",
    "food in merced or fresno",
    "i live in tracy but need food and diapers in modesto",
    "food and a ride for my mom in LA",
    "a ride from merced to fresno and food",
    "my mom in fresno needs food and a ride",
    "food in modesto, stanislaus county, and a ride",
    "comida para mi mama en Fresno, y necesita raite",
)


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_each_thing_is_parted_with_its_place(text: str, expected: list[tuple[str, str | None]]) -> None:
    message = _understood(text)
    parts = by_place(message, hear(message))
    named = [
        (name, part.heard.place)
        for part in parts
        for name in (*part.heard.programs, *(() if part.heard.programs else part.heard.needs), *_beside(part.heard))
    ]
    assert sorted(named, key=str) == sorted(expected, key=str)


def _beside(heard: Any) -> tuple[str, ...]:
    """The needs beside a program."""
    own = {"food_bank": "food", "emergency_shelter": "housing", "school_meals": "food"}
    covered = {own.get(program, "home_care") for program in heard.programs}
    return tuple(need for need in heard.needs if heard.programs and need not in covered)


@pytest.mark.parametrize("text", WHOLE)
def test_one_place_for_all_is_not_parted(text: str) -> None:
    message = _understood(text)
    assert by_place(message, hear(message)) == ()


def test_each_need_is_answered_in_its_own_city(stage: Stage) -> None:
    told = _said(stage, "food in merced and a shelter in modesto")
    assert [(one["custom"]["need"], one["custom"]["place"]) for one in told] == [
        ("food", "Merced"),
        ("housing", "Modesto"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("en", "food and a ride in merced, shelter and diapers in modesto", "Not done yet"),
        ("es", "comida y raite en Merced, albergue y panales en Modesto", "Falta"),
    ],
)
def test_what_is_too_much_for_one_answer_is_said_back(stage: Stage, language: str, text: str, line: str) -> None:
    stage.slots["language"] = language
    *_, last = _said(stage, text)
    assert line in last["text"]
    assert "Modesto" in last["text"]


def test_a_fourth_need_in_one_place_is_said_back(stage: Stage) -> None:
    *_, last = _said(stage, "food, rent, a ride and diapers in modesto")
    assert "Not done yet" in last["text"]


def test_the_home_of_one_is_not_that_of_the_other(stage: Stage) -> None:
    *_, last = _said(stage, "I cant afford my kids school lunch and my moms in LA needs a ramp")
    assert "Free school meals. Where should I look?" in last["text"]
    assert stage.slots["homes"] == ["mother=Los Angeles|"]
    (answer,) = _said(stage, "ok now the kids, we live in Fremont", "inform")
    assert "school meals" in answer["text"].lower()
    assert answer["custom"]["place"] == "Fremont"


PATIENTS = (
    ("pt A: 55M Modesto recup care, HPSJ. pt B: 30F Ceres WIC", [(1, "Modesto", "hpsj"), (2, "Ceres", None)]),
    ("55M Modesto recup care HPSJ / 30F Ceres WIC", [(1, "Modesto", "hpsj"), (2, "Ceres", None)]),
    (
        "paciente 1: despensa en Merced, calviva; paciente 2: albergue en Modesto",
        [(1, "Merced", "calviva"), (2, "Modesto", None)],
    ),
)


@pytest.mark.parametrize(("text", "expected"), PATIENTS)
def test_each_patient_of_a_line_has_what_is_theirs(text: str, expected: list[tuple[int, str, str | None]]) -> None:
    message = _understood(text)
    parts = by_patient(message, hear(message))
    assert [(part.number, part.heard.place, part.heard.plan) for part in parts] == expected


@pytest.mark.parametrize("text", ["food for 55F in modesto", "pt 2: food", "case 1 and case 1", "30 m away"])
def test_one_patient_is_one(text: str) -> None:
    message = _understood(text)
    assert by_patient(message, hear(message)) == ()


def test_two_patients_in_a_line_are_two_cases(stage: Stage) -> None:
    told = _said(stage, "pt A: 55M Modesto recup care, HPSJ. pt B: 30F Ceres food")
    assert [one["text"] for one in told if one["custom"]["kind"] == "smalltalk"] == ["Person 1:", "Person 2:"]
    assert (stage.slots["place"], stage.slots.get("plan")) == ("Ceres", None)
    _said(stage, "back to pt A", "followup")
    assert (stage.slots["place"], stage.slots["plan"]) == ("Modesto", "hpsj")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pt 1: food modesto. pt 2: shelter. pt 3: food merced", "One person at a time"),
        ("pt 1: food modesto. pt 2: hungry", "One person at a time"),
    ],
)
def test_more_than_fit_are_asked_for_one_by_one(stage: Stage, text: str, line: str) -> None:
    *_, last = _said(stage, text)
    assert line in last["text"]
    assert stage.slots["place"] == "Modesto"


@pytest.mark.parametrize(
    "text",
    [
        "np: food merced",
        "next one: food merced",
        "ok next: mom of 4, merced, diapers n formula, no income",
        "now another person, eviction court date thursday, merced",
        "otro paciente: despensa en Merced",
        "otra persona, comida en Merced",
    ],
)
def test_a_terse_line_opens_a_case_with_nothing_of_the_one_before(stage: Stage, text: str) -> None:
    _said(stage, "recup care modesto, hpsj, no car, no id")
    told = _said(stage, text)
    assert told[0]["text"] == stage_text("cases.new", stage)
    assert (stage.slots["place"], stage.slots.get("plan")) == ("Merced", None)
    assert not {"car", "id"} & set(stage.slots.get("barriers") or ())
    assert stage.slots["cases"][0]["plan"] == "hpsj"


def stage_text(key: str, stage: Stage) -> str:
    """A text of the catalogue in the language of the conversation."""
    return catalogue.say(f"assistant.{key}", Language(stage.slots.get("language") or "en"))


@pytest.mark.parametrize("text", ["next, food in merced", "another person told me of food in merced", "next please"])
def test_what_only_sounds_like_the_next_person_opens_none(stage: Stage, text: str) -> None:
    _said(stage, "food modesto")
    _said(stage, text)
    assert stage.slots.get("cases") is None


def test_the_way_back_skips_nobody(stage: Stage) -> None:
    for line in ("food modesto", "np: food merced", "np: food 95354", "np: food 93722"):
        _said(stage, line)
    for back, place in (
        ("back to the patient before", "95354"),
        ("el paciente anterior", "Merced"),
        ("the previous patient", "Modesto"),
        ("back to patient 4", "93722"),
        ("back to patient 1", "Modesto"),
    ):
        _said(stage, back, "followup")
        assert stage.slots["place"] == place, back
