"""Which side of a program a message asks about, read from the patterns of program_sides.yml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import sentences
from directory.eligibility import strict

__all__ = ["asks", "by_the_way", "plainly", "side_said", "sides_said"]

_FILE = Path(__file__).with_name("program_sides.yml")
_ENDS_ASKING = re.compile(
    r"\b(?:(?:can|could|does|do|will|would|is) (?:i|we|it|that|they|she|he) (?!not )"
    r"|what if|y si|puedo|podemos|afecta|importa|matter)"
)


@dataclass(frozen=True)
class _Words:
    match: Opened
    never: Opened | None


def side_said(text: str) -> str | None:
    """The side that a message asks about; None for none."""
    sentence = _flat(text)
    found = (kind for kind, words in _sides().items() if words.match.search(sentence))
    return next((kind for kind in found if not _ruled_out(kind, sentence)), None)


def sides_said(text: str) -> tuple[str, ...]:
    """All sides asked about: one for each part of a message that asks several things, else the one of the whole."""
    whole = side_said(text)
    parts = (side_said(part) for part in _JOINS.split(text))
    several = tuple(dict.fromkeys(part for part in parts if part))
    if len(several) > 1:
        return several[:MOST]
    return (whole,) if whole else ()


MOST = 3
"""How many sides one message is answered for."""
_JOINS = re.compile(r"[?.,;\n]+|\b(?:and|also|plus|y|e|tambien|también)\b", re.IGNORECASE)


def _ruled_out(kind: str, sentence: str) -> bool:
    never = _sides()[kind].never
    return never is not None and never.search(sentence) is not None


def _flat(text: str) -> str:
    """The plain text in one line, a space at both ends; sentences are kept apart by two of them."""
    return " " + "  ".join(" ".join(each.text.replace(",", " ").split()) for each in sentences(text)) + " "


def asks(text: str) -> bool:
    """Whether some sentence is a question, or ends as one ("i stay with my cousin does that matter")."""
    return "?" in text or any(sentence.asks or _ENDS_ASKING.search(sentence.text) for sentence in sentences(text))


@functools.cache
def _sides() -> Mapping[str, _Words]:
    tables = _tables()
    return {kind: _words(plain, tables["words"]) for kind, plain in tables["sides"].items()}


def _words(plain: Mapping[str, list[str]], words: Mapping[str, str]) -> _Words:
    never = plain.get("never")
    return _Words(either(plain["match"], words), either(never, words) if never else None)


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read


def by_the_way(kind: str) -> frozenset[str]:
    """Needs that the words of a side name beside what is in talk: "does my doctor have to sign" asks for no doctor."""
    return frozenset(_tables()["around"][kind])


def plainly(need: str, text: str) -> bool:
    """Whether a need is named in plain words, not in a word that means something else too."""
    words = _tables()["plainly"].get(need)
    return words is None or re.search(rf"\b(?:{words})\b", _flat(text)) is not None
