"""Where in a line an expression can match at all: at the words that it may begin with.

A table of fifty expressions tried at every letter of a long message costs more than the answer to it. What an
expression may begin with is read from its syntax tree, generously: where it is not tried it cannot match.
"""

from __future__ import annotations

import functools
import re
import sre_parse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Opened"]

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
            self._either([value])
        elif what == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            self._either([letter for _, letter in value])
        elif what == "SUBPATTERN":
            self.follow(value[3])
        elif what == "BRANCH":
            self._ways(value[1])
        elif what in ("MAX_REPEAT", "MIN_REPEAT") and value[1] == 1:
            self._ways([value[2], []] if value[0] == 0 else [value[2]])
        elif what not in ("ASSERT", "ASSERT_NOT", "AT"):  # those take no letter
            self.beginnings |= self.heads
            self.heads = set()

    def _either(self, letters: Iterable[int]) -> None:
        before, self.heads = self.heads, set()
        for letter in map(chr, letters):
            if letter == " ":
                self.words |= before
            else:
                self.heads |= {head + letter for head in before}

    def _ways(self, ways: Iterable[Iterable[tuple[Any, Any]]]) -> None:
        before, after = self.heads, set()
        for way in ways:
            self.heads = set(before)
            self.follow(way)
            after |= self.heads
        self.heads = after


class Opened:
    """An expression that matches from the beginning of a word, or from the space before it, and is tried only there."""

    def __init__(self, expression: re.Pattern[str]) -> None:
        self.expression = expression
        tree = sre_parse.parse(expression.pattern, expression.flags)
        openings = _Openings()
        openings.follow(tree)
        beginnings = openings.beginnings | openings.heads
        self._words = frozenset(openings.words - {_ANYTHING})
        self._beginnings = tuple(beginnings - {_ANYTHING})
        self._from_a_space = _ANYTHING in openings.words
        self.anywhere = _ANYTHING in beginnings or tree.getwidth()[0] == 0

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
