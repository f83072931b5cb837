"""Short forms for text messages beside what the clinic wrote itself, and how a translator reads where they stand."""

from __future__ import annotations

from pathlib import Path

from directory.model import Language
from directory.text import catalogue
from directory.text.register.every import every_text
from tests.texts.test_wording import own

KEY = "assistant.ask.place"


def by_text() -> str:
    with catalogue.by_text():
        return catalogue.say(KEY, Language.ES)


def test_the_clinics_own_words_are_said_by_text_too(home: Path) -> None:
    own(home, KEY, "¿En qué pueblo busco?")
    assert catalogue.say(KEY, Language.ES) == by_text() == "¿En qué pueblo busco?"


def test_the_clinic_may_write_the_short_form_alone(home: Path) -> None:
    own(home, f"{KEY}.sms", "¿En qué pueblo?")
    assert by_text() == "¿En qué pueblo?"
    assert catalogue.say(KEY, Language.ES) == catalogue.shipped("es")[KEY]


def test_a_translator_reads_that_it_is_for_text_messages() -> None:
    where = {text.id: text.where for text in every_text()}
    assert where[f"{KEY}.sms"] == f"{where[KEY]}, by text message"
