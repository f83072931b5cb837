"""Which numbers are ZIPs, and which ordinary words are places where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.understanding.found import Sighting, filler
from bot.understanding.spoken_zip import spoken
from bot.understanding.text import Token, words_file

__all__ = ["surely_a_place", "zips"]

_DIGITS = re.compile(r"(?<![\d$#-])(9\d{4})(?=-\d{4}\b)|(?<![a-z\d$#.,-])(\d{4,6})(?![a-z\d%]|-\d|,\d{3})")
_MONEY_BEFORE = frozenset(
    {"make", "makes", "earn", "earns", "gano", "gana", "ganamos", "income", "ingreso", "ingresos", "owe", "debo"}
)
_MONEY_WORDS = "dollars dolares bucks a al per por year month mes ano st ave street avenue"
_MONEY_AFTER = frozenset(_MONEY_WORDS.split())
_ZIP_WORDS = frozenset({"zip", "zipcode", "code", "postal", "codigo"})
_LIVING = "vivo vive vivimos estoy soy estamos live lives living im am were moved mude mudamos"
_LIVES = frozenset(_LIVING.split())
_ARTICLES = frozenset({"la", "el", "los", "las", "de"})
_NEVER_BEFORE = frozenset({"de", "by", "to", "from", "por", "hasta", "desde"})
_INSIDE = frozenset({"in", "near", "around"})
_BESIDE = frozenset({"need", "program", "plan", "when", "urgent", "zip"})
_MOST_BESIDE = 3
_MOVED_TO = frozenset({"to", "a"})
_MOVES = frozenset(
    {"move", "moving", "moved", "moves", "mudo", "mude", "mudar", "mudamos", "mudando", "mudarme", "cambie"}
)


def zips(words: Sequence[Token], folded: str) -> list[Sighting]:
    """The numbers of a message that are read as ZIPs, whole or not; money, streets and phones are none."""
    found: list[Sighting] = []
    at_letter = {word.start: index for index, word in enumerate(words)}
    for match in _DIGITS.finditer(folded):
        digits = match.group(1) or match.group(2)
        index = at_letter.get(match.start())
        if index is not None and words[index].text == digits and _reads_as_zip(digits, index, words):
            found.append(Sighting("zip", digits, match.start(), match.start() + len(digits), index, index + 1))
    found.extend(_stuck(words))
    for digits, first, last in spoken(words):
        found.append(Sighting("zip", digits, words[first].start, words[last - 1].end, first, last))
    return found


def _stuck(words: Sequence[Token]) -> Iterator[Sighting]:
    """ZIP codes without a space before or after them, where `glued` has parted them from a word."""
    for index, word in enumerate(words):
        before = words[index - 1].end if index else None
        after = words[index + 1].start if index + 1 < len(words) else None
        if word.text.isdecimal() and len(word.text) == 5 and (word.start == before or word.end == after):
            yield Sighting("zip", word.text, word.start, word.end, index, index + 1)


def _reads_as_zip(digits: str, index: int, words: Sequence[Token]) -> bool:
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    if len(words) == 1 or before in _ZIP_WORDS or (index > 1 and words[index - 2].text in _ZIP_WORDS):
        return True
    if len(digits) != 5 or before in _MONEY_BEFORE or after in _MONEY_AFTER:
        return False
    return digits[0] == "9" or before in ("in", "en", "near", "is", "es")


def surely_a_place(item: Sighting, seen: Sequence[Sighting], words: Sequence[Token], text: str, hard: bool) -> bool:
    """Whether a name that is an ordinary word too is a place where it stands.

    It is alone, before a state or county word, after in/near, or as good as alone: in its clause stands beside it only
    what else is named. Of the `hard` ones this last is not enough.
    """
    first, last = item.first, item.last
    lists = words_file("lists")
    if (
        first
        and words[first - 1].text in _MOVED_TO
        and _MOVES & {word.text for word in words[max(0, first - 6) : first]}
    ):
        return True
    if len(words) == last - first or (last < len(words) and words[last].text in lists["place_after"]):
        return True
    if first and words[first - 1].text in lists["place_before"] and not words[first].after_stop:
        return _after_preposition(item, words, text)
    start, end = _segment(item, words)
    if (start, end) == (first, last):
        return True
    return not hard and _as_good_as_alone(item, seen, words, range(start, end))


def _after_preposition(item: Sighting, words: Sequence[Token], text: str) -> bool:
    first, last = item.first, item.last
    before = words[first - 1].text
    if all(text[word.start].isupper() for word in words[first:last]) and not text.isupper():
        return True
    settled = first > 1 and words[first - 2].text in _LIVES
    if words[first].text not in _ARTICLES:
        return settled or before not in _NEVER_BEFORE
    if before in _INSIDE:
        return True
    if before != "en":
        return settled and before not in _NEVER_BEFORE
    if settled:
        return "centro" not in words[last - 1].text or words[first - 2].text not in ("estoy", "estamos")
    return "centro" not in words[last - 1].text and words[first].text in _ARTICLES and last == len(words)


def _segment(item: Sighting, words: Sequence[Token]) -> tuple[int, int]:
    """From the comma or stop before a name to the one after it."""
    start, end = item.first, item.last
    while start and not (words[start].after_comma or words[start].after_stop):
        start -= 1
    while end < len(words) and not (words[end].after_comma or words[end].after_stop):
        end += 1
    return start, end


def _as_good_as_alone(item: Sighting, seen: Sequence[Sighting], words: Sequence[Token], segment: range) -> bool:
    """ "chico shelter", "la mirada ayuda de renta", "no sorry tracy": at one end, beside names, few other words."""
    named = [other for other in seen if other.kind in _BESIDE]
    inside = {index for other in named for index in range(other.first, other.last)}
    others = [index for index in segment if not item.first <= index < item.last]
    strange = [index for index in others if index not in inside and words[index].text not in filler()]
    if item.first == segment.start:
        beside = item.last in inside or words[item.last].text in ("need", "needs", "ayuda", "help")
        return beside and len(strange) <= _MOST_BESIDE and words[item.last].text not in ("needs", "wants")
    if item.last == segment.stop:
        before = words[item.first - 1].text
        return (item.first - 1 in inside and len(strange) <= _MOST_BESIDE) or before in ("meant", "mean", "no", "digo")
    return False
