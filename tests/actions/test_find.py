"""Finding a place: what is asked, what is shown, what is never asked twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.actions.conftest import Stage, acts


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["custom"]["kind"] for message in messages]


def names(message: dict[str, Any]) -> list[str]:
    return [shown["name"] for shown in message["custom"]["listings"]]


def test_need_and_place_are_answered_at_once(stage: Stage) -> None:
    (message,) = stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert names(message) == ["Pantry 2", "Pantry 1", "Pantry 3", "Pantry 4", "Pantry 5"]
    assert message["custom"]["total"] == 7
    assert message["text"].startswith("Food near Modesto:")
    assert "209-555-0102" in message["text"] and "Checked Oct 2, 2026." in message["text"]
    assert (stage.slots["need"], stage.slots["place"], stage.slots["county"]) == ("food", "Modesto", "Stanislaus")


def test_a_text_message_shows_three(stages: Callable[..., Stage]) -> None:
    (message,) = stages(channel="sms").say("find_provider", "food in modesto", need="food", place="Modesto")
    assert len(message["custom"]["listings"]) == 3


def test_what_is_missing_is_asked_and_what_was_said_is_not_asked_again(stage: Stage) -> None:
    (menu,) = stage.say("find_provider", "i need help")
    assert menu["custom"]["kind"] == "question" and "1. Food" in menu["text"] and "0. " in menu["text"]
    (where,) = stage.say("inform", "1")
    assert where["custom"]["kind"] == "question" and "ZIP" in where["text"] and "Food" in where["text"]
    (found,) = stage.say("inform", "95354", zip="95354")
    assert found["custom"]["kind"] == "listings"
    (rides,) = stage.say("find_provider", "and a ride", need="transport")
    assert names(rides) == ["Made Rides"]


@pytest.mark.parametrize(
    ("zip", "said"),
    [("9535", "five digits"), ("90999", "five digits"), ("89501", "only know help in California")],
)
def test_a_zip_that_is_none_is_said_and_asked_again(stage: Stage, zip: str, said: str) -> None:
    (message,) = stage.say("find_provider", f"food {zip}", need="food", zip=zip)
    assert message["custom"]["kind"] == "question" and said in message["text"]
    assert stage.slots.get("place") is None
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_a_place_that_our_names_do_not_hold_is_not_taken_for_the_last_one(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (message,) = stage.say("find_provider", "food in Reno", need="food")
    assert "only know help in California" in message["text"]


def test_an_unknown_place_is_never_kept_nor_repeated(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    (message,) = stage.say("inform", "<b>QZXMARKER</b> 123-45-6789")
    assert "do not know a place" in message["text"]
    assert "QZXMARKER" not in message["text"] and "6789" not in message["text"]
    assert "QZXMARKER" not in str(stage.slots) and "6789" not in str(stage.slots)


@pytest.mark.parametrize("act", [act for act in acts() if act not in ("inform", "find_provider")])
@pytest.mark.parametrize("asked_before", [True, False])
def test_no_word_of_a_message_is_kept(stage: Stage, act: str, asked_before: bool) -> None:
    if asked_before:
        stage.say("find_provider", "food", need="food")
    stage.say(act, "QZXMARKER 123-45-6789 in QZXMARKER", crisis="self_harm" if act == "crisis" else None)
    assert "QZX" not in str(stage.slots).upper() and "6789" not in str(stage.slots)


def test_the_third_time_without_a_place_a_person_is_named(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    (second,) = stage.say("inform", "the moon")
    assert "211" in second["text"] and second["custom"]["phones"] == ["211"]
    (third,) = stage.say("inform", "the moon")
    assert third["custom"]["kind"] == "handoff"
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("answer", "entities"),
    [
        ("1", {}),
        ("Merced County", {}),
        ("merced", {"place": "Merced"}),
        ("the first", {}),
        ("en el condado de merced", {"place": "Merced County"}),
    ],
)
def test_a_zip_over_a_county_line_is_asked(stage: Stage, answer: str, entities: dict[str, str]) -> None:
    (question,) = stage.say("find_provider", "food 95322", need="food", zip="95322")
    assert [choice["label"] for choice in question["custom"]["choices"]] == ["Merced County", "Stanislaus County"]
    (found,) = stage.say("inform", answer, **entities)
    assert names(found) == ["Merced Pantry"]
    assert stage.slots["county"] == "Merced"


@pytest.mark.parametrize(
    ("answer", "place"), [("the city", "city of Orange"), ("county", "Orange County"), ("2", "Orange County")]
)
def test_a_name_that_is_two_places_is_asked(stage: Stage, answer: str, place: str) -> None:
    (question,) = stage.say("find_provider", "food in orange", need="food", place="Orange")
    assert len(question["custom"]["choices"]) == 2
    stage.say("inform", answer)
    assert str(stage.slots["place"]).startswith(place)


def test_several_needs_are_answered_in_order_of_urgency(stage: Stage) -> None:
    messages = stage.say("find_provider", "ride food bed", need=["transport", "food", "housing"], place="Modesto")
    assert [message["custom"]["need"] for message in messages] == ["housing", "food", "transport"]
    assert kinds(messages) == ["listings"] * 3


def test_a_program_says_its_need_once(stage: Stage) -> None:
    messages = stage.say("find_provider", "food bank", program="food_bank", need="food", place="Modesto")
    assert [message["custom"]["program"] for message in messages] == ["food_bank"]


def test_changed_place_need_and_plan_are_followed(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (merced,) = stage.say("inform", "and in merced county?", place="Merced County")
    assert names(merced) == ["Merced Pantry"]
    (home,) = stage.say("inform", "modesto", place="Modesto")
    assert home["custom"]["need"] == "food"
    (rides,) = stage.say("inform", "rides, health net", need="transport", plan="health_net")
    assert (rides["custom"]["plan"], names(rides)) == ("health_net", ["Made Rides"])


@pytest.mark.parametrize(
    ("language", "says"), [("en", "no list for Humboldt County yet"), ("es", "condado de Humboldt")]
)
def test_an_unloaded_county_is_never_a_dead_end(stage: Stage, language: str, says: str) -> None:
    (message,) = stage.say(
        "find_provider", "rides", program="nmt", place="Humboldt County", plan="partnership", language=language
    )
    assert message["custom"]["kind"] == "none_found"
    assert says in message["text"] and "211" in message["text"] and "1-800-863-4155" in message["text"]
    assert "211" in message["custom"]["phones"]


def test_a_confidential_place_has_no_address(stage: Stage) -> None:
    (message,) = stage.say("find_provider", "safe house", need="housing", place="Modesto")
    assert "Quiet House" in message["text"] and "private" in message["text"]


def test_a_place_alone_is_read_back_and_kept(stage: Stage) -> None:
    (question,) = stage.say("inform", "modesto", place="Modesto")
    assert question["text"].startswith("Modesto. What do you need?")
    (found,) = stage.say("inform", "1")
    assert found["custom"]["kind"] == "listings"


def test_a_bad_zip_alone_is_said(stage: Stage) -> None:
    (question,) = stage.say("inform", "9535", zip="9535")
    assert "five digits" in question["text"]
    (menu,) = stage.say("inform", "95354", zip="95354")
    assert menu["custom"]["choices"] and "95354" in menu["text"]


def test_another_need_is_no_failed_place(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    (question,) = stage.say("find_provider", "a ride instead", need="transport")
    assert question["text"].startswith("A ride. Where should I look?")


def test_a_place_said_together_with_a_choice_is_kept(stage: Stage) -> None:
    stage.say("greet", "hi")
    (found,) = stage.say("inform", "the first in modesto", place="Modesto")
    assert (found["custom"]["kind"], found["custom"]["place"]) == ("listings", "Modesto")


@pytest.mark.parametrize(
    ("said", "kept"), [("Mission District", "Mission District"), ("78051 Mission District", "94110")]
)
def test_a_neighborhood_is_kept_by_its_name_and_nothing_else(stage: Stage, said: str, kept: str) -> None:
    stage.say("find_provider", "food", need="food")
    stage.say("inform", said)
    assert stage.slots["place"] == kept
