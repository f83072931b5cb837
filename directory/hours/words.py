"""The words and signs of a text about hours, in English and Spanish; a word we do not know stops the reading."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from directory.almanac import day_words
from directory.folding import unaccented

__all__ = ["WEEK", "NotUnderstood", "Token", "tokens"]


class NotUnderstood(Exception):
    """A part of the text is not understood; never leaves this module."""


class Token(NamedTuple):
    """`kind` is day, days, time, range, and, sep, open, closed, all_day, holidays, open_holidays, except or lunch."""

    kind: str
    days: tuple[int, ...] = ()
    minute: int = 0
    marker: str = ""
    word: str = ""


WEEK = (0, 1, 2, 3, 4, 5, 6)
# Slips of the pen that can be no other word.
_SLIPS = {
    "monady": 0, "teusday": 1, "tuseday": 1, "wensday": 2, "wendesday": 2, "wednsday": 2, "thrusday": 3, "thurday": 3,
    "thursady": 3, "firday": 4, "satuday": 5, "saturnday": 5, "saterday": 5,
}  # fmt: skip
# One letter: Spanish when any letter is only Spanish (L, J, V, X, D); M is then Tuesday or Wednesday, so it is neither.
_ENGLISH_LETTERS = {"m": 0, "t": 1, "w": 2, "f": 4}
_SPANISH_LETTERS = {"l": 0, "x": 2, "j": 3, "v": 4, "s": 5, "d": 6}
_ONLY_SPANISH = re.compile(
    r"\b(?:[lxjvd]|lun(?:es)?|mier?(?:coles)?|jue(?:ves)?|vie(?:rnes)?|sab(?:ados?)?|dom(?:ingos?)?)\b"
)
_JOINED_DAYS = {"mwf": (0, 2, 4), "tth": (1, 3), "mw": (0, 2), "tuth": (1, 3), "mtwthf": (0, 1, 2, 3, 4)}

_HOLIDAYS = r"(?:holidays|dias (?:festivos|feriados)|feriados|festivos)"
_ONE_HOLIDAY = (
    r"(?:thanksgiving|christmas|new year(?:'?s)?|easter|independence|labor|memorial|navidad|ano nuevo"
    r"|accion de gracias)"
    r"(?:(?: eve| day)+| holidays?)?"
)
_WHOLE_WEEK = r"(?:7|seven|siete) (?:days (?:a|per|each) week|dias (?:de|a|por) (?:la )?semana)"
_PHRASES: tuple[tuple[str, Token], ...] = (
    (r"24 ?/ ?7(?: ?/ ?365)?", Token("all_day", WEEK)),
    (r"24[- ]?hours?,? (?:a|per|each|every) day,? ?" + _WHOLE_WEEK, Token("all_day", WEEK)),
    (r"24[- ]?hours?,? ?" + _WHOLE_WEEK, Token("all_day", WEEK)),
    (r"24[- ]?hour facility", Token("all_day", WEEK)),
    (r"(?:las )?24 horas (?:del dia|al dia|por dia|diarias)?,? ?(?:los )?" + _WHOLE_WEEK, Token("all_day", WEEK)),
    (r"24[- ]?(?:hours?|hrs?\.?)(?: (?:a|per|each|every) day)?", Token("all_day")),
    (r"(?:las )?24 horas(?: (?:del dia|al dia|por dia))?", Token("all_day")),
    (r"(?:los )?" + _WHOLE_WEEK, Token("days", WEEK)),
    (r"every ?day|daily|all week|todos los dias|cada dia|diario|diariamente|a diario", Token("days", WEEK)),
    (r"weekdays|week days|entre semana|dias de semana", Token("days", (0, 1, 2, 3, 4))),
    (r"weekends?|(?:los )?fin(?:es)? de semana", Token("days", (5, 6))),
    (r"(?:for )?lunch(?: hour| break)?|(?:por |para )(?:el )?almuerzo|hora del almuerzo", Token("lunch")),
    (r"(?:including|incluyendo|incluso) (?:all )?(?:los )?" + _HOLIDAYS, Token("open_holidays")),
    (r"(?:on |en |all |los |legal |public )*" + _HOLIDAYS, Token("holidays", word="all")),
    (r"(?:on |all )*(?:federal|national|major|bank|state|observed) holidays", Token("holidays", word="some")),
    (
        rf"(?:on |en |el dia de )*{_ONE_HOLIDAY}(?:(?:,| and| &| y|, and) {_ONE_HOLIDAY})*",
        Token("holidays", word="some"),
    ),
    (r"closed|cerrad[oa]s?", Token("closed")),
    (r"except|excluding|excepto|menos|salvo", Token("except")),
    (r"open|abiert[oa]s?", Token("open")),
)
_FILLERS = (
    r"hours of operation|business hours|open hours|hours|jan(?:uary|\.)? ?[-–] ?dec(?:ember|\.)?|(?:all )?year[- ]round"
    r"|enero ?[-–] ?diciembre|todo el ano|horario de atencion|horario|atencion|from|on|every|each|desde"
    r"|los|las|el|la|pacific time|pacific|p[sd]?t|hora del pacifico|hrs?\b\.?|horas|de(?: las?)?\b|a las?\b"
)
_HALF = (
    r"a\.? ?m\b\.?|p\.? ?m\b\.?|(?:de la|por la) (?:manana|tarde|noche)|del (?:mediodia|dia)"
    r"|noon|midnight|mediodia|medianoche"
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?![\d:])"
    rf"(?: ?(?P<mark>{_HALF})|(?P<letter>[ap])\b)?"  # "8-5p", but not the Spanish "9 a 5"
    r"(?: ?(?:hrs?\b\.?|hs\b|horas\b))?(?![a-z\d/])"
)
_MILITARY = re.compile(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?: ?(?:hrs?|horas|h)\b)?(?![\w:])")
_NAMED_TIME = re.compile(r"(?:el |las )?(?P<name>noon|mediodia|midnight|medianoche)\b")
_RANGE = re.compile(r"(?:-|–|—|−|~|to\b|through\b|thru\b|until\b|till\b|al?\b(?: las?\b)?|hasta\b(?: las?\b)?)")
_AND = re.compile(r"(?:,|&|\+|/|and\b|y\b)")
_SEPARATOR = re.compile(r"[;:.|()\[\]\n]")
_WORD = re.compile(r"[a-z]+")
_FILLER = re.compile(rf"(?:{_FILLERS})(?![a-z])")
_PHRASE = tuple((re.compile(rf"(?:{pattern})(?![a-z\d])"), token) for pattern, token in _PHRASES)


def _fold(text: str) -> str:
    plain = re.sub(r"\r?\n", "\n", unaccented(text.replace("\u2011", "-")).casefold())
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def tokens(text: str) -> list[Token]:
    """The words and signs of the text; NotUnderstood at the first that we do not know."""
    folded = _fold(text)
    spanish = _is_spanish(folded)
    found: list[Token] = []
    at = 0
    while at < len(folded):
        if folded[at] == " ":
            at += 1
            continue
        read, at = _token_at(folded, at, spanish)
        found.extend(read)
    return found


def _is_spanish(folded: str) -> bool:
    """Whether a day is named as only Spanish names it; decides what "M", "S" and "mar" are."""
    return bool(_ONLY_SPANISH.search(folded))


def _token_at(text: str, at: int, spanish: bool) -> tuple[list[Token], int]:
    for pattern, token in _PHRASE:
        match = pattern.match(text, at)
        if match:
            return [token], match.end()
    for reader in (_read_clock, _read_sign, _read_filler):
        read = reader(text, at)
        if read is not None:
            return read
    match = _WORD.match(text, at)
    if match is None:
        raise NotUnderstood
    return [_day(match.group(), spanish)], _after_dot(text, match.end())


def _after_dot(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "." else end


def _read_clock(text: str, at: int) -> tuple[list[Token], int] | None:
    named = _NAMED_TIME.match(text, at)
    if named:
        return [_named(named["name"])], named.end()
    military = _MILITARY.match(text, at)
    if military:
        minute = int(military["hour"]) * 60 + int(military["minute"])
        return [Token("time", minute=minute, marker="24")], military.end()
    match = _TIME.match(text, at)
    return ([_clock(match)], match.end()) if match else None


def _named(name: str) -> Token:
    return Token("time", minute=12 * 60, marker="noon" if name in ("noon", "mediodia") else "midnight")


def _clock(match: re.Match[str]) -> Token:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise NotUnderstood
    marker = _marker(hour, match["mark"] or match["letter"] or "")
    if marker in ("noon", "midnight") and minute:
        raise NotUnderstood
    word = "zero" if match["hour"].startswith("0") else ""
    return Token("time", minute=hour * 60 + minute, marker=marker, word=word)


def _marker(hour: int, mark: str) -> str:
    """am, pm, noon, midnight, 24 or none; "1 de la noche" and the like, which could be either half, are refused."""
    name, hours = _MARKS[re.sub(r"[^a-z]", "", mark)]
    if hour > 12 or hour == 0:
        if name in ("", "pm") and (hour or not name):
            return "24"
        raise NotUnderstood
    if hour not in hours:
        raise NotUnderstood
    if name != "night":
        return name
    return "midnight" if hour == 12 else "pm"


_ANY_HOUR = range(1, 13)
_MARKS: dict[str, tuple[str, Sequence[int]]] = {
    "": ("", _ANY_HOUR),
    **dict.fromkeys(("am", "a"), ("am", _ANY_HOUR)),
    **dict.fromkeys(("pm", "p"), ("pm", _ANY_HOUR)),
    **dict.fromkeys(("delamanana", "porlamanana"), ("am", range(4, 12))),
    **dict.fromkeys(("delatarde", "porlatarde"), ("pm", (12, *range(1, 9)))),
    **dict.fromkeys(("delanoche", "porlanoche"), ("night", range(6, 13))),
    **dict.fromkeys(("noon", "mediodia", "delmediodia", "deldia"), ("noon", (12,))),
    **dict.fromkeys(("midnight", "medianoche"), ("midnight", (12,))),
}


def _read_sign(text: str, at: int) -> tuple[list[Token], int] | None:
    for kind, pattern in (("sep", _SEPARATOR), ("range", _RANGE), ("and", _AND)):
        match = pattern.match(text, at)
        if match:
            return [Token(kind)], match.end()
    return None


def _read_filler(text: str, at: int) -> tuple[list[Token], int] | None:
    match = _FILLER.match(text, at)
    return ([], match.end()) if match else None


@functools.cache
def _days() -> Mapping[str, int]:
    return {**_SLIPS, **{word: day for day, words in enumerate(day_words()) for word in words}}


def _day(word: str, spanish: bool) -> Token:
    if word == "mar" and not spanish:
        raise NotUnderstood  # March, or martes
    if word in _days():
        return Token("day", (_days()[word],))
    letters = _SPANISH_LETTERS if spanish else _ENGLISH_LETTERS
    if word in letters:
        return Token("day", (letters[word],), word=word)
    if word in _JOINED_DAYS:
        return Token("days", _JOINED_DAYS[word])
    raise NotUnderstood
