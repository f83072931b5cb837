"""By when help is needed: the day or hour that a message says, as one value each ("tomorrow 5:30", "in 5 days")."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.understanding.found import Sighting
from bot.understanding.text import Token, words_file
from directory.almanac import day_names, month_names, month_words
from directory.model import Language

__all__ = ["is_urgent", "pressing", "times", "with_hours"]

_SOON = frozenset({"tonight", "now", "today", "tomorrow"})
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one un una", "two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete",
            "eight ocho", "nine nueve", "ten diez", "eleven once", "twelve doce",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)}|a couple(?: of)?|un par de|couple)"
_UNITS = {
    "day": "day dia", "week": "week wk semana", "month": "month mes", "hour": "hour hr hora",
}  # fmt: skip
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_IN_SOME = re.compile(
    rf"\b(?:in|within|en|dentro de|only|solo|nomas|have|tengo)(?: about| like| como| unos)? (?P<count>{_NUMBER})"
    rf"(?: more| mas)? (?P<unit>{'|'.join(_UNIT)})(?:e?s)?\b(?! (?:ago|old|behind|late|atras|atrasad))"
)
_SLASHED = re.compile(r"(?<![\d/])(?P<number>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])(?:/(?:20)?\d\d)?(?![\d/])")
_OF_MONTH = re.compile(
    r"\b(?:(?:on|by|the|el|para el|pal|til|until|before) )+(?:dia )?(?:the )?(?P<day>\d{1,2})"
    r"(?:(?:st|nd|rd|th)\b|(?=\s*(?:$|[.,;!?])))"
)
_HOUR = re.compile(
    r"\b(?:(?P<at>at|@|a las?|para las?|by|around|como a las?|tipo) ?)?(?P<hour>1[0-2]|0?[1-9]|[a-z]{2,6})"
    r"(?:(?:[:.]| (?=[0-5]\d\b))(?P<minute>[0-5]\d)|(?P<half> y media| thirty)|(?P<quarter> y cuarto))?"
    r"(?: ?(?P<half_day>[ap])\.? ?m\b\.?"
    r"| ?(?P<clock>oclock|de la (?:manana|tarde|noche)|in the (?:morning|afternoon|evening)))?"
    r"(?![\d/:])"
)
_PM = ("tarde", "noche", "afternoon", "evening")
_ASKS_WHEN = re.compile(r"\b(?:what time|wat time|que hora|when (?:do|does|is|are|will)|cuando abren?|until when)\b")
_MOST_DAYS = 2
"""More weekdays than these in one message are those of every week."""
_NEAR = 40
"""Letters between a day and its hour at most."""


def times(words: Sequence[Token], folded: str) -> list[Sighting]:
    """Days counted or dated: "in 5 days", "nov 30", "12/5", "the 1st"."""
    found: list[Sighting] = []
    for start, end, value in _dated(folded):
        inside = [index for index, word in enumerate(words) if start <= word.start < end]
        if inside and not _is_past(inside[0], inside[-1] + 1, words):
            found.append(Sighting("when", value, words[inside[0]].start, end, inside[0], inside[-1] + 1))
    return found


def _dated(folded: str) -> Iterator[tuple[int, int, str]]:
    for match in _IN_SOME.finditer(folded):
        yield match.start(), match.end(), _in_some(match)
    for pattern in _dates():
        for match in pattern.finditer(folded):
            if 1 <= int(match["day"]) <= 31:
                month = next(number for number, words in enumerate(month_words(), 1) if match["month"] in words)
                yield match.start(), match.end(), f"{_short(month)} {int(match['day'])}"
    for match in _SLASHED.finditer(folded):
        yield match.start(), match.end(), f"{_short(int(match['number']))} {int(match['day'])}"
    for match in _OF_MONTH.finditer(folded):
        if 1 <= int(match["day"]) <= 31:
            yield match.start(), match.end(), f"the {_ordinal(int(match['day']))}"


def _in_some(match: re.Match[str]) -> str:
    said = match["count"]
    count = int(said) if said.isdecimal() else _NUMBERS.get(said, 2)
    unit = _UNIT[match["unit"]]
    return f"in {count} {unit}{'' if count == 1 else 's'}"


@functools.cache
def _dates() -> tuple[re.Pattern[str], ...]:
    month = "|".join(word for words in month_words() for word in words)
    return (
        re.compile(rf"\b(?P<month>{month})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)"),
        re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of |de )?(?P<month>{month})\b"),
    )


def _short(month: int) -> str:
    return month_names(Language.EN)[month - 1][:3].casefold()


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def with_hours(items: Sequence[Sighting], words: Sequence[Token], folded: str) -> list[Sighting]:
    """The times named, without those that are over, each with the hour that is said beside it."""
    kept: list[Sighting] = []
    weekdays = {name.casefold() for name in day_names(Language.EN)}
    weekly = len({item.value for item in items if item.value in weekdays}) > _MOST_DAYS
    for item in items:
        if (weekly and item.value in weekdays) or (item.value == "now" and _is_where_they_are(item, items)):
            continue
        if item.kind != "when":
            kept.append(item)
        elif not _is_past(item.first, item.last, words):
            hour = None if item.value in ("now", "tonight") else _hour_beside(item, folded)
            kept.append(_at(item, hour))
    return kept


def _is_where_they_are(item: Sighting, items: Sequence[Sighting]) -> bool:
    """ "we are in lathrop now", "i have molina now"."""
    return any(other.kind in ("place", "zip", "plan") and other.last == item.first for other in items)


def _at(item: Sighting, hour: str | None) -> Sighting:
    if hour is None:
        return item
    return Sighting("when", f"{item.value} {hour}", item.start, item.end, item.first, item.last, item.name)


def _hour_beside(item: Sighting, folded: str) -> str | None:
    after = folded[item.end : item.end + _NEAR]
    before = folded[max(0, item.start - _NEAR) : item.start]
    return _hour_in(after, first=True) or _hour_in(before, first=False)


def _hour_in(text: str, *, first: bool) -> str | None:
    hours = [hour for match in _HOUR.finditer(text) if (hour := _hour(match))]
    if not hours:
        return None
    return hours[0] if first else hours[-1]


def _hour(match: re.Match[str]) -> str | None:
    said = match["hour"]
    hour = int(said) if said.isdecimal() else _NUMBERS.get(said)
    exact = match["minute"] or match["half_day"] or match["clock"] or match["half"] or match["quarter"]
    if hour is None or not (exact or match["at"] in _AT):
        return None
    minute = match["minute"] or ("30" if match["half"] else "15" if match["quarter"] else "00")
    return f"{hour}:{minute}{_half_of_day(match)}"


_AT = frozenset({"at", "@", "a las", "a la", "para las", "para la", "como a las"})


def _half_of_day(match: re.Match[str]) -> str:
    if match["half_day"]:
        return f" {match['half_day']}m"
    if match["clock"] and match["clock"] != "oclock":
        return " pm" if any(word in match["clock"] for word in _PM) else " am"
    return ""


def _is_past(first: int, last: int, words: Sequence[Token]) -> bool:
    """ "last friday", "el viernes pasado", "since monday", "friday they told me"."""
    lists = _lists()
    before = {word.text for word in words[max(0, first - 2) : first]}
    after = words[last].text if last < len(words) else ""
    return bool(before & lists["past_before"]) or after in lists["past_after"]


def is_urgent(items: Sequence[Sighting], words: Sequence[Token]) -> bool:
    """Whether help is needed today or tomorrow, or something is lost then; asking for opening hours is not that."""
    if any(item.kind == "urgent" for item in items):
        return True
    soon = any(item.kind == "when" and _is_soon(item.value) for item in items)
    return soon and not _asks_hours(words, items)


def pressing(items: Sequence[Sighting]) -> list[Sighting]:
    """What tells of the greatest hurry: words of urgency, today and tomorrow; where none is said, any time."""
    soon = [item for item in items if item.kind == "urgent" or (item.kind == "when" and _is_soon(item.value))]
    return soon or [item for item in items if item.kind == "when"]


def _is_soon(value: str) -> bool:
    return value.split()[0] in _SOON or _is_near(value)


def _is_near(value: str) -> bool:
    return bool(re.fullmatch(r"in (?:\d+ hours?|1 day)", value))


def _asks_hours(words: Sequence[Token], items: Sequence[Sighting]) -> bool:
    said = {word.text for word in words}
    if said & _lists()["asks_hours"] or _ASKS_WHEN.search(" ".join(word.text for word in words)):
        return True
    return bool(said & _lists()["opens"]) and not any(item.kind in ("need", "program") for item in items)


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    loaded: dict[str, Any] = dict(words_file("times"))
    return {name: frozenset(str(word) for word in words) for name, words in loaded.items()}
