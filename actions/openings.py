"""Where in a line an expression can match at all: at the words that it may begin with.

A table of fifty expressions tried at every letter of a long message costs more than the answer to it. What an
expression may begin with is read from its syntax tree, generously: where it is not tried it cannot match.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from directory.openings import ANYTHING, Openings

__all__ = ["Opened"]


class Opened:
    """An expression that matches from the beginning of a word, or from the space before it, and is tried only there."""

    def __init__(self, expression: re.Pattern[str]) -> None:
        self.expression = expression
        openings = Openings.of(expression)
        beginnings = openings.beginnings | openings.heads
        self._words = frozenset(openings.words - {ANYTHING})
        self._beginnings = tuple(beginnings - {ANYTHING})
        self._from_a_space = ANYTHING in openings.words
        self.anywhere = ANYTHING in beginnings or openings.may_be_empty

    def search(self, said: str) -> re.Match[str] | None:
        """The first match in a line, as the expression itself finds it."""
        if self.anywhere:
            return self.expression.search(said)
        return next((match for at in self._starts(said) if (match := self.expression.match(said, at))), None)

    def finditer(self, said: str) -> Iterator[re.Match[str]]:
        """Every match in a line, as the expression itself finds them."""
        if self.anywhere:
            yield from self.expression.finditer(said)
            return
        end = 0
        for at in self._starts(said):
            if at >= end and (match := self.expression.match(said, at)):
                yield match
                end = match.end()

    def _starts(self, said: str) -> list[int]:
        """Where a match may begin, in order."""
        standing, spaces = _standing(said)
        words = self._words & standing.keys()
        if self._beginnings:
            words = words.union(word for word in standing if word.startswith(self._beginnings))
        starts = [at for word in words for at in standing[word]]
        return sorted((*starts, *spaces)) if self._from_a_space else sorted(starts)


@functools.lru_cache(maxsize=32)  # every table reads the same lines of the message of the moment, one after the other
def _standing(said: str) -> tuple[Mapping[str, list[int]], tuple[int, ...]]:
    """The words of a line with the places where they begin, and where its spaces are."""
    standing: dict[str, list[int]] = {}
    spaces, at = [], 0
    for word in said.split(" "):
        if word:
            standing.setdefault(word, []).append(at)
        at += len(word) + 1
        spaces.append(at - 1)
    return standing, tuple(spaces[:-1])
