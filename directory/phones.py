"""Phones: every number in a cell of text, in E.164 or as a short code; what is not surely a number gives none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from directory.model import Phone, PhoneKind

__all__ = ["display", "parse"]

TOLL_FREE = frozenset({"800", "822", "833", "844", "855", "866", "877", "888"})

_AREA = r"(?P<{0}area>[2-9]\d{{2}})"
_EXTENSION = r"(?:[\s,;.(]*(?:(?:extension|extensi[oó]n|ext|exten)\b|ext|x|#)[.:\s]*(?P<{0}ext>\d{{1,6}})\b\)?)?"
# Any number of North American shape counts: 555-01xx is what invented listings use, though no table of valid
# numbers knows it.
_NANP = (
    r"(?<![\d+])(?:\+?1[\s.\-/]*)?\(?\s*" + _AREA.format("n_") + r"\s*\)?[\s.\-/]*"
    r"(?P<n_exchange>[2-9]\d{2})[\s.\-/]*(?P<n_line>\d{4})(?!\d)" + _EXTENSION.format("n_")
)
_VANITY = (
    r"(?<![\w+])(?:\+?1[\s.\-]*)?\(?" + _AREA.format("v_") + r"\)?[\s.\-]+"
    r"(?P<v_rest>(?=[\d.\-]*[A-Z])[2-9A-Z](?:[.\-]?[\dA-Z]){6,9})(?![\dA-Za-z])" + _EXTENSION.format("v_")
)
_FOREIGN = r"(?P<foreign>\+(?!1[\s.\-(]?)\d[\d\s.\-()]{6,18}\d)(?!\d)"
_SHORT = r"(?<![\d.\-])(?P<short>[2-8]-?1-?1|9-?1-?1|9-?8-?8)(?![\d]|[.\-/]\d)"
_TEXT_CODE = r"(?<![\d.\-])(?P<text_code>\d{3}-?\d{2,3})(?![\d]|[.\-/]\d)"
_NUMBER = re.compile("|".join((_FOREIGN, _NANP, _VANITY, _TEXT_CODE, _SHORT)))

# One number and nothing else, which most cells hold: the same as `_NANP` alone would find.
_PLAIN = re.compile(
    r"(?:\+?1[\s.\-/]*)?\(?([2-9]\d{2})\)?[\s.\-/]*([2-9]\d{2})[\s.\-/]*(\d{4})(?:\s*(?:ext\.?|x)\s*(\d{1,6}))?", re.A
)
_FAX = r"(?:fax|facs[ií]mil|facsimile)"
_TTY = r"(?:tty|tdd|tdy|ttd|relay|teletipo)"
_TEXT = r"(?:sms|text(?:o|s|ing)?|texte[en]?|mensajes? de texto|textear)"
_VOICE = re.compile(r"\b(?:voice|voz|call|llame|phone|tel[eé]fono|tel)\b", re.I)
# The kind stands right beside its number: "TTY users call ..." after a number says nothing of that number.
_KINDS = tuple(
    (
        kind,
        re.compile(rf"\b{word}(?:\s+(?:number|line|phone|only|n[uú]mero))?[\s:#.\-(]*$", re.I),
        re.compile(rf"^[\s(,\-|]*{word}\b(?!\s+(?:users?|call|dial))", re.I),
        re.compile(rf"\b{word}\b", re.I),
    )
    for kind, word in ((PhoneKind.FAX, _FAX), (PhoneKind.TTY, _TTY), (PhoneKind.TEXT, _TEXT))
)
# Words that may stand beside a bare 211 and leave it a phone; beside any other word it may be a house number or a room.
_PHONE_WORDS = re.compile(
    rf"\b(?:{_TTY}|{_TEXT}|{_FAX}|voice|voz|call|dial|phone|telephone|tel|llame|llamar|marque|marcar|al|a|or|o|and|y"
    r"|the|el|toll|free|gratis|24|7|hours?|horas?|hotline|helpline|line|l[ií]nea|crisis|emergency|emergencias?)\b",
    re.I,
)
_GLUED = re.compile(rf"(?<=\d)(?=(?:{_TTY}|{_FAX})\b)", re.I)  # "644-6363TTY: 711", as plans print it
_SAID_TO_DIAL = re.compile(rf"\b(?:{_TTY}|dial|call|llame(?: al)?|marque(?: el)?)[\s:]*$", re.I)
_ENDS = re.compile(r"\s*(?:$|[).,;|/\n]|(?:or|o|y|and|for|para)\b)", re.I)
_ASKS_TO_TEXT = re.compile(r"\b(?:text|texte|textee|textear|env[ií]e|mande|sms)\b[^.;|\n]{0,40}$", re.I)
_JOINERS = re.compile(
    r"\b(?:or|and|y|o|phone|phones|telephone|tel[eé]fonos?|tel|ph|call|llame|llame al|number|n[uú]mero|voice|voz)\b",
    re.I,
)
_NOISE = re.compile(r"[\s:;,|/()\[\].\-–—•*#]+")
_KEYS = {
    letter: digit
    for digit, letters in zip("23456789", ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"], strict=True)
    for letter in letters
}
_LONGEST_LABEL = 60
_LONGEST_CELL = 200  # characters; a longer text is prose, where 211 alone may be anything


class _Found(NamedTuple):
    number: str
    extension: str | None
    start: int
    end: int
    is_text_code: bool


@dataclass
class _Beside:
    """The words before and after one number that speak of it."""

    before: str = ""
    after: str = ""


def parse(text: str) -> tuple[Phone, ...]:
    """Every phone in a cell, in its order and once each; seven digits alone, words and dashes give none."""
    plain = _PLAIN.fullmatch(text)
    if plain:
        area, exchange, line, extension = plain.groups()
        return (Phone(f"+1{area}{exchange}{line}", extension),)
    text = _GLUED.sub(" ", text)
    found = [one for match in _NUMBER.finditer(text) if (one := _read(match, text))]
    besides = _words_beside(text, found)
    phones = (_phone(one, beside) for one, beside in zip(found, besides, strict=True))
    return tuple(dict.fromkeys(phones))


def display(phone: Phone) -> str:
    """The phone as people write it: 209-555-0123 ext. 4, 1-800-555-0123, 211, +52 664 123 4567."""
    shown = _display_number(phone.number)
    return f"{shown} ext. {phone.extension}" if phone.extension else shown


def _display_number(number: str) -> str:
    if not number.startswith("+"):
        return number
    if not re.fullmatch(r"\+1\d{10}", number):
        return _display_foreign(number)
    area, exchange, line = number[2:5], number[5:8], number[8:]
    return f"{'1-' if area in TOLL_FREE else ''}{area}-{exchange}-{line}"


def _display_foreign(number: str) -> str:
    import phonenumbers  # 4.5 MB and 50 ms that only a foreign number costs

    parsed = phonenumbers.parse(number)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _read(match: re.Match[str], text: str) -> _Found | None:
    parts = match.groupdict()
    if parts["foreign"]:
        number = _foreign(parts["foreign"])
        return _Found(number, None, *match.span(), False) if number else None
    if parts["n_area"]:
        number = f"+1{parts['n_area']}{parts['n_exchange']}{parts['n_line']}"
        return _Found(number, parts["n_ext"], *match.span(), False)
    if parts["v_area"]:
        return _Found(_vanity(parts["v_area"], parts["v_rest"]), parts["v_ext"], *match.span(), False)
    return _read_code(match, text)


def _read_code(match: re.Match[str], text: str) -> _Found | None:
    code = re.sub(r"\D", "", match.group())
    if match["text_code"]:
        asked = _ASKS_TO_TEXT.search(text, max(0, match.start() - 60), match.start())
        return _Found(code, None, *match.span(), True) if asked else None
    return _Found(code, None, *match.span(), False) if _stands_as_phone(match, text) else None


def _stands_as_phone(match: re.Match[str], text: str) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _SAID_TO_DIAL.search(before[-40:]) and _ENDS.match(after):
        return True
    return len(text) <= _LONGEST_CELL and _only_phone_words(f"{before}\n{after}")


def _only_phone_words(around: str) -> bool:
    """Whether nothing but other numbers and words about phones stands on the line of a short code."""
    rest = _NUMBER.sub(" ", around)
    return not _NOISE.sub("", _PHONE_WORDS.sub(" ", rest))


def _foreign(written: str) -> str | None:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _vanity(area: str, rest: str) -> str:
    """A number spelled in letters; a network dials the first seven keys after the area code and ignores the rest."""
    keys = re.sub(r"[.\-]", "", rest)[:7]
    return f"+1{area}" + "".join(_KEYS.get(key, key) for key in keys)


def _words_beside(text: str, found: list[_Found]) -> list[_Beside]:
    besides = [_Beside() for _ in found]
    if not found:
        return besides
    besides[0].before = text[: found[0].start]
    besides[-1].after = text[found[-1].end :]
    labels_follow = not _names_a_kind(besides[0].before) and _names_a_kind(besides[-1].after)
    for index in range(len(found) - 1):
        gap = text[found[index].end : found[index + 1].start]
        besides[index].after, besides[index + 1].before = _share(gap, labels_follow)
    return besides


def _share(gap: str, labels_follow: bool) -> tuple[str, str]:
    """Which words between two numbers speak of the first and which of the second."""
    parenthesis = re.match(r"(\s*\([^)]*\))(.*)", gap, re.S)
    if parenthesis:
        return parenthesis[1], parenthesis[2]
    left, separator, right = _partition(gap)
    if separator:
        return left, right
    return (gap, "") if labels_follow else ("", gap)


def _partition(gap: str) -> tuple[str, str, str]:
    separator = re.search(r"[;/\n]|,|(?<=\w)\s*\|(?=\s*$)|\bor\b|\band\b", gap)
    if separator is None:
        return gap, "", ""
    return gap[: separator.start()], separator.group(), gap[separator.end() :]


def _names_a_kind(text: str) -> bool:
    return any(anywhere.search(text) for *_, anywhere in _KINDS)


def _phone(found: _Found, beside: _Beside) -> Phone:
    kind = PhoneKind.TEXT if found.is_text_code else _kind(found.number, beside)
    return Phone(found.number, found.extension, kind, _label(beside))


def _kind(number: str, beside: _Beside) -> PhoneKind:
    if number == "711":  # the relay service, whatever stands beside it
        return PhoneKind.TTY
    before, after = beside.before[-40:], beside.after[:40]
    if _VOICE.search(before) or re.match(r"[\s(]*(?:voice|voz)\b", after, re.I):  # "call or text", "(voice/TTY)"
        return PhoneKind.VOICE
    kinds = (kind for kind, ends, begins, _ in _KINDS if ends.search(before) or begins.search(after))
    return next(kinds, PhoneKind.VOICE)


def _label(beside: _Beside) -> str | None:
    words = f"{beside.before} {beside.after}"
    for *_, anywhere in _KINDS:
        words = anywhere.sub(" ", words)
    words = _NOISE.sub(" ", _JOINERS.sub(" ", words)).strip()
    return words if len(words) <= _LONGEST_LABEL and re.search(r"[^\W\d_]{2}", words) else None
