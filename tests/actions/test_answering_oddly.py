"""Answers to a check that come oddly: nothing is asked three times, a short word against it meets no menu."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage


def _texts(messages: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in messages)


@pytest.mark.parametrize(("text", "language"), [("no", "en"), ("no", "es")])
def test_no_to_what_city_puts_nobody_in_another_state(stage: Stage, text: str, language: str) -> None:
    stage.say("check_eligibility", "do i qualify for wic", program="wic", language=language)
    assert stage.slots["asked"]["question"] == "lives_in_california"
    messages = stage.say("deny", text)
    assert "California" not in _texts(messages)
    assert stage.slots["asked"].get("question") != "lives_in_california"


def test_another_state_is_another_state(stage: Stage) -> None:
    stage.say("check_eligibility", "do i qualify for wic", program="wic", language="en")
    messages = stage.say("inform", "oregon", place="oregon")
    assert "You do not live in California" in _texts(messages)


def test_the_same_question_instead_of_an_answer_is_put_once_more_then_left(stage: Stage) -> None:
    ask = {"program": "calfresh", "place": "Modesto"}
    (first,) = stage.say("check_eligibility", "do i qualify for calfresh in modesto", language="en", **ask)
    (second,) = stage.say("check_eligibility", "do i qualify for calfresh", program="calfresh")
    (third,) = stage.say("check_eligibility", "do i qualify for calfresh", program="calfresh")
    assert "How many people live" in first["text"]
    assert "just the number" in second["text"]
    assert "I will go on without it" in third["text"] and "How many people" not in third["text"]


@pytest.mark.parametrize(
    ("language", "asked", "text"),
    [("en", "How many people live", "no parents tho"), ("es", "¿Cuántas personas", "pero mis papás no")],
)
def test_who_does_not_live_there_after_all_is_asked_anew(stage: Stage, language: str, asked: str, text: str) -> None:
    stage.say("check_eligibility", "calfresh", program="calfresh", place="Modesto", language=language)
    stage.say("inform", "4")
    (again,) = stage.say("deny", text)
    assert asked in again["text"]
    (onward,) = stage.say("inform", "2")
    assert asked not in onward["text"]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "no parents tho"), ("en", "but not my parents"), ("es", "pero sin mis papás")]
)
def test_a_word_against_a_list_meets_no_menu(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    for act in ("deny", "inform", "nlu_fallback"):
        (message,) = stage.say(act, text)
        assert message["custom"]["kind"] == "smalltalk" and not message["custom"]["choices"]


@pytest.mark.parametrize(("act", "text"), [("deny", "no"), ("deny", "no thats all"), ("inform", "but")])
def test_a_plain_no_is_no_word_against(stage: Stage, act: str, text: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language="en")
    (message,) = stage.say(act, text)
    assert "Thank you for telling me. If" not in message["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "72"), ("en", "she is 72"), ("es", "tiene 72 años")])
def test_an_age_answers_the_question_of_the_work_rule(stage: Stage, language: str, text: str) -> None:
    stage.say("check_eligibility", "calfresh", program="calfresh", place="Modesto", language=language)
    stage.say("inform", "1")
    stage.say("inform", "900")
    for _ in range(4):
        if stage.slots["asked"].get("question") == "abawd_status":
            break
        stage.say("deny", "no")
    assert stage.slots["asked"]["question"] == "abawd_status"
    stage.say("inform", text)
    assert stage.slots["asked"].get("question") != "abawd_status"
    assert stage.slots["facts"]["age_years"]
