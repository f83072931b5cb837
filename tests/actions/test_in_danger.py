"""Danger told in few words: whose it is, done already, at whose hands, denied; and how the talk goes on after it."""

from __future__ import annotations

import pytest

from actions import in_danger
from tests.actions.conftest import Stage

DENIED = (
    ("en", "no i dont want to kill myself"),
    ("en", "i don't want to die"),
    ("en", "im not suicidal"),
    ("en", "i didnt say i want to kill myself"),
    ("en", "i never said i wanted to die"),
    ("en", "i wasnt going to kill myself"),
    ("en", "he doesnt hit me"),
    ("en", "no one is hurting me"),
    ("es", "no, no me quiero matar"),
    ("es", "no dije que me quiero matar"),
    ("es", "no me voy a matar"),
    ("es", "no es que me quiera morir"),
    ("es", "no soy suicida"),
    ("es", "nadie me pega"),
    ("es", "no quiero hacerme daño"),
    ("es", "no, no me quiero matar, nomas estoy cansada"),
)
NOT_DENIED = (
    "no, me quiero matar",
    "no i want to kill myself",
    "i dont want to live",
    "ya no quiero vivir",
    "i dont want to be here anymore",
    "i dont want to die but i cant go on",
    "no se si me quiero matar",
    "why not kill myself",
    "i can't kill myself because of my kids",
    "i dont want to die alone",
    "no me quiero matar pero no quiero vivir",
    "no puedo mas me quiero matar",
    "he doesnt hit me anymore",
    "i dont want to hurt anymore",
    "no quiero nada, me quiero morir",
    "por que no me mato",
    "no one would care if i die",
    "i do not want to live i want to kill myself",
)


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_a_denial_right_after_the_alarm_is_believed(stage: Stage, language: str, text: str) -> None:
    stage.say("crisis", "something that sounds like it", crisis="self_harm", language=language)
    for _ in range(2):
        (message,) = stage.say("crisis", text, crisis="self_harm")
        assert message["custom"]["kind"] == "smalltalk" and len(message["text"]) < 100
    (found,) = stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize("text", NOT_DENIED)
def test_what_only_sounds_like_a_denial_alarms(stage: Stage, text: str) -> None:
    stage.say("crisis", "something before", crisis="medical", language="en")
    (message,) = stage.say("crisis", text, crisis="self_harm")
    assert message["custom"]["kind"] == "crisis" and "988" in message["text"]


@pytest.mark.parametrize(("language", "text"), DENIED[:1])
def test_a_denial_with_no_alarm_before_it_alarms(stage: Stage, language: str, text: str) -> None:
    (message,) = stage.say("crisis", text, crisis="self_harm", language=language)
    assert message["custom"]["kind"] == "crisis"


def test_after_a_denial_the_question_that_waited_comes_back(stage: Stage) -> None:
    stage.say("check_eligibility", "calfresh in modesto", program="calfresh", place="Modesto")
    stage.say("crisis", "i want to die", crisis="self_harm")
    believed, question = stage.say("crisis", "no i dont want to die", crisis="self_harm")
    assert believed["custom"]["kind"] == "smalltalk"
    assert "How many people live" in question["text"]


def test_after_a_denial_what_was_looked_for_is_shown(stage: Stage) -> None:
    stage.say("crisis", "i want to die and we have no food", crisis="self_harm", need="food", place="Modesto")
    _, found = stage.say("crisis", "no, i dont want to die", crisis="self_harm")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("kind", "text", "language", "begins", "phones"),
    [
        ("self_harm", "my son cut his wrists", "en", "Call 911 first", ["911", "988"]),
        ("self_harm", "my sister took all her pills", "en", "Call 911 first", ["911", "988"]),
        ("self_harm", "mi hijo se cortó las venas", "es", "Primero llame al 911", ["911", "988"]),
        ("self_harm", "mi esposa se tomó un frasco de pastillas", "es", "Primero llame al 911", ["911", "988"]),
        ("self_harm", "i cut my wrists", "en", "Call 911 first", ["911", "988"]),
        ("self_harm", "me corté las venas", "es", "Primero llame al 911", ["911", "988"]),
        ("self_harm", "my mom wants to die", "en", "Thank you for looking out", ["988", "911"]),
        ("self_harm", "mi mamá ya no quiere vivir", "es", "Gracias por cuidar", ["988", "911"]),
        ("self_harm", "my kids would be better off without me", "en", "You matter", ["988", "911"]),
        ("self_harm", "my son says its my fault i want to die", "en", "You matter", ["988", "911"]),
        ("abuse", "tengo miedo de mi papá", "es", "Si está en peligro", ["911", "1-800-799-7233", "88788", "211"]),
        ("abuse", "my stepdad hits me", "en", "If you are in danger", ["911", "1-800-799-7233", "88788", "211"]),
        ("violence", "im scared of my dad", "en", "If you are in danger", ["911", "1-800-799-7233", "88788", "211"]),
        ("violence", "my husband hits me", "en", "If you are in danger", ["911", "1-800-799-7233", "88788"]),
        ("abuse", "her caregiver hits my grandma", "en", "If someone is", ["911", "1-833-401-0832", "211"]),
    ],
)
def test_the_lines_fit_who_is_in_danger(
    stage: Stage, kind: str, text: str, language: str, begins: str, phones: list[str]
) -> None:
    (message,) = stage.say("crisis", text, crisis=kind, language=language)
    assert message["text"].startswith(begins)
    assert message["custom"]["phones"] == phones


