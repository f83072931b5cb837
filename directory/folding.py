"""Words made comparable: people, lists and pages write the same name with other capitals, accents and spaces.

Three meanings, of which a caller takes the one that its names need; signs of its own it takes out itself.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["bare_words", "spaced", "unaccented"]

_WORD = re.compile(r"[^\W_]+")


def unaccented(text: str) -> str:
    """The text with plain letters: no accents, no letters of another width; case, signs and spaces stay."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def spaced(text: str) -> str:
    """The text without case, one space between its words; accents and signs count."""
    return " ".join(text.casefold().split())


def bare_words(text: str) -> list[str]:
    """The words alone, without case and accents; an apostrophe parts none ("Peña's" is "penas"), other signs do."""
    return _WORD.findall(unaccented(text.casefold().replace("'", "").replace("’", "")))
