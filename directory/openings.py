"""What an expression over words may begin with, read from its syntax tree: it need be tried nowhere else.

Both the understanding (`bot`) and the conversation (`actions`) read hundreds of expressions for each message.
"""

from __future__ import annotations

import re
import sre_parse
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

__all__ = ["ANYTHING", "Openings"]

_MOST = 4000
ANYTHING = ""
"""The beginning of every word."""


@dataclass
class Openings:
    """What a match may begin with: whole words, beginnings of words, and heads that no space has ended yet.

    Generous: what is not named here no match begins with.
    """

    heads: set[str] = field(default_factory=lambda: {""})
    words: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)
    may_be_empty: bool = False

    @classmethod
    def of(cls, expression: re.Pattern[str]) -> Openings:
        """What a match of an expression over words, one space around each, may begin with."""
        tree = sre_parse.parse(expression.pattern, expression.flags)
        found = cls(may_be_empty=tree.getwidth()[0] == 0)
        found.follow(cast("Iterable[tuple[Any, Any]]", tree))
        return found

    def follow(self, tree: Iterable[tuple[Any, Any]]) -> None:
        """Reads on in the tree until every head has come to the end of its word."""
        for what, value in tree:
            if not self.heads:
                return
            self._step(str(what), value)
            if len(self.heads) + len(self.words) + len(self.beginnings) > _MOST:
                self.heads, self.beginnings = set(), {ANYTHING}

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
