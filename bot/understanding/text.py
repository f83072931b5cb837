"""Messages as people write them, made comparable: folded letters, tokens with their place, hidden characters gone."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from directory.folding import unaccented

__all__ = ["LIMIT", "Token", "fold", "looks_latin", "plain", "tokens", "words_file"]

LIMIT = 1000
"""Characters of a message that are read for its meaning; danger is looked for in more (`crisis.LIMIT`)."""

_WORDS = Path(__file__).parent.parent / "components" / "words"
# Scripts without spaces between words (Thai, Lao, Khmer, Chinese, Japanese, Korean) leave a ZIP beside them a word.
_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u2e80-\uffef"
_LETTERS = rf"[^\W_{_UNSPACED}]+"
_TOKEN = re.compile(rf"{_LETTERS}(?:['’‘`´]{_LETTERS})*|(?:(?![\W_])[{_UNSPACED}])+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_STOP = re.compile(r"[;!?\n]|\.\s")
_ABBREVIATED = frozenset({"st", "mt", "ft"})

# Letters of other alphabets that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухікмнтвзӏԁѕјԛԝɡıοαερτυνικχρ",
    "aeopcyxikmhtb3ldsjqwgioaeptuvikxp",
)


@dataclass(frozen=True)
class Token:
    """One word: its folded text, where it stands, and what kind of stop parts it from the word before."""

    text: str
    start: int
    end: int
    after_comma: bool = False
    after_stop: bool = False


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: the result is exactly as long as `text`."""
    return text.lower() if text.isascii() else "".join(map(_fold_one, text))


@functools.lru_cache(maxsize=2048)
def _fold_one(letter: str) -> str:
    kept = unaccented(letter).lower().translate(_LOOKALIKES)
    return kept if len(kept) == 1 else (" " if unicodedata.combining(letter) or not kept else letter.lower()[:1])


def looks_latin(letter: str) -> bool:
    """Whether a letter is a Latin one or of another alphabet and passes for one."""
    return letter.isascii() or ord(letter.lower()[0]) in _LOOKALIKES


def plain(text: str) -> str:
    """`text` composed and without characters that nobody sees (zero width, soft hyphen, direction marks, controls)."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # nearly every message: nothing in it is hidden
        return composed
    return "".join(letter for letter in composed if letter in "\n\t" or unicodedata.category(letter)[0] != "C")


@functools.lru_cache(maxsize=8)  # every component reads the message of the moment
def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text`; hyphens part words, apostrophes do not ("dont"), stops are remembered."""
    folded = fold(text)
    found: list[Token] = []
    previous = 0
    for match in _TOKEN.finditer(folded):
        gap = folded[previous : match.start()]
        abbreviated = bool(found) and gap.strip() == "." and _abbreviation(found[-1].text)
        stop = bool(_STOP.search(gap)) and not abbreviated
        found.append(Token(match.group().translate(_APOSTROPHES), match.start(), match.end(), "," in gap, stop))
        previous = match.end()
    return tuple(found)


def _abbreviation(word: str) -> bool:
    return len(word) == 1 or word in _ABBREVIATED


@functools.cache
def words_file(name: str) -> Mapping[str, Any]:
    """The word list `bot/components/words/<name>.yml`, read once."""
    with (_WORDS / f"{name}.yml").open(encoding="utf-8") as stream:
        loaded: Mapping[str, Any] = yaml.safe_load(stream)
    return loaded
