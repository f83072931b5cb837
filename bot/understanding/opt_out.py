"""Whether somebody wants no more messages from us: the words of carriers and the FCC, and free wording.

Stopping an eviction, a shut-off, a ride, a benefit or another person is none: what is to stop must be what we send.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from bot.understanding.text import LIMIT, plain, tokens, words_file

__all__ = ["may_be", "wanted"]

_MOST_WORDS = 40
"""A longer message tells a story; whoever wants out says so in few words."""

_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_TWICE = re.compile(r"([a-z])\1")
_SPACED = re.compile(r"(?<!\S)(?:[a-z] ){2,}[a-z](?!\S)")
_LEET = str.maketrans("0134", "oiea")


def wanted(text: str) -> bool:
    """Whether `text` asks that no more be sent."""
    said = _said(text)
    if not said or said.count(" ") >= _MOST_WORDS:
        return False
    if {said, _bare(said), _once(said)} & _whole():
        return True
    return bool(_phrases().search(said)) and not _not_us().search(said)


def may_be(text: str) -> bool:
    """Whether a guess may be right: `text` speaks of what is sent, and of nobody else who is to stop."""
    said = _said(text)
    return bool(_of_messages().search(said)) and not _not_us().search(said)


def _said(text: str) -> str:
    """The words, folded: "S.T.O.P", "st0p" and "stoppp" as "stop"."""
    words = (_repaired(token.text) for token in tokens(plain(text)[:LIMIT]))
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), " ".join(words))


def _repaired(word: str) -> str:
    if any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word):
        word = word.translate(_LEET)
    return _DRAWN_OUT.sub(r"\1", word)


def _bare(said: str) -> str:
    """What is said without the polite words before and after it."""
    words = said.split()
    polite = _polite()
    while words and words[0] in polite:
        words.pop(0)
    while words and words[-1] in polite:
        words.pop()
    return " ".join(words)


def _once(said: str) -> str:
    """ "stopp", "stop stop stop": each letter and each word once."""
    return " ".join(dict.fromkeys(_TWICE.sub(r"\1", said).split()))


@functools.cache
def _lists() -> Mapping[str, Any]:
    return words_file("opt_out")


@functools.cache
def _whole() -> frozenset[str]:
    return frozenset(str(phrase) for phrases in _lists()["whole"] for phrase in phrases)


@functools.cache
def _polite() -> frozenset[str]:
    return frozenset(str(word) for word in _lists()["polite"])


@functools.cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(_filled(phrase) for phrase in _lists()["phrases"]))


@functools.cache
def _of_messages() -> re.Pattern[str]:
    return re.compile(_filled(_lists()["of_messages"]))


@functools.cache
def _not_us() -> re.Pattern[str]:
    return re.compile("|".join(_lists()["not_us"]))


def _filled(phrase: str) -> str:
    for name, part in _lists()["parts"].items():
        phrase = phrase.replace(f"{{{name}}}", part)
    return phrase
