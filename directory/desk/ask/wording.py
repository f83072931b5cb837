"""Which of our texts the words of an answer are: found by comparing, since an answer does not say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from directory.model import Language
from directory.text import catalogue
from directory.text.register.every import STAFF

__all__ = ["known_texts"]

_VALUE = re.compile(r"\{[a-z_0-9]+\}")
_FEWEST = 16
"""Letters that a text must have beside its values: "{month} {day}" is found in anything."""
_MOST = 8


def known_texts(text: str, language: Language) -> tuple[str, ...]:
    """The keys of the texts whose words stand in it as lines or as the whole, in their order; at most eight."""
    return tuple(dict.fromkeys(_found(text, language)))[:_MOST]


def _found(text: str, language: Language) -> Iterator[str]:
    shapes = _shapes(language)
    for piece in _pieces(text):
        yield from (key for key, shape in shapes if shape.fullmatch(piece))


def _pieces(text: str) -> list[str]:
    """The whole, and each line of it."""
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) >= _FEWEST]
    return list(dict.fromkeys([text.strip(), *lines]))


@cache
def _shapes(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, _shape(text))
        for key, text in catalogue.shipped(language.value).items()
        if key.partition(".")[0] not in STAFF and len(_VALUE.sub("", text).strip()) >= _FEWEST
    )


def _shape(text: str) -> re.Pattern[str]:
    """The words with anything short where a value stands."""
    return re.compile(".{0,120}?".join(map(re.escape, _VALUE.split(text.strip()))), re.S)
