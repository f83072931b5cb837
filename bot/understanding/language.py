"""English or Spanish, or neither when a message does not say (then the conversation keeps its language)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from lingua import Language as LinguaLanguage
from lingua import LanguageDetector, LanguageDetectorBuilder

from bot.understanding.text import LIMIT, plain, tokens, words_file

__all__ = ["detect", "evidence"]

_SURE = 0.85
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_ENOUGH_LETTERS = 14


def detect(text: str, *, only_names: bool = False) -> str | None:
    """`en`, `es` or None: words, then accents, then statistics, if the text is long enough and more than names."""
    visible = _ADDRESS.sub(" ", plain(text)[:LIMIT])
    english, spanish = evidence(visible)
    if english != spanish:
        return "en" if english > spanish else "es"
    return None if only_names else _by_statistics(visible, tie=english > 0)


@functools.lru_cache(maxsize=4)  # asked for our two languages, and against every other
def evidence(text: str) -> tuple[float, float]:
    """How many words of English and of Spanish `text` has; accents count a little."""
    lists = _lists()
    neutral = lists["neutral"]
    found = [_as_written(token.text, lists) for token in tokens(text)]
    spoken = [word for word in found if word not in neutral]
    english = float(sum(word in lists["en"] for word in spoken))
    spanish = float(sum(word in lists["es"] for word in spoken))
    return english, spanish + _accents(text)


def _as_written(word: str, lists: Mapping[str, frozenset[str]]) -> str:
    """The word that letters were drawn out of: "fooood" is food, "heeelp" help."""
    if not _DRAWN_OUT.search(word):
        return word
    shorter = (_DRAWN_OUT.sub(letters, word) for letters in (r"\1\1", r"\1"))
    return next((each for each in shorter if any(each in words for words in lists.values())), word)


def _accents(text: str) -> float:
    if any(mark in text for mark in "¿¡"):
        return 2.0
    return 0.5 * sum(letter in "áéíóúñÁÉÍÓÚÑ" for letter in text)


def _by_statistics(text: str, *, tie: bool) -> str | None:
    letters = sum(letter.isalpha() for letter in text)
    if letters < _ENOUGH_LETTERS:
        return None
    values = {value.language: value.value for value in _detector().compute_language_confidence_values(text)}
    spanish = values.get(LinguaLanguage.SPANISH, 0.0)
    if not tie and max(spanish, 1 - spanish) < _SURE:
        return None
    return "es" if spanish > 0.5 else "en"


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    file = words_file("language")
    neutral = frozenset(file["neutral"].split())
    return {
        "neutral": neutral,
        "en": frozenset(file["en"]["strong"].split()) - neutral,
        "es": frozenset(file["es"]["strong"].split()) - neutral,
    }


@functools.cache
def _detector() -> LanguageDetector:
    pair = (LinguaLanguage.ENGLISH, LinguaLanguage.SPANISH)
    return LanguageDetectorBuilder.from_languages(*pair).with_low_accuracy_mode().build()