@pytest.mark.parametrize(
    ("text", "says"), [("my son cut his wrists", "hurt and where"), ("i cut my wrists", "you are")]
)
def test_who_is_hurt_already_is_named(stage: Stage, text: str, says: str) -> None:
    (message,) = stage.say("crisis", text, crisis="self_harm", language="en")
    assert says in message["text"]


def test_the_lines_of_home_go_on_as_lines_of_home(stage: Stage) -> None:
    stage.say("crisis", "tengo miedo de mi papá", crisis="abuse", language="es")
    (message,) = stage.say("inform", "no sé qué decirle")
    assert "1-800-799-7233" in message["text"] and "1-833-401-0832" not in message["text"]


@pytest.mark.parametrize(
    "text", ["my dad is scared of the doctor", "im scared my dad will fall", "scared of my landlord"]
)
def test_no_fear_of_somebody_at_home(text: str) -> None:
    assert not in_danger.afraid_at_home(text)


def test_after_violence_a_need_and_then_its_place_are_answered(stage: Stage) -> None:
    stage.say("crisis", "he hits me", crisis="violence", language="en")
    (asked,) = stage.say("find_provider", "ok thanks. and food", need="food")
    assert asked["custom"]["kind"] == "question" and "ZIP" in asked["text"]
    (found,) = stage.say("inform", "in Modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_the_lines_are_not_said_in_full_a_third_time(stage: Stage) -> None:
    stage.say("crisis", "he hits me", crisis="violence", language="en")
    (again,) = stage.say("inform", "i dont know what to tell you")
    assert "secret" in again["text"]
    (brief,) = stage.say("inform", "in Modesto", place="Modesto")
    assert "secret" not in brief["text"] and "tell me what else" in brief["text"] and len(brief["text"]) < 120
    (found,) = stage.say("find_provider", "food", need="food")
    assert found["custom"]["kind"] == "listings", "the place was kept"


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("calfresh", "me n my 2 kids"),
        ("calfresh", "yo y mis 2 hijos"),
        ("wic", "my baby is 8 months"),
        ("ihss", "he's 58 and disabled"),
    ],
)
def test_a_plain_answer_to_the_question_that_waits_is_no_danger(stage: Stage, program: str, text: str) -> None:
    stage.say("check_eligibility", program, program=program, place="Modesto", language="en")
    messages = stage.say("crisis", text, crisis="medical")
    assert all(message["custom"]["kind"] != "crisis" for message in messages)


@pytest.mark.parametrize(
    "text", ["my baby is not breathing", "my baby is blue", "my baby fell", "pregnant and bleeding"]
)
def test_a_danger_said_to_a_question_alarms(stage: Stage, text: str) -> None:
    stage.say("check_eligibility", "wic", program="wic", place="Modesto", language="en")
    (message, *_) = stage.say("crisis", text, crisis="medical")
    assert message["custom"]["kind"] == "crisis" and "911" in message["text"]


@pytest.mark.parametrize(("act", "kind"), [("check_eligibility", "question"), ("how_to_apply", "steps")])
def test_a_question_of_a_program_beside_a_worry_is_answered_as_one(stage: Stage, act: str, kind: str) -> None:
    worry, answer = stage.say(
        act, "calfresh in modesto, im so tired", crisis="worry", program="calfresh", place="Modesto", language="en"
    )
    assert (worry["custom"]["kind"], answer["custom"]["kind"]) == ("worry", kind)


def test_what_is_told_beside_a_worry_is_not_asked(stage: Stage) -> None:
    _, answer = stage.say(
        "check_eligibility", "calfresh? we are 4 im so tired", crisis="worry", program="calfresh", place="Modesto"
    )
    assert "How many people" not in answer["text"] and "4 people" in answer["text"]
