"""What is said by text without the assistant: two segments in either language, with whom to call, and no traps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.sms import texts
from directory.model import Language
from directory.text import catalogue, gsm

KEYS = sorted(key for key in catalogue.keys(Language.EN) if key.startswith("sms.") and not key.endswith("_short"))
LONG = {
    "name": "Sierra Vista Clinica", "phone": "209-555-0123", "who": "209-555-0123", "url": "https://clinic.example.org/idiomas",
    "notice": "Call 209-555-0123 for free help in your language.",
}  # fmt: skip
LINES = ("911", "988", "211")


@pytest.mark.parametrize("language", Language, ids=str)
@pytest.mark.parametrize("key", KEYS)
def test_each_keeps_to_two_segments_of_cheap_letters(key: str, language: Language) -> None:
    text = catalogue.say(key, language, **LONG)
    assert gsm.encoding(text) == "GSM-7" and gsm.segments(text) <= 2, (len(text), text)


@pytest.mark.parametrize("spoken", ["en", "es", None])
def test_whoever_gets_no_answer_learns_whom_to_call(home: Path, spoken: str | None) -> None:
    for said in (texts.away(spoken), *(texts.fixed(code, spoken) for code in ("busy", "too_fast", "too_long"))):
        assert all(line in said["text"] for line in LINES) and set(LINES) <= set(said["custom"]["phones"])
    assert "209-555-0123" in texts.away(spoken)["text"] and all(line in texts.fallback()[1] for line in LINES)


def test_the_first_message_says_all_that_it_must(home: Path) -> None:
    english, spanish = texts.first("en")["text"], texts.first("es")["text"]
    for word in (
        "Sunrise",
        "automated",
        "nobody reads this live",
        "not private",
        "Msg & data",
        "STOP",
        "HELP",
        "IDIOMA",
    ):
        assert word in english
    for word in ("Sunrise", "un programa", "nadie lee esto", "no son privados", "cobrar", "ALTO", "AYUDA", "LANG"):
        assert word in spanish
    both = texts.first(None)["text"]
    assert gsm.segments(both) <= 4 and "nobody reads" in both and "nadie lo lee" in both


def test_help_says_who_we_are_a_phone_what_it_costs_and_how_to_stop(home: Path) -> None:
    for spoken, words in (("en", ("Msg & data rates", "STOP")), ("es", ("cobrar", "ALTO"))):
        text = texts.help_told(spoken)["text"]
        assert all(word in text for word in (*words, *LINES, "Sunrise", "209-555-0123"))
    (home / "settings.yml").write_text("clinic: Clínica Sunrise\n")
    assert texts.help_told("es")["text"].startswith("Clinica Sunrise: ") and "209" not in texts.help_told("es")["text"]
    (home / "settings.yml").write_text('phone: "209-555-0123"\n')
    assert texts.help_told("en")["text"].startswith("Puente, 209-555-0123: ")


def test_languages_are_told_as_the_clinic_says(home: Path) -> None:
    assert "211" in texts.languages_told("en")["text"]
    notice = 'language_help: {en: "Call us for free help.", es: "Llame, es gratis."'
    (home / "settings.yml").write_text(f"clinic: A\n{notice}}}\n")
    assert texts.languages_told("es")["text"] == "Otros idiomas: Llame, es gratis."
    (home / "settings.yml").write_text(f"clinic: A\n{notice}, url: https://a.example.org/l}}\n")
    assert texts.languages_told("en")["text"] == "Other languages, free: https://a.example.org/l"


OFFERED = re.compile(r"\b(?:END|CANCEL|QUIT|YES|SI)\b")


@pytest.mark.parametrize("language", Language, ids=str)
def test_no_word_of_carriers_is_offered_but_to_stop_to_come_back_and_for_help(language: Language) -> None:
    assert not [key for key in KEYS if OFFERED.search(catalogue.say(key, language, **LONG))]
    for key in ("back", "first", "help", "help_phone", "busy", "away", "too_fast"):
        assert "START" not in catalogue.say(f"sms.{key}", language, **LONG)
