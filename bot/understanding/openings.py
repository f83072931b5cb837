"""Which of many expressions can match a line at all: those that may begin with a word that stands in it.

Most of our patterns name a word that most messages do not have. What an expression may begin with is read from its
syntax tree, generously: one that is left out cannot match, one that is kept may still not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from directory.openings import ANYTHING, Openings

__all__ = ["Expressions"]


class Expressions:
    """Expressions over lines of words with one space around each, which match from the beginning of a word."""

    def __init__(self, expressions: Sequence[re.Pattern[str]]) -> None:
        self._all = tuple(expressions)
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_beginning: defaultdict[str, set[int]] = defaultdict(set)
        for number, expression in enumerate(self._all):
            openings = Openings.of(expression)
            for word in openings.words:
                self._by_word[word].add(number)
            for beginning in openings.beginnings | openings.heads:
                self._by_beginning[beginning].add(number)
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})

    def __len__(self) -> int:
        return len(self._all)

    def all(self) -> tuple[re.Pattern[str], ...]:
        """Every expression, in order."""
        return self._all

    def that_may_match(self, words: Iterable[str]) -> list[re.Pattern[str]]:
        """Those, in order, that may match a line of these words."""
        numbers: set[int] = set()
        for word in {*words, ANYTHING}:
            numbers |= self._by_word.get(word, _NONE)
            for length in self._lengths:
                if length <= len(word):
                    numbers |= self._by_beginning.get(word[:length], _NONE)
        return [self._all[number] for number in sorted(numbers)]


_NONE: frozenset[int] = frozenset()
