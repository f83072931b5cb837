"""What is asked for first: what cannot wait goes before the rest, work and company after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.found import Sighting
from bot.understanding.text import Token

__all__ = ["urgent_first"]

_ASKABLE = frozenset({"need", "program"})
_LATER = frozenset({"work_school", "social"})


def urgent_first(items: Sequence[Sighting], pressing: Iterable[Sighting], words: Sequence[Token]) -> list[Sighting]:
    """The needs and programs in whose clause something presses first, work and company last; else as they were said."""
    clauses = {_clause(item.first, words) for item in pressing}
    parted = len({_clause(item.first, words) for item in items if item.kind in _ASKABLE}) > 1

    def tier(item: Sighting) -> int:
        if item.kind not in _ASKABLE:
            return 1
        if parted and _clause(item.first, words) in clauses:
            return 0
        return 2 if item.value in _LATER else 1

    return sorted(items, key=tier)


def _clause(index: int, words: Sequence[Token]) -> int:
    """Where the clause of a word begins: after a comma, a stop, an "and" or a "but"."""
    while index and not (words[index].after_comma or words[index].after_stop):
        if words[index].text in ("and", "y", "but", "pero"):
            break
        index -= 1
    return index
