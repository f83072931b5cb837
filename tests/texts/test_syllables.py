"""The counters of syllables, on sixty words of each language counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from directory.text.reading import english_syllables, measure, spanish_syllables, without_names

WORDS = yaml.safe_load(Path(__file__).with_name("syllables.yml").read_text("utf-8"))
COUNTERS = {"en": english_syllables, "es": spanish_syllables}


@pytest.mark.parametrize(("language", "word"), [(language, word) for language in WORDS for word in WORDS[language]])
def test_a_word_has_its_syllables(language: str, word: str) -> None:
    assert COUNTERS[language](word) == WORDS[language][word]


def test_the_table_has_sixty_words_of_each_language() -> None:
    assert {language: len(words) for language, words in WORDS.items()} == {"en": 60, "es": 60}


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "The cat sat on the mat. The dog ran to the door.", -3, 2),
        ("en", "Call your county. Ask for a ride to your doctor. They may help you.", -1, 4),
        ("en", "Eligibility determinations necessitate documentation of administrative considerations.", 20, 60),
        ("es", "La casa es de mi mamá. El gato come pan y yo voy al sol.", 85, 140),
        (
            "es",
            "La documentación administrativa imposibilita determinaciones extraordinarias de elegibilidad.",
            -120,
            20,
        ),
    ],
)
def test_the_measure_itself(language: str, text: str, low: float, high: float) -> None:
    measured = measure(text, language)
    assert measured is not None
    assert low < measured < high


@pytest.mark.parametrize(
    ("text", "language"), [("Call 211.", "en"), ("{name}: {phone}", "en"), ("Llame al plan ya.", "es")]
)
def test_a_fragment_is_not_measured(text: str, language: str) -> None:
    assert measure(text, language) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Apply at BenefitsCal.com today.", "Apply at today."),
        ("Call 1-800-555-0123 or {phone}.", "Call or ."),
        ("Ask Kern Family Health Care for help.", "Ask for help."),
        ("CalFresh helps. Ask the Area Agency on Aging.", "helps. Ask the ."),
        ("A housekeeper is no house.", "A housekeeper is no house."),
    ],
)
def test_names_are_taken_out(text: str, left: str) -> None:
    assert " ".join(without_names(text).split()) == left
