"""What was found in a message: each thing named, and the words as a classifier may learn from them."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from bot.understanding.text import words_file

__all__ = ["Found", "Sighting", "filler"]

_MASKS = {kind: f"x{kind}" for kind in ("staff", "program", "plan", "place", "zip", "when")}
_MASKS["language_wanted"] = "xlanguage"


@dataclass(frozen=True)
class Sighting:
    """One thing named in a message: `value` is its id or the text to resolve, `start` and `end` are letters."""

    kind: str
    value: str
    start: int
    end: int
    first: int
    last: int
    name: str = ""


@dataclass(frozen=True)
class Found:
    """All that a message names, in the order of the message, its words, and whether it cannot wait.

    `silent` is named for the classifier alone, `denied` is named to be left out ("not food, a ride").
    """

    sightings: tuple[Sighting, ...] = ()
    urgent: bool = False
    words: tuple[str, ...] = ()
    silent: tuple[Sighting, ...] = ()
    denied: tuple[Sighting, ...] = ()

    def values(self, kind: str) -> tuple[str, ...]:
        """The distinct values of one kind, in the order of the message."""
        return tuple(dict.fromkeys(item.value for item in self.sightings if item.kind == kind))

    def covers(self, kinds: frozenset[str], *, skip: int = 0) -> bool:
        """Whether the message after its first `skip` words is nothing but names of these kinds and filler words."""
        named = (item for item in self.sightings if item.kind in kinds)
        inside = {index for item in named for index in range(item.first, item.last)}
        said_beside = filler()
        return bool(inside) and all(
            index < skip or index in inside or word in said_beside for index, word in enumerate(self.words)
        )

    def covers_all(self, kinds: frozenset[str], *, skip: int = 0) -> bool:
        """Whether every word of the message after its first `skip` belongs to a name of these kinds."""
        inside = {index for item in self.sightings if item.kind in kinds for index in range(item.first, item.last)}
        return all(index < skip or index in inside for index in range(len(self.words)))

    def masked(self) -> tuple[str, ...]:
        """The words with each name replaced by its kind, so that a classifier learns of names, not from each name."""
        marks = {
            item.first: (item, _MASKS[item.kind]) for item in (*self.sightings, *self.silent) if item.kind in _MASKS
        }
        masked: list[str] = []
        until = 0
        for index, word in enumerate(self.words):
            if index in marks:
                item, mark = marks[index]
                masked.append(mark)
                until = max(until, item.last)
            if index >= until:
                masked.append(word)
        masked.extend(sorted({f"xneed{item.value}" for item in self.sightings if item.kind == "need"}))
        return tuple(masked)


@functools.cache
def filler() -> frozenset[str]:
    """Words that say nothing beside a name: "i live in ..."."""
    return frozenset(word for phrase in words_file("lists")["filler"] for word in str(phrase).split())
