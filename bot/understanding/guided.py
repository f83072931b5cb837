"""Finds the guide that a message is about by the guide's names; a gap in a name leaves room for other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.understanding.found import Sighting
from bot.understanding.text import Token, tokens

__all__ = ["GAP", "Guided"]

GAP = "..."
"""What stands in a name for up to `_ROOM` other words."""

_ROOM = 5
_MEDI_CAL = ("medi", "cal")
Part = tuple[str, ...]


class Guided:
    """Matches names, each one or more runs of words in their order, to the ids of guides."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Part, ...], str, str]]] = defaultdict(list)
        self.words: set[str] = set()
        for name, id in names.items():
            parts = tuple(tuple(token.text for token in tokens(part)) for part in name.split(GAP))
            for spelled in {parts, tuple(map(_as_one_word, parts))}:
                self._by_first[spelled[0][0]].append((spelled, id, name))
                self.words.update(word for part in spelled for word in part)

    def find(self, words: Sequence[str], written: Sequence[Token]) -> Iterator[Sighting]:
        """The guides named in `words`, as a message has them after correction; of names that overlap the longest."""
        taken: set[int] = set()
        for item in sorted(self._all(words, written), key=lambda each: (-len(each.name), each.first)):
            span = set(range(item.first, item.last))
            if not taken & span:
                taken |= span
                yield item

    def _all(self, words: Sequence[str], written: Sequence[Token]) -> Iterator[Sighting]:
        for first, word in enumerate(words):
            for parts, id, name in self._by_first.get(word, ()):
                last = _end(parts, words, first)
                if last is not None and not any(token.after_stop for token in written[first + 1 : last]):
                    yield Sighting("guide", id, written[first].start, written[last - 1].end, first, last, name)


def _end(parts: Sequence[Part], words: Sequence[str], first: int) -> int | None:
    """Where a name ends that begins at `first`; None where it does not stand there."""
    at = first
    for number, part in enumerate(parts):
        starts = (at,) if number == 0 else range(at, at + _ROOM + 1)
        found = next((start for start in starts if tuple(words[start : start + len(part)]) == part), None)
        if found is None:
            return None
        at = found + len(part)
    return at


def _as_one_word(part: Iterable[str]) -> Part:
    """The part with Medi-Cal as many write it: medical."""
    return tuple(" ".join(part).replace(" ".join(_MEDI_CAL), "medical").split())
