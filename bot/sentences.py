"""The few sentences a channel says by itself, when there is no answer behind it to send."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from directory import wording

__all__ = ["both", "in_language"]

_FOLDER = Path(__file__).parent / "messages"


def both(code: str) -> dict[str, str]:
    """A sentence in every language, as `{"en": ..., "es": ...}`."""
    return {language: texts[code] for language, texts in _texts().items()}


def in_language(code: str, language: str | None) -> str:
    """A sentence in one language, or in all of them when the language is not known."""
    texts = both(code)
    return texts.get(language or "") or "\n".join(texts.values())


@cache
def _texts() -> dict[str, dict[str, str]]:
    return {language: _in(language) for language in wording.LANGUAGES}


def _in(language: str) -> dict[str, str]:
    shipped: dict[str, str] = yaml.safe_load((_FOLDER / f"channel.{language}.yml").read_text("utf-8"))
    return {code: wording.words(f"channel.{code}", language, text) for code, text in shipped.items()}
