"""How long a text message is as carriers count it, and how one too long is parted (3GPP TS 23.038)."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["encoding", "folded", "parted", "segments"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Letters of GSM-7 that take the room of two."""
_TYPED = str.maketrans(
    {
        "\u2018": "'",  # left single quotation mark
        "\u2019": "'",  # right single quotation mark
        "\u201c": '"',  # left double quotation mark
        "\u201d": '"',  # right double quotation mark
        "\u2013": "-",  # en dash
        "\u2014": "-",  # em dash
        "\u2026": "...",  # horizontal ellipsis
        "\u00a0": " ",  # no-break space
        "\u202f": " ",  # narrow no-break space
        "\u00b7": "-",  # middle dot
        "\u2022": "-",  # bullet
    }
)
"""What typesetting puts in place of a typewriter's letters; it says nothing and costs half of each text."""
_GSM, _UCS2 = (160, 153), (70, 67)
_PHONE = re.compile(r"(?:\+?\d[\d\-.() ]{6,}\d)")
_LINE = re.compile(r"\n+")
_SENTENCE = re.compile(r"(?<=[.!?\u0964\u06d4])\s+|\n+")  # also the stops of Hindi and of Urdu
_WORD = re.compile(r"(?<!:)\s+")
"""What stands after a colon, most often a number to call, stays beside what it is for."""


def encoding(text: str) -> str:
    """What carriers send it as: `GSM-7`, or `UCS-2` where one letter is outside."""
    return "GSM-7" if all(letter in _BASIC or letter in _EXTENDED for letter in text) else "UCS-2"


def segments(text: str) -> int:
    """How many parts carriers make of it and count: one of 160 letters, or several of 153; outside GSM-7 70 and 67."""
    alone, each = _GSM if encoding(text) == "GSM-7" else _UCS2
    length = _length(text)
    return 1 if length <= alone else _parts(text, each)


def folded(text: str, *, accents: bool) -> str:
    """The text with typewriter's letters; where `accents` is False also without those that GSM-7 lacks (á, í, ó, ú)."""
    plain = unicodedata.normalize("NFC", text).translate(_TYPED)
    return plain if accents else "".join(map(_bare, plain))


def parted(text: str, most: int) -> tuple[str, ...]:
    """The text in messages of at most `most` segments: cut between lines, sentences or words, never in a number."""
    rest, told = text.strip(), []
    while segments(rest) > most:
        cut = _cut(rest, most)
        told.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*told, rest) if rest else tuple(told)


def _bare(letter: str) -> str:
    if letter in _BASIC or letter in _EXTENDED:
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base in _BASIC else letter


def _length(text: str) -> int:
    if encoding(text) == "UCS-2":
        return len(text.encode("utf-16-le")) // 2
    return sum(map(_room, text))


def _room(letter: str) -> int:
    return 2 if letter in _EXTENDED else 1


def _parts(text: str, each: int) -> int:
    """Segments of a long text: a letter that takes the room of two is not cut in the middle."""
    wide = encoding(text) == "UCS-2"
    count, left = 1, each
    for letter in text:
        room = len(letter.encode("utf-16-le")) // 2 if wide else _room(letter)
        if room > left:
            count, left = count + 1, each
        left -= room
    return count


def _cut(text: str, most: int) -> int:
    """Where the first part ends: after a line, else a sentence of its second half, else a word, else at the limit."""
    limit = _fitting(text, most)
    inside = [(found.start(), found.end()) for found in _PHONE.finditer(text)]
    for pattern, least in ((_LINE, limit // 2), (_SENTENCE, limit // 2), (_WORD, 1)):
        ends = [found.start() for found in pattern.finditer(text, 0, limit + 1)]
        fitting = [end for end in ends if least <= end <= limit and not _within(end, inside)]
        if fitting:
            return fitting[-1]
    return next((start for start, end in inside if 0 < start < limit < end), limit)


def _within(end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < end < stop for start, stop in spans)


def _fitting(text: str, most: int) -> int:
    """The longest beginning that fits into `most` segments."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if segments(text[:middle]) <= most else (low, middle - 1)
    return low
