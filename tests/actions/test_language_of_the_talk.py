"""A word of command is no wish for another language: the talk goes on in its own."""

from __future__ import annotations

import pytest

from tests.actions.a_phone import phone, text


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [("es", "MORE", "en"), ("en", "SIGA", "es"), ("es", "OTHERS", "en"), ("en", "OTROS", "es")],
)
def test_a_word_of_command_keeps_the_language_of_the_talk(home: object, language: str, word: str, other: str) -> None:
    stage = phone()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    told = text(stage.say("followup", word, language=other))
    assert ("Comida" in told) is (language == "es") and stage.slots["language"] == language


def test_a_sentence_changes_it(home: object) -> None:
    stage = phone()
    stage.say("find_provider", "comida en modesto", need="food", place="Modesto", language="es")
    assert "Food" in text(stage.say("followup", "show me more of them", language="en"))
