"""Numbers that nobody should send here (social security, cards, A-numbers, Medi-Cal ids, a person's phone), taken out.

Told by their shape, so that they are gone before anything reads or keeps the message; ZIPs, amounts, ages, dates and
the phones of places stay what they are.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.understanding.text import fold, plain, words_file
from directory.phones import TOLL_FREE

__all__ = ["MASK", "Masked", "mask"]

MASK = "***"
"""What stands for a number; no word, so that nothing is understood of it."""


@dataclass(frozen=True)
class Masked:
    """A message without its numbers, what kinds they were, and whether it says nothing else (`alone`)."""

    text: str
    kinds: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class _Shape:
    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str, str, str], bool]
    """Whether a match is one, by its text and what stands before and after it."""


def mask(text: str) -> Masked:
    """`text` with each such number replaced; all else stays letter for letter."""
    if sum(letter.isdigit() for letter in text) < _FEWEST:
        return Masked(text)
    kinds: dict[str, None] = {}
    read = _readable(text)
    for shape in _SHAPES:
        read = shape.pattern.sub(functools.partial(_taken, shape, kinds), read)
    if not kinds:
        return Masked(text)
    return Masked(read, tuple(kinds), _nothing_else(read))


def _taken(shape: _Shape, kinds: dict[str, None], found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _BESIDE) : found.start()]
    after = found.string[found.end() : found.end() + _BESIDE]
    if not shape.holds(found.group(), before, after):
        return found.group()
    kinds[shape.kind] = None
    return MASK


def _readable(text: str) -> str:
    """Digits and dashes of any alphabet as plain ones, hidden characters gone."""
    return "".join(_plain_one(letter) for letter in plain(text))


@functools.lru_cache(maxsize=1024)
def _plain_one(letter: str) -> str:
    if letter.isdigit():
        return str(unicodedata.digit(letter))
    if unicodedata.category(letter) == "Pd" or letter == "−":
        return "-"
    return " " if unicodedata.category(letter) == "Zs" else unicodedata.normalize("NFKC", letter)[:1] or letter


def _always(number: str, before: str, after: str) -> bool:
    del number, before, after
    return True


def _is_ssn(number: str, before: str, after: str) -> bool:
    """Nine digits; the ages of nine children, in their order, are none."""
    del before, after
    digits = _digits(number)
    return len(set(digits)) > 1 and digits != "".join(sorted(set(digits)))


def _is_written_ssn(number: str, before: str, after: str) -> bool:
    """Written as on the card, three, two and four: even 123-45-6789."""
    del before, after
    return len(set(_digits(number))) > 1


def _is_card(number: str, before: str, after: str) -> bool:
    """Sixteen in fours are a card even with a slip in them; of other shapes the check digit decides."""
    del before, after
    return bool(_FOURS.fullmatch(number)) or _luhn(_digits(number))


def _is_person_s_phone(number: str, before: str, after: str) -> bool:
    """Said to be somebody's, or sent alone; of a place's number something is asked or told."""
    if any(expression.search(_said(before)) for expression in _expressions("own_phone")):
        return True
    toll_free = _digits(number)[-10:-7] in TOLL_FREE
    return not toll_free and not _said(before) and (not _said(after) or _nothing_else(after))


def _is_said_social(number: str, before: str, after: str) -> bool:
    del number, after
    return bool(_SOCIAL.search(_said(before)[-40:]))


def _ends_a_social(number: str, before: str, after: str) -> bool:
    del number
    said = f"{_said(before)[-60:]} {_said(after)[:30]}"
    return any(expression.search(said) for expression in _expressions("last_four"))


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _said(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text).replace("'", "").replace("’", "")))


def _nothing_else(text: str) -> bool:
    return set(_said(text).split()) <= _around()


@functools.cache
def _around() -> frozenset[str]:
    return frozenset(str(word) for word in _lists()["around"])


@functools.cache
def _expressions(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression) for expression in _lists()[name])


@functools.cache
def _lists() -> Mapping[str, Any]:
    return words_file("identifiers")


_FEWEST = 4
_BESIDE = 200
"""Letters beside a number that say whose it is; the whole message for each would cost the square of its length."""
_SOCIAL = re.compile(r"\b(?:social|ssn|ss|itin|seguro|nss)\b")
_SEP = r"(?: ?[-./·_ ] ?)"
_NOT_BEFORE = r"(?<![\w$])(?<![\w$][-.,/])"
_NOT_AFTER = r"(?![\w%])(?![-.,/]\w)"
_FOURS = re.compile(r"\d{4}\D{1,3}\d{4}\D{1,3}\d{4}\D{1,3}\d{4}")
_PHONE = rf"(?<![\w$])(?:\+?1{_SEP}?)?\(?[2-9]\d{{2}}\)?{_SEP}?\d{{3}}{_SEP}?\d{{4}}(?!\d)"
_CIN = r"9(?: ?\d){7} ?[A-Za-z](?: ?\d(?:[ -]?\d){4})?"
_MBI = r"[1-9][A-Za-z][A-Za-z0-9]\d[- ]?[A-Za-z][A-Za-z0-9]\d[- ]?[A-Za-z]{2}\d{2}"


def _shape(kind: str, pattern: str, holds: Callable[[str, str, str], bool] = _always) -> _Shape:
    return _Shape(kind, re.compile(pattern), holds)


_SHAPES = (
    _shape("card", rf"(?<![\w$])\d{{4}}{_SEP}\d{{4}}{_SEP}\d{{4}}{_SEP}\d{{4}}(?!\d)", _is_card),
    _shape("card", rf"(?<![\w$])3\d{{3}}{_SEP}\d{{6}}{_SEP}\d{{5}}(?!\d)", _is_card),
    _shape("card", r"(?<!\d)\d{12,19}(?!\d)"),
    _shape("medi_cal_id", rf"(?<![\w$]){_CIN}(?!\w)"),
    _shape("medicare_id", rf"(?<![\w$]){_MBI}(?!\w)"),
    _shape("a_number", r"(?<!\w)[Aa](?:[-#: ]{0,3}\d{8,9}|[- ]\d{3}[- ]\d{3}[- ]\d{3})(?!\d)"),
    _shape("a_number", r"(?<!\w)(?<=[Nn]umber )\d{8,9}(?!\d)|(?<!\w)(?<=[Nn]umero )\d{8}(?!\d)"),
    _shape("license", r"(?<![\w-])[A-Za-z]\d{7}(?!\w)"),
    _shape(
        "phone", rf"(?<![\w$])(?:\+?1{_SEP}?)?\(?[2-9]\d{{2}}\)?{_SEP}?\d{{3}}{_SEP}?\d{{4}}(?!\d)", _is_person_s_phone
    ),
    _shape("ssn", rf"{_NOT_BEFORE}(?<!\d )\d{{3}}{_SEP}\d{{2}}{_SEP}\d{{4}}{_NOT_AFTER}", _is_written_ssn),
    _shape("ssn", rf"{_NOT_BEFORE}\d{{3}}[-.·_]\d{{3}}[-.·_]\d{{3}}{_NOT_AFTER}", _is_ssn),
    _shape("ssn", r"(?<![\w$])\d{3} \d{3} \d{3}(?!\w)", _is_said_social),
    _shape("ssn", r"(?<![\d$])(?<!\d[-.,/])(?:\d[ .-]){8}\d(?!\d)(?![ .-]\d\b)", _is_ssn),
    _shape("ssn", r"(?<![\d$])\d{9}(?!\d)", _is_ssn),
    _shape("ssn", r"(?<![\w$])\d{4}(?!\w)", _ends_a_social),
)
"""The longer shapes first: a card holds what looks like a phone, a phone what looks like a social."""
