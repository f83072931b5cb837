"""Which numbers are ZIPs, and which ordinary words are places where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.found import Sighting
from bot.understanding.text import Token, words_file

__all__ = ["surely_a_place", "zips"]

_DIGITS = re.compile(r"(?<![\d$#-])(9\d{4})(?=-\d{4}\b)|(?<![\d$#.,-])\b(\d{4,6})\b(?![\d%]|-\d|,\d{3})")
_MONEY_BEFORE = frozenset(
    {"make", "makes", "earn", "earns", "gano", "gana", "ganamos", "income", "ingreso", "ingresos", "owe", "debo"}
)
_MONEY_AFTER = frozenset(
    {
        "dollars",
        "dolares",
        "bucks",
        "a",
        "al",
        "per",
        "por",
        "year",
        "month",
        "mes",
        "ano",
        "st",
        "ave",
        "street",
        "avenue",
    }
)
_ZIP_WORDS = frozenset({"zip", "zipcode", "code", "postal", "codigo"})


def zips(words: Sequence[Token], folded: str) -> list[Sighting]:
    """The numbers of a message that are read as ZIPs, whole or not; money, streets and phones are none."""
    found: list[Sighting] = []
    for match in _DIGITS.finditer(folded):
        digits = match.group(1) or match.group(2)
        index = next((at for at, word in enumerate(words) if word.start <= match.start() < word.end), None)
        if index is not None and words[index].text == digits and _reads_as_zip(digits, index, words):
            found.append(Sighting("zip", digits, match.start(), match.start() + len(digits), index, index + 1))
    return found


def _reads_as_zip(digits: str, index: int, words: Sequence[Token]) -> bool:
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    if len(words) == 1 or before in _ZIP_WORDS or (index > 1 and words[index - 2].text in _ZIP_WORDS):
        return True
    if len(digits) != 5 or before in _MONEY_BEFORE or after in _MONEY_AFTER:
        return False
    return digits[0] == "9" or before in ("in", "en", "near", "is", "es")


def surely_a_place(words: Sequence[Token], first: int, last: int, text: str) -> bool:
    """A name that is an ordinary word too counts alone, before a state or county word, or after in/near and capital."""
    if len(words) == last - first:
        return True
    lists = words_file("lists")
    after = words[last].text if last < len(words) else ""
    if after in lists["place_after"]:
        return True
    if not first:
        return False
    before = words[first - 1].text
    if before not in lists["place_before"]:
        return False
    capital = all(text[word.start].isupper() for word in words[first:last])
    shouting = text.isupper()
    if capital and not shouting:
        return True
    article = words[first].text in ("la", "el", "los", "las", "de")
    settled = first > 1 and words[first - 2].text in (
        "vivo",
        "estoy",
        "soy",
        "live",
        "lives",
        "vive",
        "im",
        "am",
        "estamos",
        "vivimos",
    )
    if before == "en" and article:
        return settled and "centro" not in words[last - 1].text
    return (
        settled
        or (before not in ("de", "by", "to", "from", "por", "hasta", "desde") and not article)
        or (article and last - first == 1 and before in ("in", "near", "around"))
    )
