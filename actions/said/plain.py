"""A message made plain for reading facts: no case or accents, short forms spelled out, numbers in digits."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.said.numbers import digits, shown
from directory.eligibility import strict
from directory.folding import unaccented

__all__ = ["MOST_LETTERS", "Sentence", "plain", "sentences"]

MOST_WORDS = 500
MOST_LETTERS = 2000
"""More than this of a message is not read."""

_FILE = Path(__file__).parent / "spelling.yml"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a plain text, a space at both ends; `asks` when it is a question."""

    text: str
    asks: bool


@functools.lru_cache(maxsize=16)  # one message is read for many facts
def sentences(text: str) -> tuple[Sentence, ...]:
    """The plain text in sentences."""
    found = re.findall(r"([^.?]+)([.?]?)", re.sub(r"(?<=\d)\.(?=\d)", "·", plain(text)))
    parts = ((" ".join(part.split()).strip(" ,").replace("·", "."), end) for part, end in found)
    return tuple(Sentence(f" {part} ", end == "?" or bool(_asks().match(part))) for part, end in parts if part)


@functools.lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text as words with one space between; signs that end something stand as words of their own."""
    said = unicodedata.normalize("NFC", text[:MOST_LETTERS]).casefold()
    said = re.sub(r"\bsí\b", "yes", said)
    said = unaccented(said)
    for pattern, by in _SIGNS:
        said = pattern.sub(by, said)
    words = [_mended(word) for word in said.split()[:MOST_WORDS]]
    words = digits(" ".join(words).split())
    said = f" {' '.join(words)} "
    for together, one in _tables()["together"]:
        said = said.replace(f" {together} ", f" {one} ")
    return _YEARS_OLD.sub(r"\1 years old ", said).strip()


_YEARS_OLD = re.compile(
    r"(?<=\s)(\d{1,3}) (?:yo|y o|year old|years of age|anos de edad) (?!y |mis? |soy |tengo |gano )"
)


def _thousands(found: re.Match[str]) -> str:
    return re.sub(r"[.,]", "", found[0])


_NOTED = (
    r"(^|\b(?:pt|px|pte|paciente|patient|client|clienta|an?|una?|for|(?:pt|patient|client) is) )"
    r"(\d\d) ?(?:years old|yo|yr|yrs)? *([fm])\b"
    r"(?! ?(?:away|from|walk|drive|ago|left|late|of|to|wait|apart|day|outside|today|inside))"
)
"""How a clinic notes who a patient is: "67F", "pt 45 yo M"."""


def _of_sex(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]} years old {'female' if found[3] == 'f' else 'male'}"


def _kilo(found: re.Match[str]) -> str:
    return f"{found[1]}{shown(float(found[2]) * 1000)} "


_SIGNS: tuple[tuple[re.Pattern[str], Any], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[\u2018\u2019\u00b4`]", "'"),
        (r"\bwe're\b", "we are"),
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"\b(s?he|it|that|there|what|who)'s\b", r"\1 is"),
        (r"\b(\w+)'s (?=\d|pregnant|blind|disabled)", r"\1 is "),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"\bi'm\b", "i am"),
        (r"\brepo'?d\b", "repossessed"),
        (r"'d\b", " would"),
        (r"'", ""),
        (r"(?<=\d)\s?y\.?/o\b", " years old "),
        (_NOTED, _of_sex),
        (r"\(?\b\d{3}\)?[\s.\-]{0,2}\d{3}[\s.\-]\d{4}\b", " # "),
        (r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{1,2}:\d\d(?: ?[ap]m)?\b|\b\d{1,2} ?[ap]m\b", " # "),
        (r"\b\d+(?:st|nd|rd|th)\b", " # "),
        (r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?=\.\d{1,2}(?!\d))", _thousands),
        (r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,]\d|\d)", _thousands),
        (r"\$\s+(?=\d)", "$"),
        (r"(\$?)(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)\s?k\b", _kilo),
        (r"(?<![\w$.])(\d+(?:\.\d+)?)\s?(?:\$|dollars?\b|dolares\b|dlls?\b|dlrs?\b|dls\b|usd\b|bucks\b)", r"$\1 "),
        (r"\bw/o\b", " without "),
        (r"\bw/", " with "),
        (r"/\s?(?=[a-z])", " per "),
        (r"&", " and "),
        (r"(?<=\d)\s?[\-\u2013]\s?(?=\$?\d)", " to "),
        (r"\s[\-\u2013\u2014]+\s", " , "),
        (r"\+", " and "),
        (r"(?<=\d)(?=[a-z])", " "),
        (r"(?<!\d)\.\d+", " "),
        (r"\.(?!\d)|[!;\n\u00bf\u00a1\u2026]+", " . "),
        (r"(?:\. )+", ". "),
        (r",(?!\d)|,|[:()]", " , "),
        (r"\?+", " ? "),
        (r"[^\w\s$#.,?]|\$(?!\d)", " "),
    )
)


def _mended(word: str) -> str:
    tables = _tables()
    if word in tables["short"]:
        return str(tables["short"][word])
    if len(word) < 6 or not word.isalpha() or word in tables["right"]:
        return word
    return _nearest(word) or word


@functools.lru_cache(2048)
def _nearest(word: str) -> str | None:
    return next((right for right in _tables()["mend"] if right[0] == word[0] and _one_slip(word, right)), None)


def _one_slip(said: str, right: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two are swapped."""
    if abs(len(said) - len(right)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(said, right, strict=False)) if one != other), len(right))
    rest, wanted = said[same:], right[same:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == wanted
    return swapped or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]


@functools.cache
def _asks() -> re.Pattern[str]:
    return re.compile(str(_tables()["asks"]))


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    right = frozenset((*read["mend"], *read["never_mend"]))
    return {**read, "right": right}
