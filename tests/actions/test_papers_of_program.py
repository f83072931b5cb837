"""Papers are told first where papers are asked: in the check of a program, and after its steps."""

from __future__ import annotations

import pytest

from tests.actions.a_phone import phone, text

ASKS = [("es", "que ocupo llevar"), ("es", "¿qué papeles?"), ("en", "what papers do i need to bring")]


def papers_first(said: str) -> bool:
    return any(words in said.split("\n")[0].lower() for words in ("have ready", "tenga a la mano"))


@pytest.mark.parametrize("act", ["how_to_apply", "followup", "nlu_fallback"])
@pytest.mark.parametrize(("language", "words"), ASKS)
def test_in_a_check_the_papers_come_first_and_the_question_stays(
    home: object, language: str, words: str, act: str
) -> None:
    mine = phone()
    mine.say("check_eligibility", "calfresh", program="calfresh", place="Modesto", language=language)
    asked = mine.slots["asked"]["question"]
    first, again = mine.say(act, words)
    assert papers_first(first["text"])
    assert mine.slots["asked"]["question"] == asked and again["custom"]["kind"] == "question"


@pytest.mark.parametrize(("language", "words"), ASKS)
def test_after_the_steps_too(home: object, language: str, words: str) -> None:
    mine = phone()
    mine.say("how_to_apply", "calfresh", program="calfresh", language=language)
    said = text(mine.say("how_to_apply", words))
    assert papers_first(said)


def test_of_places_that_were_shown_the_papers_are_theirs(home: object) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language="es")
    assert "Tenga a la mano" not in text(mine.say("followup", "que papeles"))
