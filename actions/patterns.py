"""Patterns of a table as one expression: each begins at a word, {name} in it is an entry of the table of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from actions.openings import Opened

__all__ = ["either"]

_NAME = re.compile(r"\{([a-z]+)\}")


def either(patterns: Iterable[str], words: Mapping[str, str]) -> Opened:
    """Any of the patterns, from the beginning of a word on."""
    return Opened(re.compile("|".join(rf"(?:(?<= )|(?= )|^)(?:{_filled(pattern, words)})" for pattern in patterns)))


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with the words put in; words may name words."""
    filled = _NAME.sub(lambda name: words[name[1]], pattern)
    return filled if filled == pattern else _filled(filled, words)
