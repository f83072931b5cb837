"""What a message asks of what was just shown, and in which shape, read from the patterns of asked_shown.yml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.heard import fold
from actions.openings import Opened
from actions.patterns import either
from directory.eligibility import strict

__all__ = ["WIDE", "asks_of_shown", "filters_said", "followup", "is_wide", "request_said", "shape_said", "standing"]

_FILE = Path(__file__).with_name("asked_shown.yml")

MOST_WORDS = 40
"""A longer message tells a story; what it asks of a list is not looked for in it."""

WIDE = frozenset({"none_of_these", "latest", "earliest", "open_ones"})
"""Kinds that are of the whole list, so that a number word in them ("opens first") picks no place."""


@dataclass(frozen=True)
class _Heard:
    match: Opened | None
    never: Opened | None
    words: int

    def fits(self, said: str, count: int) -> bool:
        """Whether the pattern is there, in a message that is short enough, and none that rules it out."""
        if self.match is None or count > self.words or not self.match.search(said):
            return False
        return self.never is None or not self.never.search(said)


def standing(text: str) -> str:
    """The text as the patterns read it; empty when it is too long to be a question about a list."""
    said = fold(text)
    return said if len(said.split()) <= MOST_WORDS else ""


def asks_of_shown(text: str) -> str | None:
    """The kind of question (a key of `kinds`), the first that fits; None when no pattern does."""
    return _first("kinds", text)


def followup(text: str) -> str | None:
    """The kind of question by words that ask it where a list is meant, the first that fits; None when none is said."""
    said = fold(_LASTING.sub(" ", text))
    return next((kind for kind, phrases in _loose().items() if any(phrase in said for phrase in phrases)), None)


_LASTING = re.compile(
    r"\b(?:a few|few|couple(?: of)?|several|unas|algunas|un par de|(?!24)\d{1,2}) (?:hours?|hrs|horas)\b", re.IGNORECASE
)
"""How long something takes, which asks nothing of a place: "somebody to watch her a few hours"."""


@functools.cache
def _loose() -> Mapping[str, tuple[str, ...]]:
    """The loose words of each kind, a space around each as in a folded text."""
    kinds = ((kind, entry["loose"]) for kind, entry in _plain()["kinds"].items() if "loose" in entry)
    return {kind: tuple(fold(phrase) for spoken in loose.values() for phrase in spoken) for kind, loose in kinds}


def shape_said(text: str) -> str | None:
    """The shape that is asked for (a key of `shapes`); None for none."""
    return _first("shapes", text)


def filters_said(text: str) -> frozenset[str]:
    """All that narrows a list in a message (keys of `filters`)."""
    said = standing(text)
    count = len(said.split())
    return frozenset(name for name, heard in _tables()["filters"].items() if heard.fits(said, count))


def request_said(text: str) -> frozenset[str]:
    """All that one line of a request asks of the places it wants (keys of `request`)."""
    said = standing(text)
    count = len(said.split())
    return frozenset(name for name, heard in _tables()["request"].items() if heard.fits(said, count))


def is_wide(text: str) -> bool:
    """Whether a message speaks of the whole list: which ones, any, only those that."""
    return _wide().search(standing(text)) is not None


def _first(table: str, text: str) -> str | None:
    said = standing(text)
    count = len(said.split())
    return next((kind for kind, heard in _tables()[table].items() if heard.fits(said, count)), None)


@functools.cache
def _tables() -> Mapping[str, Mapping[str, _Heard]]:
    plain = _plain()
    return {
        name: {kind: _heard(entry, plain["words"]) for kind, entry in plain[name].items()}
        for name in ("kinds", "shapes", "filters", "request")
    }


@functools.cache
def _wide() -> Opened:
    return either([r"{wide}\b"], _plain()["words"])


def _heard(entry: Mapping[str, Any], words: Mapping[str, str]) -> _Heard:
    never = entry.get("never")
    return _Heard(
        either(entry["match"], words) if "match" in entry else None,
        either(never, words) if never else None,
        entry.get("words", MOST_WORDS),
    )


@functools.cache
def _plain() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
