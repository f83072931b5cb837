"""What is asked of a list that was shown."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage


@pytest.fixture
def shown(stage: Stage) -> Stage:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    return stage


@pytest.mark.parametrize(
    ("act", "said", "has"),
    [
        ("followup", "more", ["6. Pantry 6", "7. Pantry 7"]),
        ("followup", "muéstreme más", ["6. Pantry 6"]),
        ("followup", "details of the second", ["Pantry 1", "1 Made Street"]),
        ("inform", "2", ["Pantry 1", "1 Made Street"]),
        ("inform", "dos", ["Pantry 1"]),
        ("followup", "el segundo", ["Pantry 1"]),
        ("followup", "la última", ["Pantry 5"]),
        ("followup", "tell me more about number 3", ["Pantry 3"]),
        ("followup", "hours of the first one", ["Pantry 2", "Mon-Fri 9am-5pm"]),
        ("followup", "¿a qué hora abren?", ["Pantry 2", "Pantry 5"]),
        ("followup", "phone of the third", ["209-555-0103"]),
        ("followup", "nomás el número", ["Pantry 2: 209-555-0102."]),
        ("followup", "¿dónde queda la 4?", ["4 Made Street"]),
        ("followup", "not that one", ["Pantry 1"]),
        ("followup", "how far is the second", ["miles"]),
        ("followup", "do they speak spanish", ["interpreter"]),
        ("followup", "website of the first", ["no website"]),
        ("followup", "number 9", ["only 5"]),
        ("followup", "any closer", ["nothing nearer", "Pantry 2, 0.3 miles away: 209-555-0102"]),
        ("followup", "what time does the second one open", ["Pantry 1", "Mon-Fri 9am-5pm"]),
        ("followup", "is the 3rd open now", ["Pantry 3", "Mon-Fri 9am-5pm"]),
        ("followup", "when does the second one close", ["Pantry 1", "Mon-Fri 9am-5pm"]),
        ("followup", "¿a qué hora abre el segundo?", ["Pantry 1", "Mon-Fri 9am-5pm"]),
        ("followup", "just phones", ["1. Pantry 2: 209-555-0102", "5. Pantry 5: 209-555-0105", "2 more"]),
        ("nlu_fallback", "only the phone numbers", ["1. Pantry 2: 209-555-0102", "5. Pantry 5: 209-555-0105"]),
        ("followup", "nada más los teléfonos", ["1. Pantry 2: 209-555-0102", "5. Pantry 5: 209-555-0105"]),
        ("followup", "what should i say when i call", ["Call Pantry 2: 209-555-0102", "You can say:", "food"]),
        ("nlu_fallback", "¿qué les digo cuando llame?", ["Call Pantry 2", "You can say:"]),
        ("followup", "how far is it without a car", ["Pantry 2", "0.3 miles", "On foot that is about 5 minutes"]),
        ("followup", "mi hijo es hombre, ¿aceptan?", ["do not say", "Pantry 2: 209-555-0102", "Pantry 5"]),
        ("nlu_fallback", "would they take both of us", ["do not say", "Pantry 2: 209-555-0102"]),
        ("followup", "my son is 15, would they take him", ["do not say", "Pantry 2: 209-555-0102"]),
        ("followup", "how far is the third", ["Pantry 3: 1.0 miles away · 3 Made Street"]),
        ("nlu_fallback", "2", ["1 Made Street"]),
    ],
)
def test_followup(shown: Stage, act: str, said: str, has: list[str]) -> None:
    (message,) = shown.say(act, said)
    for part in has:
        assert part in message["text"]


def test_what_was_spoken_of_last_is_meant(shown: Stage) -> None:
    shown.say("followup", "the third")
    (phone,) = shown.say("followup", "their phone?")
    assert phone["text"] == "Pantry 3: 209-555-0103."
    (other,) = shown.say("followup", "not that one")
    assert other["text"].startswith("I leave out Pantry 3. The next ones:\n3. Pantry 4: 209-555-0104")


def test_more_ends_with_a_way_on(shown: Stage) -> None:
    shown.say("followup", "more")
    (second_page,) = shown.say("followup", "7")
    assert second_page["text"].startswith("Pantry 7")
    (end,) = shown.say("followup", "more")
    assert "7 in all" in end["text"] and "211" in end["custom"]["phones"]


def test_another_need_is_no_followup(shown: Stage) -> None:
    (message,) = shown.say("followup", "and rides?", need="transport")
    assert message["custom"]["need"] == "transport"


@pytest.mark.parametrize("said", ["more", "the second", "hours"])
def test_without_a_list_it_says_so(stage: Stage, said: str) -> None:
    (message,) = stage.say("followup", said)
    assert "have not shown you a list yet" in message["text"] and message["custom"]["choices"]


def test_closer_than_a_county_needs_a_place(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food", place="Stanislaus County")
    (question,) = stage.say("followup", "any closer?")
    assert "whole county" in question["text"] and question["custom"]["kind"] == "question"
    (nearer,) = stage.say("inform", "95354", zip="95354")
    assert nearer["custom"]["listings"][0]["miles"] is not None


def test_a_listing_that_left_the_lists_is_said(shown: Stage) -> None:
    shown.slots["shown"]["ids"][0] = "made:gone"
    (message,) = shown.say("followup", "1")
    assert "no longer on our lists" in message["text"]
