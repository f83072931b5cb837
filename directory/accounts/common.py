"""Whether a password is one that many people use, or so plain that whoever guesses tries it early."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from directory.folding import unaccented

__all__ = ["is_common"]

_FILE = Path(__file__).with_name("common.txt")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
)
_SIGNS = str.maketrans("0134578@$!|€", "oieastbasiie")
"""Figures and signs that stand for letters."""
_FEW = 4
_PIECE = 4


def is_common(password: str) -> bool:
    """Whether a list of the usual passwords has it, also dressed up with figures and signs, doubled, or as a run."""
    plain = unaccented(password.casefold()).replace(" ", "")
    return len(set(plain)) <= _FEW or _is_run(plain) or any(_words_only(form) for form in _forms(plain))


def _forms(plain: str) -> set[str]:
    """The letters alone, and with figures and signs read as letters."""
    ends = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    return {re.sub(r"[\W\d_]+", "", form) for form in (plain, plain.translate(_SIGNS), ends.translate(_SIGNS))} - {""}


def _words_only(letters: str) -> bool:
    """Whether the letters are nothing but usual words, one after the other."""
    known = _known()
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            reached |= {end for end in range(start + 3, len(letters) + 1) if letters[start:end] in known}
    return len(letters) in reached


def _is_run(plain: str) -> bool:
    """Whether it is made of pieces of the keyboard's rows or of the alphabet, there or back."""
    rest = plain
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for size in range(len(row), _PIECE - 1, -1):
            for start in range(len(row) - size + 1):
                rest = rest.replace(row[start : start + size], "")
    return len(rest) < _PIECE


@cache
def _known() -> frozenset[str]:
    lines = _FILE.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
