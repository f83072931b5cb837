"""ZIP codes as people say them: digit by digit, in pairs, as a number, in figures with gaps ("9 5 3 5 4")."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from bot.understanding.text import Token, words_file
from directory import places
from directory.model import Place

__all__ = ["glued", "spoken"]

_LENGTH = 5
_MOST_FIGURES = 3
_GLUED = re.compile(r"(?P<before>[a-z]{3,})(?P<digits>9\d{4})|(?P<zip>9\d{4})(?P<after>[a-z]{3,})")


def glued(word: Token) -> tuple[Token, ...]:
    """The parts of a word that a ZIP code sticks to: "fresno93701"; any other word as it is."""
    found = _GLUED.fullmatch(word.text)
    if found is None or word.end - word.start != len(word.text):
        return (word,)
    first = found["before"] or found["zip"]
    cut = word.start + len(first)
    return (
        Token(first, word.start, cut, word.after_comma, word.after_stop),
        Token(word.text[len(first) :], cut, word.end),
    )


def spoken(words: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    """Each ZIP code of California that a run of numbers says, with its first word and the one after its last."""
    at = 0
    while at < len(words):
        end = _end_of_run(words, at)
        digits = _digits([word.text for word in words[at:end]]) if end - at > 1 else None
        if digits and isinstance(places.resolve(digits), Place | places.OverCountyLine):
            yield digits, at, end
        at = max(end, at + 1)


def _end_of_run(words: Sequence[Token], at: int) -> int:
    """Where a run of numbers ends; "y" and "and" belong to it between two of them."""
    end = at
    while end < len(words) and not (end > at and words[end].after_stop):
        text = words[end].text
        joins = text in _JOINS and at < end < len(words) - 1 and _is_number(words[end + 1].text)
        if not (_is_number(text) or joins):
            break
        end += 1
    return end


_JOINS = frozenset({"y", "and"})


def _is_number(text: str) -> bool:
    if text.isdecimal():
        return len(text) <= _MOST_FIGURES
    return text in _table("units") or text in _table("tens") or text in _table("scales")


def _digits(words: Sequence[str]) -> str | None:
    """Five digits: the words as one number where they name thousands, else one number beside the other."""
    if any(word in _table("scales") for word in words):
        return _as_one_number(words)
    said = list(_beside(words))
    return "".join(said) if sum(map(len, said)) == _LENGTH else None


def _beside(words: Sequence[str]) -> Iterator[str]:
    """ "noventa y cinco tres" is 95 3: tens take in the unit after them."""
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word in _JOINS:
            continue
        if word in _table("tens"):
            following = at + (at < len(words) and words[at] in _JOINS)
            unit = _table("units").get(words[following]) if following < len(words) else None
            taken = unit is not None and 0 < unit < 10
            yield str(_table("tens")[word] + (unit or 0 if taken else 0))
            at = following + 1 if taken else at
        else:
            yield word if word.isdecimal() else str(_table("units")[word])


def _as_one_number(words: Sequence[str]) -> str | None:
    """ "noventa y cinco mil trescientos cincuenta y cuatro"."""
    total, current = 0, 0
    for word in words:
        if word in _JOINS:
            continue
        scale = _table("scales").get(word)
        if scale == _THOUSAND:
            total, current = max(current, 1) * _THOUSAND, 0
        elif scale == 100 and word in _TIMES_A_HUNDRED:
            current = max(current, 1) * 100
        else:
            value = scale or _table("tens").get(word) or _table("units").get(word)
            current += int(word) if value is None and word.isdecimal() else value or 0
    digits = str(total + current)
    return digits if total and len(digits) == _LENGTH else None


_THOUSAND = 1000
_TIMES_A_HUNDRED = frozenset({"hundred"})


@functools.cache
def _table(name: str) -> dict[str, int]:
    numbers = words_file("numbers")[name]
    return {str(word): int(value) for value, said in numbers.items() for word in said}
