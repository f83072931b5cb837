"""Which of many expressions can match a line at all: those that may begin with a word that stands in it.

Most of our patterns name a word that most messages do not have. What an expression may begin with is read from its
syntax tree, generously: one that is left out cannot match, one that is kept may still not.
"""

from __future__ import annotations

import re
import sre_parse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Expressions"]

_MOST = 4000
_ANYTHING = ""


@dataclass
class _Openings:
    """What a match may begin with: whole words, beginnings of words, and heads that no space has ended yet."""

    heads: set[str] = field(default_factory=lambda: {""})
    words: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)

    def follow(self, tree: Iterable[tuple[Any, Any]]) -> None:
        """Reads on in the tree until every head has come to the end of its word."""
        for what, value in tree:
            if not self.heads:
                return
            self._step(str(what), value)
            if len(self.heads) + len(self.words) + len(self.beginnings) > _MOST:
                self.heads, self.beginnings = set(), {_ANYTHING}

    def _step(self, what: str, value: Any) -> None:
        if what == "LITERAL":
            self._literal(chr(value))
        elif what == "SUBPATTERN":
            self.follow(value[3])
        elif what == "BRANCH":
            self._either(value[1])
        elif what in ("MAX_REPEAT", "MIN_REPEAT") and value[1] == 1:
            self._either([value[2], []] if value[0] == 0 else [value[2]])
        elif what not in ("ASSERT", "ASSERT_NOT", "AT"):  # those take no letter
            self.beginnings |= self.heads
            self.heads = set()

    def _literal(self, letter: str) -> None:
        if letter == " ":
            self.words |= self.heads
            self.heads = set()
        else:
            self.heads = {head + letter for head in self.heads}

    def _either(self, ways: Iterable[Iterable[tuple[Any, Any]]]) -> None:
        before, after = self.heads, set()
        for way in ways:
            self.heads = set(before)
            self.follow(way)
            after |= self.heads
        self.heads = after


class Expressions:
    """Expressions over lines of words with one space around each, which match from the beginning of a word."""

    def __init__(self, expressions: Sequence[re.Pattern[str]]) -> None:
        self._all = tuple(expressions)
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_beginning: defaultdict[str, set[int]] = defaultdict(set)
        for number, expression in enumerate(self._all):
            openings = _Openings()
            openings.follow(sre_parse.parse(expression.pattern, expression.flags))
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
        for word in {*words, _ANYTHING}:
            numbers |= self._by_word.get(word, _NONE)
            for length in self._lengths:
                if length <= len(word):
                    numbers |= self._by_beginning.get(word[:length], _NONE)
        return [self._all[number] for number in sorted(numbers)]


_NONE: frozenset[int] = frozenset()
