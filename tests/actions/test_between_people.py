"""Words between people: hold on, why do you ask, anger, no address; one line each, and what was asked still waits."""

from __future__ import annotations

import pytest

from actions.words import sign
from tests.actions.conftest import Stage

HOLD_ON = {
    "en": ("hold on", "wait a sec please", "brb", "one moment", "just a minute ok", "let me find my card"),
    "es": ("espéreme tantito", "un momento por favor", "ahorita vuelvo", "deme un minuto", "déjeme buscar"),
}
WHY = {
    "en": ("why do you ask?", "why do you need to know that", "whats it to you, that's private", "do i have to answer"),
    "es": ("¿por qué me pregunta?", "y eso para que", "para qué quiere saber", "tengo que contestar?"),
}
ANGRY = {
    "en": ("this is bs", "you are useless!!", "wtf", "I already told you", "nobody helps, im so mad"),
    "es": ("no sirve para nada", "qué coraje", "ya le dije", "son unos inútiles", "pinche máquina no entiende nada"),
}
NONE_OF_THEM = (
    ("hold_on", "wait list for section 8 how long"),
    ("hold_on", "i cant wait for the bus anymore"),
    ("hold_on", "how long is the wait"),
    ("hold_on", "no puedo esperar hasta el lunes"),
    ("back", "back rent help"),
    ("back", "i need back surgery ride"),
    ("back", "ya no tengo comida"),
    ("why_ask", "why do they need my social"),
    ("why_ask", "what for dinner is free"),
    ("angry", "the toilet is full of water"),
    ("angry", "my landlord is angry"),
)


def turns(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), turns(HOLD_ON))
def test_hold_on_is_waited_for_and_the_answer_still_counts(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    (message,) = stage.say("nlu_fallback", text)
    assert message["custom"]["kind"] == "smalltalk"
    assert message["custom"]["choices"] == []
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert (found["custom"]["kind"], found["custom"]["need"]) == ("listings", "food")


@pytest.mark.parametrize(("language", "text"), turns(WHY))
def test_why_do_you_ask_is_answered_and_asked_again_without_counting(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    for _ in range(4):
        (message,) = stage.say("ask_privacy", text)
        assert message["custom"]["kind"] == "question"
        assert {"en": "near you", "es": "cerca de usted"}[language] in message["text"]
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_why_a_question_of_the_rules_is_asked(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get calfresh", program="calfresh", place="Modesto", language="en")
    (message,) = stage.say("ask_privacy", "why do you need to know that")
    assert message["custom"]["kind"] == "question"
    assert "the rules of this help look at it" in message["text"]
    assert "skip" in message["text"]


@pytest.mark.parametrize(("language", "text"), turns(ANGRY))
def test_anger_gets_one_line_and_a_person_and_no_menu(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    (message,) = stage.say("nlu_fallback", text)
    assert message["custom"]["kind"] == "smalltalk"
    assert message["custom"]["choices"] == []
    assert "211" in message["text"]
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_an_angry_request_is_answered(stage: Stage) -> None:
    (found,) = stage.say("find_provider", "this is bs i need food in modesto", need="food", place="Modesto")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "i dont have a zip im homeless"), ("en", "no address"), ("es", "vivo en la calle"), ("es", "no tengo zip")],
)
def test_no_address_is_no_wall(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    (message,) = stage.say("inform", text)
    assert message["custom"]["kind"] == "question"
    assert {"en": "do not need an address", "es": "no necesita dirección"}[language] in message["text"]
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert (found["custom"]["kind"], found["custom"]["need"]) == ("listings", "food")


@pytest.mark.parametrize(("name", "text"), NONE_OF_THEM)
def test_ordinary_words_are_none_of_these(name: str, text: str) -> None:
    assert not sign(name, text, alone=name in ("hold_on", "back"))
