"""The words that codes of lists are taken from: read without a database, because every message is looked at."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["is_word", "words"]

_FILE = Path(__file__).with_name("codes.txt")


@cache
def words() -> frozenset[str]:
    """Every word that may be a code, in capitals."""
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word.upper() for line in lines if not line.startswith("#") for word in line.split())


def is_word(text: str) -> bool:
    """Whether a word may be a code, however it is written."""
    return text.strip().upper() in words()
