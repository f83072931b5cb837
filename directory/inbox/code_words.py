"""The words that codes of lists are taken from: read without a database, because every message is looked at."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["easy_in_spanish", "is_word", "words"]

_FILE = Path(__file__).with_name("codes.txt")


_HEARD_AS_WRITTEN = re.compile("[AO]S?$")
_HARD_IN_SPANISH = re.compile(r"[HKQWXYZ]|[AEIO]{2}[AEIOU]|OO|EE|OU|EA|AI|CK|G[EI]|MB?$|(.)\1|[^AEIOU]{3}|^S[^AEIOU]")


@cache
def words() -> frozenset[str]:
    """Every word that may be a code, in capitals."""
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word.upper() for line in lines if not line.startswith("#") for word in line.split())


@cache
def easy_in_spanish() -> frozenset[str]:
    """Those that are written as they are heard in Spanish: a person may get theirs by phone."""
    return frozenset(word for word in words() if _HEARD_AS_WRITTEN.search(word) and not _HARD_IN_SPANISH.search(word))


def is_word(text: str) -> bool:
    """Whether a word may be a code, however it is written."""
    return text.strip().upper() in words()
