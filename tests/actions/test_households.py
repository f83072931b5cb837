"""The place is that of the person who needs help; of several people of a family each keeps their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Stage

SELF = [
    ("en", "my mom", "followup", "is anything where i live too"),
    ("en", "my mom", "followup", "and for me?"),
    ("en", "my mom", "find_provider", "what about near my house"),
    ("es", "mi mama", "nlu_fallback", "y por donde yo vivo hay algo"),
    ("es", "mi mama", "followup", "tambien donde vivo yo?"),
    ("es", "mi mama", "inform", "y para mi tambien"),
    ("es", "mi mama", "followup", "y para mi que hay?"),
]


@pytest.mark.parametrize(("language", "who", "act", "text"), SELF, ids=[row[3] for row in SELF])
def test_where_the_one_who_writes_lives_is_asked(stage: Stage, language: str, who: str, act: str, text: str) -> None:
    stage.slots["language"] = language
    stage.say("find_provider", f"food for {who} in merced", need="food", place="Merced", person_about="mother")
    asked = stage.say(act, text)[0]["custom"]
    assert (asked["kind"], asked["need"], stage.slots["place"]) == ("question", "food", None)
    assert stage.say("inform", "modesto", place="Modesto")[0]["custom"]["place"] == "Modesto"


def test_each_keeps_their_own_place(stage: Stage) -> None:
    stage.say("find_provider", "food for my mom in merced", need="food", place="Merced", person_about="mother")
    stage.say("followup", "and for me?")
    stage.say("inform", "modesto", place="Modesto")
    stage.say("find_provider", "my mom needs a shelter", need="housing", person_about="mother")
    assert stage.slots["place"] == "Merced"
    told = stage.say("find_provider", "food for me too", need="food")[0]["custom"]
    assert (told["kind"], told["place"]) == ("listings", "Modesto")


def test_one_place_is_shared_until_another_is_said(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    told = stage.say("find_provider", "and a ride for my mom", need="transport", person_about="mother")[0]["custom"]
    assert told["place"] == "Modesto"


KEPT = ["near me", "any near me", "is it near my house"]


@pytest.mark.parametrize("text", KEPT)
def test_nobody_else_in_talk_keeps_the_place(stages: Callable[..., Stage], text: str) -> None:
    stage = stages()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.say("followup", text)
    assert stage.slots["place"] == "Modesto"


def test_another_place_is_asked_for_where_the_list_is_of_elsewhere(stage: Stage) -> None:
    stage.say("find_provider", "food in merced", need="food", place="Merced")
    assert stage.say("followup", "is there anything where i live too")[0]["custom"]["kind"] == "question"
    assert stage.slots["place"] is None


def test_what_was_said_of_one_is_not_said_of_the_other(stage: Stage) -> None:
    text = "food for my mom in merced, she is 81"
    stage.say("find_provider", text, need="food", place="Merced", person_about="mother")
    assert stage.slots["facts"]
    stage.say("followup", "and for me?")
    assert not stage.slots.get("facts")


def test_a_plan_goes_with_its_person(stage: Stage) -> None:
    stage.say("find_provider", "a ride for my mom in merced", need="transport", place="Merced", person_about="mother")
    stage.say("inform", "she has health net", plan="health_net")
    stage.say("find_provider", "and i need food, im in modesto", need="food", place="Modesto")
    assert (stage.slots["place"], stage.slots.get("plan")) == ("Modesto", None)
    stage.say("find_provider", "food for my mom", need="food", person_about="mother")
    assert (stage.slots["place"], stage.slots["plan"]) == ("Merced", "health_net")


def test_a_need_for_oneself_is_of_ones_own_place(stage: Stage) -> None:
    stage.say("find_provider", "vivo en modesto y ocupo comida", need="food", place="Modesto", language="es")
    text = "mi hermano vive en merced y necesita albergue"
    stage.say("find_provider", text, need="housing", place="Merced", person_about="sibling")
    told = stage.say("find_provider", "y para mi la luz", need="utilities")[0]["custom"]
    assert (stage.slots["place"], told["place"]) == ("Modesto", "Modesto")
