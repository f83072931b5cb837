"""After a danger: believed in one line, no alarm twice for the same words; a worry gets one question and one number."""

from __future__ import annotations

import re

import pytest

from tests.actions.conftest import Stage

NUMBERS = re.compile(r"1-\d{3}-\d{3}-\d{4}|\b(?:911|988|211|88788)\b")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "not now"), ("en", "no thanks"), ("en", "dont worry"), ("es", "ahorita no"), ("es", "no gracias")],
)
def test_not_now_is_believed_in_one_line(stage: Stage, language: str, text: str) -> None:
    stage.say("crisis", "i want to die", crisis="self_harm", language=language)
    (message,) = stage.say("deny", text)
    assert (message["custom"]["kind"], message["custom"]["choices"]) == ("smalltalk", [])
    assert "988" in message["text"]
    (found,) = stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_the_same_words_alarm_once(stage: Stage) -> None:
    (first,) = stage.say("crisis", "I want to die", crisis="self_harm")
    (again,) = stage.say("crisis", "i want to DIE!!", crisis="self_harm")
    (other,) = stage.say("crisis", "i took all my pills", crisis="medical")
    assert "You matter" in first["text"]
    assert "You matter" not in again["text"] and "988" in again["text"] and len(again["text"]) < 120
    assert "Call 911 now" in other["text"]


def test_the_same_words_alarm_once_after_a_list_too(stage: Stage) -> None:
    stage.say("crisis", "i want to die", crisis="self_harm")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (again,) = stage.say("crisis", "i want to die", crisis="self_harm")
    assert "You matter" not in again["text"] and "988" in again["text"]


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("self_harm", "my son says he wants to kill himself", "staff near them"),
        ("self_harm", "pt endorses SI with plan", "staff near them"),
        ("self_harm", "mi hija dice que se quiere matar", "staff near them"),
        ("violence", "her husband hits her, my patient told me", "staff near them"),
        ("self_harm", "i want to kill myself he says it is my fault", "You matter"),
        ("violence", "my husband hits me", "talk to someone"),
    ],
)
def test_somebody_else_in_danger_is_helped_by_who_is_near(stage: Stage, kind: str, text: str, says: str) -> None:
    (message,) = stage.say("crisis", text, crisis=kind, language="en")
    assert says in message["text"]
    assert "911" in message["text"]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "i feel like nothing gets better", "988"),
        ("en", "im scared to go home to him", "1-800-799-7233"),
        ("en", "i ran out of insulin", "911"),
        ("en", "this heat is killing my grandma, no ac", "911"),
        ("en", "the breathing machine quits when they cut the power", "911"),
        ("en", "my brother says he is tired of everything", "988"),
        ("es", "ya nada me importa", "988"),
        ("es", "me da miedo estar en mi casa cuando toma", "1-800-799-7233"),
        ("es", "se me acabó la insulina", "911"),
        ("es", "este calor no lo aguanta mi abuelo, no hay aire", "911"),
    ],
)
def test_a_worry_gets_one_question_and_one_number_then_the_answer(
    stage: Stage, language: str, text: str, number: str
) -> None:
    kind_word, found = stage.say("find_provider", text, crisis="worry", need="food", place="Modesto", language=language)
    assert kind_word["text"].count("?") == 1
    assert set(NUMBERS.findall(kind_word["text"])) == {number}
    assert found["custom"]["kind"] == "listings"
    (next_one,) = stage.say("find_provider", text, crisis="worry", need="housing", language=language)
    assert next_one["custom"]["kind"] != "worry", "a worry is said once"


def test_a_need_said_in_danger_is_not_forgotten(stage: Stage) -> None:
    danger, go_on = stage.say("crisis", "i want to die and we have no food", crisis="self_harm", need="food")
    assert danger["custom"]["kind"] == "crisis"
    assert "Food" in go_on["text"] and go_on["custom"]["kind"] == "question"


def test_facts_said_after_a_danger_repeat_no_line(stage: Stage) -> None:
    stage.say("check_eligibility", "calfresh in modesto", program="calfresh", place="Modesto")
    stage.say("crisis", "i want to die", crisis="self_harm")
    messages = stage.say("inform", "we are 3 people")
    assert all(message["custom"]["kind"] != "crisis" for message in messages)


@pytest.mark.parametrize(
    ("need", "begins"),
    [
        ("food", "For food today: call 211"),
        ("housing", "For a safe place tonight: call 211"),
        ("utilities", "Do this today: call the company"),
        ("transport", "For a ride that soon: call your Medi-Cal plan"),
        ("other_health", "If you feel very sick now, call 911"),
        ("legal", "If it cannot wait: call 211 now"),
    ],
)
def test_an_urgent_answer_begins_with_what_to_do_today(stage: Stage, need: str, begins: str) -> None:
    (asked,) = stage.say("find_provider", "i need it right away", need=need, urgent=True, language="en")
    assert asked["text"].startswith(begins)
    (told, *_) = stage.say("find_provider", "right away in modesto", need=need, place="Modesto", urgent=True)
    assert begins in told["text"]
    (calm,) = stage.say("find_provider", "in merced", need=need, place="Merced")
    assert begins not in calm["text"]


def test_an_urgent_ride_names_the_plan(stage: Stage) -> None:
    (told,) = stage.say(
        "find_provider", "ride tomorrow", need="transport", program="nmt", place="Modesto", plan="la_care", urgent=True
    )
    assert "urgent" in told["text"]


@pytest.mark.parametrize(("kind", "text"), [("medical", "i feel hopeless"), ("violence", "whats the point")])
def test_hopelessness_after_another_danger_is_not_waved_away(stage: Stage, kind: str, text: str) -> None:
    stage.say("crisis", "something bad", crisis=kind, language="en")
    (message,) = stage.say("deny", text, crisis="worry")
    assert "988" in message["text"] and message["text"].count("?") == 1


def test_the_numbers_of_a_repeated_alarm_stand_apart(stage: Stage) -> None:
    stage.say("crisis", "mi esposo me pega", crisis="violence", language="es")
    (message,) = stage.say("crisis", "mi esposo me pega", crisis="violence", language="es")
    assert "911 y al 1-800-799-7233 le" in message["text"]


@pytest.mark.parametrize("danger", ["self_harm", "violence", "medical", "abuse"])
@pytest.mark.parametrize("before", ["nothing", "a menu", "a list"])
def test_a_bare_number_after_a_danger_picks_nothing_from_before_it(stage: Stage, before: str, danger: str) -> None:
    if before == "a menu":
        assert stage.say("greet", "hi")[0]["custom"]["choices"]
    if before == "a list":
        stage.say("find_provider", "food in Modesto", need="food", place="Modesto")
    stage.say("crisis", "i want to kill myself", crisis=danger)
    told = stage.say("inform", "4")
    words = "\n".join(message["text"] for message in told)
    assert "911" in words and "number" not in words
    assert not [message for message in told if message["custom"].get("choices") or message["custom"].get("listings")]


def test_what_is_asked_after_the_danger_can_be_picked_by_its_number(stage: Stage) -> None:
    stage.say("crisis", "i want to kill myself", crisis="self_harm")
    stage.say("inform", "4")
    shown = stage.say("find_provider", "food in Modesto", need="food", place="Modesto")
    names = [one["name"] for one in shown[-1]["custom"]["listings"]]
    (second,) = stage.say("followup", "2")
    assert second["text"].startswith(names[1])
