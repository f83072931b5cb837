"""Fear of a bill, of the police, of losing children: a fixed answer, in danger too, and what was asked goes on."""

from __future__ import annotations

import pytest

from actions.words import sign
from tests.actions.conftest import Stage

FEARS = (
    ("en", "cost", "i cant afford an ambulance", "even if you cannot pay"),
    ("en", "cost", "will they charge me", "911, 988 and 211 are free"),
    ("en", "police", "will they call the cops on me", "do not tell the police"),
    ("en", "police", "i have a warrant", "do not tell the police"),
    ("en", "children", "im scared they take my kids", "do not report anything"),
    ("es", "cost", "no tengo para pagar la ambulancia", "aunque no pueda pagar"),
    ("es", "cost", "me van a cobrar?", "es gratis"),
    ("es", "police", "no quiero que venga la policía", "no le aviso nada a la policía"),
    ("es", "police", "tengo una orden de arresto", "no le aviso nada a la policía"),
    ("es", "children", "me da miedo que me quiten a mis hijos", "no reporto nada"),
)
NONE = (
    ("fear_cost", "how much does ihss cost"),
    ("fear_cost", "help with my pge bill"),
    ("fear_cost", "que cobra la guarderia"),
    ("fear_police", "my brother is a police officer"),
    ("fear_police", "le pegaron en la policlinica"),
    ("fear_children", "can i take my kids to the pantry to eat"),
    ("fear_children", "who can take care of my kids"),
    ("fear_children", "puedo llevar a mis hijos"),
)


@pytest.mark.parametrize(("language", "fear", "text", "says"), FEARS)
def test_a_fear_is_answered_and_the_question_goes_on(
    stage: Stage, language: str, fear: str, text: str, says: str
) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    answer, question = stage.say("ask_privacy", text)
    assert says in answer["text"]
    assert question["custom"]["kind"] == "question"
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize(("language", "fear", "text", "says"), FEARS[:1] + FEARS[5:6])
def test_in_danger_the_line_comes_first_and_then_the_fear(
    stage: Stage, language: str, fear: str, text: str, says: str
) -> None:
    danger, answer = stage.say("crisis", f"chest pain, {text}", crisis="medical", language=language)
    assert danger["custom"]["kind"] == "crisis"
    assert "911" in danger["text"]
    assert says in answer["text"]


@pytest.mark.parametrize(("name", "text"), NONE)
def test_ordinary_words_are_no_fear(name: str, text: str) -> None:
    assert not sign(name, text)
