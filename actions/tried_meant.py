"""Which of the places shown somebody speaks of: by number, by a part of its name, all of them, the one in focus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actions import lists
from actions.context import Turn
from actions.heard import fold
from actions.words import LAST, number_said, ordinal, phrases
from directory.search import Hit, Query

__all__ = ["meant", "named", "shown"]

_FIRST = re.compile(
    r" (?:first|primer[oa]s|l[oa]s primer[oa]s) (?P<a>\d|two|three|four|dos|tres|cuatro) "
    r"| l[oa]s (?P<b>\d|dos|tres|cuatro) primer[oa]s "
)
_OF_IT = re.compile(
    r" (?:number|phone|hours|address|numero|telefono|horario|direccion) (?:for|of|on|de|del|para el) (\d{1,2}) "
)
"""The number of a place after what is told of it: "the number for 2 doesnt work"."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "dos": 2, "tres": 3, "cuatro": 4}
_LETTERS = 4
"""A word of a name is told by at least so many letters."""


def meant(turn: Turn) -> tuple[str, ...]:
    """The ids of the places that a message is about; empty where it does not say which of several."""
    ids = turn.known.shown.ids
    said = named(turn, turn.heard.text)
    if said:
        return said
    if turn.known.shown.focus:
        return (turn.known.shown.focus,)
    return ids if len(ids) == 1 else ()


def named(turn: Turn, text: str) -> tuple[str, ...]:
    """The ids of the places that a text names: all, some by number, or one by its name."""
    ids = turn.known.shown.ids
    said = fold(text.replace("'", "").replace("’", ""))
    by_name = _by_name(turn, said)
    if by_name:
        return by_name
    numbers = tuple(dict.fromkeys(_numbers(said, text, len(ids))))
    if numbers:
        return tuple(ids[number - 1] for number in numbers if 0 < number <= len(ids))
    if any(f" {phrase} " in said for phrase in phrases("tried_all")):
        return ids
    return ids if len(ids) == 2 and any(f" {phrase} " in said for phrase in phrases("tried_pair")) else ()


def shown(turn: Turn, ids: Sequence[str]) -> Iterator[Hit]:
    """The places of those ids that are still on a list."""
    found = (lists.found(each, now=turn.now, query=Query()) for each in ids)
    return (hit for hit in found if hit)


# Numbers


def _numbers(said: str, text: str, most: int) -> Iterator[int]:
    """Every number of the list that is said; "2 times", "3 kids" are none."""
    if group := _FIRST.search(said):
        count = group["a"] or group["b"]
        yield from range(1, min(_COUNTS.get(count) or int(count), most) + 1)
        return
    words = said.split()
    yield from (int(number) for number in _OF_IT.findall(said))
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word.isdecimal() and len(word) <= 2 and after not in phrases("tried_counted"):
            if before in phrases("tried_leads") or not before or before.isdecimal():
                yield int(word)
        elif not word.isdecimal() and after not in phrases("tried_no_rank"):
            rank = ordinal(f"{before} {word}")
            if rank is not None:
                yield most if rank == LAST else rank
    alone = number_said(text)
    if alone is not None and len(words) <= 2:
        yield most if alone == LAST else alone


# Names


def _by_name(turn: Turn, said: str) -> tuple[str, ...]:
    """The one place of which most words of its own are said; empty where none or several may be meant."""
    hits = tuple(shown(turn, turn.known.shown.ids))
    whole = tuple(hit.listing.id for hit in hits if fold(hit.listing.name) in said)
    if len(whole) == 1:
        return whole
    names = {hit.listing.id: _own_words(hit) for hit in hits}
    counts = {word: sum(word in words for words in names.values()) for words in names.values() for word in words}
    spoken = set(said.split())
    scores = {one: sum(counts[word] == 1 for word in words & spoken) for one, words in names.items()}
    best = max(scores.values(), default=0)
    found = tuple(one for one, score in scores.items() if score == best)
    return found if best and len(found) == 1 else ()


def _own_words(hit: Hit) -> set[str]:
    words = set(fold(f"{hit.listing.name} {hit.listing.organization}").split())
    return {word for word in words if len(word) >= _LETTERS} - set(phrases("tried_common_names"))
