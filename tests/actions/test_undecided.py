"""Somebody who is to choose and has no wish: the first of the choices, and no promise that it is the easiest."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage

SAID = [
    ("en", "either", "the first"),
    ("en", "any of them is fine", "the first"),
    ("en", "whichever", "the first"),
    ("en", "doesn't matter", "the first"),
    ("en", "which one is easiest", "cannot say which is easiest"),
    ("es", "cualquiera", "la primera"),
    ("es", "la que sea", "la primera"),
    ("es", "me da igual", "la primera"),
    ("es", "cual es mas facil", "No puedo decir"),
]


@pytest.mark.parametrize(("language", "text", "has"), SAID, ids=[row[1] for row in SAID])
def test_the_first_of_several_programs_is_told(stage: Stage, language: str, text: str, has: str) -> None:
    choices = stage.say("program_info", "what is food help", need="food", language=language)[0]["custom"]["choices"]
    assert len(choices) > 2
    told = stage.say("nlu_fallback", text)
    assert has in told[0]["text"]
    assert (told[-1]["custom"]["kind"], told[-1]["custom"]["program"]) == ("program", "food_bank")


def test_a_side_that_waits_is_told_of_the_first(stage: Stage) -> None:
    stage.say("program_info", "does it cost anything")
    told = stage.say("nlu_fallback", "either")
    assert "Free" in told[-1]["text"]


def test_without_a_choice_nothing_is_chosen(stage: Stage) -> None:
    told = stage.say("nlu_fallback", "either")[0]
    assert "the first" not in told["text"]


def test_which_county_does_not_matter(stage: Stage) -> None:
    asked = stage.say("find_provider", "food near 95033", need="food", zip="95033")[0]["custom"]
    assert asked["kind"] == "question" and len(asked["choices"]) > 1
    told = stage.say("nlu_fallback", "either one")
    assert told[-1]["custom"]["county"]


@pytest.mark.parametrize(("language", "text", "has"), [("en", "either", "one place"), ("es", "donde sea", "ciudad")])
def test_whichever_is_no_place(stage: Stage, language: str, text: str, has: str) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    told = stage.say("nlu_fallback", text)[0]
    assert told["custom"]["kind"] == "question" and has in told["text"]
