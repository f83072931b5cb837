"""What the assistant says about itself is what its code does: languages, what is kept and how long, who reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.understanding.identifiers import mask
from directory import privacy
from directory.eligibility import rules
from directory.model import Language
from directory.text import catalogue

ROOT = Path(__file__).parents[2]
SPOKEN = list(Language)
DAYS = {Language.EN: "30 days", Language.ES: "30 días"}
MINUTES = {Language.EN: "30 minutes", Language.ES: "30 minutos"}


def said(name: str, language: Language) -> str:
    if name == "ask_privacy":
        return catalogue.say("assistant.privacy.told", language, days=DAYS[language], minutes=MINUTES[language])
    texts = yaml.safe_load((ROOT / "bot" / "messages" / f"{language.value}.yml").read_text("utf-8"))
    return str(texts[f"utter_{name}"]["text"])


def languages_named(text: str, language: Language) -> set[str]:
    keys = [key for key in catalogue.keys(language) if re.fullmatch(r"language\.[a-z]{2,3}", key)]
    return {
        key.partition(".")[2]
        for key in keys
        if re.search(rf"\b{re.escape(catalogue.say(key, language))}\b", text, re.I)
    }


@pytest.mark.parametrize("language", SPOKEN)
def test_the_languages_it_names_are_those_it_speaks(language: Language) -> None:
    spoken = {each.value for each in Language}
    assert languages_named(said("ask_bot", language), language) == spoken
    for key in ("assistant.language.other", "assistant.language.wanted"):
        text = catalogue.say(key, language, **({"language": "Hmong"} if key.endswith("wanted") else {}))
        assert languages_named(text.partition("Hmong")[0].partition(".")[0], language) == spoken, key


NAMED = {
    "language": ("language", "idioma"),
    "need": ("what kind of help", "qué tipo de ayuda"),
    "program": ("what kind of help", "qué tipo de ayuda"),
    "place": ("where", "dónde"),
    "county": ("where", "dónde"),
    "plan": ("health plan", "plan de salud"),
    "shown": ("places you saw", "lugares vio"),
    "tried": ("or tried", "o probó"),
    # What was asked last, as far as it says nothing of the person.
    "asked": ("so that we can go on", "para poder seguir"),
}


def test_all_that_is_kept_is_named() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert set(domain["slots"]) - set(privacy.slots("memory")) == set(NAMED)
    for english, spanish in NAMED.values():
        assert english in said("ask_privacy", Language.EN)
        assert spanish in said("ask_privacy", Language.ES)


@pytest.mark.parametrize("language", SPOKEN)
def test_the_numbers_it_says_are_taken_out_are_taken_out(language: Language) -> None:
    words = {
        "ssn": ("social security", "seguro social"),
        "card": ("card", "tarjeta"),
        "medi_cal_id": ("Medi-Cal", "Medi-Cal"),
        "phone": ("phone numbers", "teléfono"),
    }
    sent = mask("078-05-1120, 4111 1111 1111 1111, 91234567A, call me at 209-555-0123")
    assert set(sent.kinds) == set(words)
    for english, spanish in words.values():
        word = english if language is Language.EN else spanish
        assert word.casefold() in said("ask_privacy", language).casefold()


AUTOMATED = {Language.EN: ("automated", "not a person"), Language.ES: ("automático", "no una persona")}
UNREAD = {Language.EN: "Nobody is reading this chat", Language.ES: "Nadie lee este chat"}


@pytest.mark.parametrize("language", SPOKEN)
def test_it_says_that_it_is_automated_and_that_nobody_reads_along(language: Language) -> None:
    assert all(part in said("ask_bot", language) for part in AUTOMATED[language])
    assert UNREAD[language] in said("ask_privacy", language)


@pytest.mark.parametrize("language", SPOKEN)
def test_what_it_never_asks_is_asked_by_no_question(language: Language) -> None:
    assert ("immigration status" if language is Language.EN else "estatus migratorio") in said("ask_privacy", language)
    conditions = [each for each in rules.conditions().values() if each.answered_by == "patient" and each.question]
    asked = [condition.question.get(language) for condition in conditions]
    assert len(asked) > 30
    assert [text for text in asked if re.search(r"immigrat|migratori|citizen|ciudadan", text, re.I)] == []
