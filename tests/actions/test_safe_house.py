"""Refuges for people who leave violence: in no list of roofs; told where violence is spoken of, or to who asks."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage

REFUGE = "Quiet House"


@pytest.mark.parametrize(("language", "mark"), [("en", "safe house"), ("es", "casa segura")])
def test_no_list_of_shelters_names_a_refuge_but_says_how_to_ask(stage: Stage, language: str, mark: str) -> None:
    (found,) = stage.say("find_provider", "shelter", program="emergency_shelter", place="Modesto", language=language)
    assert "Made Shelter" in found["text"] and REFUGE not in found["text"]
    assert mark in found["text"]


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "my husband hits me, im in modesto with 2 kids", "im at my sisters, cant stay"),
        ("en", "my husband hits me, im in modesto", "where can i go"),
        ("es", "mi esposo me pega, estoy en Modesto", "ahorita estoy con mi hermana pero no me puedo quedar"),
        ("es", "mi marido me golpea, vivo en Modesto", "no tengo adonde ir"),
    ],
)
def test_who_leaves_violence_and_cannot_stay_is_told_of_a_refuge(
    stage: Stage, language: str, first: str, then: str
) -> None:
    stage.say("crisis", first, crisis="violence", place="Modesto", language=language)
    for crisis in (None, "worry"):
        (told,) = stage.say("inform", then, crisis=crisis)
        assert REFUGE in told["text"] and "209-555-0112" in told["text"] and "1-800-799-7233" in told["text"]
        assert "988" not in told["text"] and "Made Shelter" not in told["text"]
        assert told["custom"]["crisis"] == "violence"
        assert all(listing["address"] is None for listing in told["custom"]["listings"])
    assert REFUGE not in str(stage.slots) and "made:12" not in str(stage.slots)


def test_where_is_asked_and_the_answer_brings_the_refuge(stage: Stage) -> None:
    stage.say("crisis", "my husband hits me", crisis="violence", language="en")
    (asked,) = stage.say("inform", "i cant stay here")
    assert "1-800-799-7233" in asked["text"] and "city or county" in asked["text"]
    (told,) = stage.say("inform", "modesto", place="Modesto")
    assert REFUGE in told["text"]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "safe house"), ("en", "dv shelter pls"), ("es", "refugio para mujeres golpeadas")]
)
def test_who_asks_for_the_kind_gets_it(stage: Stage, language: str, text: str) -> None:
    (told,) = stage.say("find_provider", text, program="emergency_shelter", place="Modesto", language=language)
    assert REFUGE in told["text"] and "1-800-799-7233" in told["text"]


def test_where_no_refuge_is_listed_the_line_looks_for_one(stage: Stage) -> None:
    stage.say("crisis", "my husband hits me", crisis="violence", place="Fresno", language="en")
    (told,) = stage.say("find_provider", "a shelter", program="emergency_shelter")
    assert "1-800-799-7233" in told["text"] and told["custom"]["listings"] == []


def test_a_shelter_without_violence_after_another_danger_is_a_plain_list(stage: Stage) -> None:
    stage.say("crisis", "i want to die", crisis="self_harm", language="en")
    (told,) = stage.say("find_provider", "a shelter in modesto", program="emergency_shelter", place="Modesto")
    assert "Made Shelter" in told["text"] and REFUGE not in told["text"]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "can he find out i wrote here", "Close this page"),
        ("en", "will he find out?", "Close this page"),
        ("es", "el se puede enterar que escribi aqui?", "Cierre esta página"),
        ("es", "puede ver lo que escribi?", "Cierre esta página"),
    ],
)
@pytest.mark.parametrize("crisis", [None, "self_harm"])
def test_who_fears_to_be_read_is_told_first_how_to_leave_no_trace(
    stage: Stage, language: str, text: str, first: str, crisis: str | None
) -> None:
    (told,) = stage.say("crisis" if crisis else "ask_privacy", text, crisis=crisis, language=language)
    lines = told["text"].split("\n")
    assert lines[0].startswith(first) and len(lines) == 3
    assert "30" in lines[2]
