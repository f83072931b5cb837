"""What people write around the name of a place and for parts of it: "zip code", "CA", "city of", "sta"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

__all__ = ["CITY", "COUNTY", "LEAD", "PART", "spelled_out", "without_filler", "without_state"]

_FILE = Path(__file__).parent / "around_names.yml"

COUNTY = re.compile(
    r"^(?:(?:the |el )?(?:county|condado|co)(?: of| de la| del| de)? (?P<a>.+)"
    r"|(?P<b>.+?) (?:county|condado|co|cty))$"
)
CITY = re.compile(
    r"^(?:(?:the |la |el )?(?:city|ciudad|cd|town|pueblo|municipio)(?: of| de| del)? (?P<a>.+)"
    r"|(?P<b>.+) (?:city|town|cd))$"
)
LEAD = re.compile(r"^(?:in|en|at|from|de|desde) (.+)$")
PART = re.compile(
    r"^(?:downtown|midtown|uptown|old town|central|north|south|(?:north|south)?(?:east|west)|(?:el )?centro(?: de)?"
    r"|(?:el |parte )?(?:norte|sur|este|oeste)(?: de)?) (.+)$"
)


@dataclass(frozen=True)
class _Words:
    """The words of both languages: those that say nothing, names of the state, short form -> long."""

    filler: frozenset[str]
    state: tuple[str, ...]
    short: Mapping[str, str]


@functools.cache
def _words() -> _Words:
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    filler, state = (tuple(word for words in plain[name].values() for word in words) for name in ("filler", "state"))
    short = {short: long for words in plain["short"].values() for short, long in words.items()}
    return _Words(frozenset(filler), state, short)


def without_filler(words: str) -> str:
    """What is left of folded words without those that name no place: "my zip code is"."""
    return " ".join(word for word in words.split() if word not in _words().filler)


def spelled_out(words: str) -> str:
    """Folded words with their short forms written out: "sta ana" is "santa ana"."""
    return " ".join(_words().short.get(word, word) for word in words.split())


def without_state(words: str) -> str:
    """Folded words without the state or country at their end; Baja California keeps its name."""
    for ending in _words().state:
        if words.endswith(f" {ending}") and not words.endswith("baja california"):
            return without_state(words[: -len(ending) - 1])
    return words
