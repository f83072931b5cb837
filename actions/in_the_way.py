"""What stands in the way of this person: which of it counts for a list, and the line that says what it did."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from actions.context import Turn
from actions.slots import Known
from directory.model import Tri
from directory.search import SearchResult, fitting

__all__ = ["counting", "keys", "lines", "said_back", "table"]

_FILE = Path(__file__).with_name("barriers.yml")
_AT = "@"
"""Between a barrier and a need for which it was said back; such a mark is no barrier."""
MOST_LINES = 2
"""How many lines stand before a list."""


def keys(known: Known) -> tuple[str, ...]:
    """What stands in the way, the hardest first, without the marks of what was said back."""
    return tuple(name for name in table() if name in known.barriers)


def counting(known: Known) -> tuple[str, ...]:
    """What of it counts for the need looked for."""
    listed = fitting.barriers()
    return tuple(
        name for name in keys(known) if name in listed and known.need in table()[name].get("needs", (known.need,))
    )


def lines(turn: Turn, known: Known, result: SearchResult) -> tuple[str, ...]:
    """What a list took into account, a line each; what was said back for that need already, or never is, is not."""
    return tuple(_line(turn, name, result) for name in _to_say(known))


def said_back(known: Known) -> Known:
    """The same once `lines` were said."""
    marks = (f"{name}{_AT}{known.need}" for name in _to_say(known))
    return known.having(barriers=(*known.barriers, *marks))


def _to_say(known: Known) -> tuple[str, ...]:
    return tuple(_unsaid(known))[:MOST_LINES]


def _unsaid(known: Known) -> Iterator[str]:
    for name in counting(known):
        if table()[name].get("told", True) and f"{name}{_AT}{known.need}" not in known.barriers:
            yield name


def _line(turn: Turn, name: str, result: SearchResult) -> str:
    states = result.fits.get(name, ())
    if Tri.YES in states:
        return turn.say(f"barriers.{name}.yes")
    if states and set(states) == {Tri.NO}:
        return turn.say(f"barriers.{name}.no")
    return turn.say(f"barriers.{name}.unknown")


@functools.cache
def table() -> Mapping[str, Any]:
    """The barriers by key, the hardest first, with the phrases that tell of each."""
    found: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found
