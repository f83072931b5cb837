"""The day of a list, from its file name or the lines above its headings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from directory.almanac import month_names
from directory.model import Language
from directory.sync import fields

__all__ = ["day_of"]

_LONGEST = 100
"""Letters: a longer line is a note, and a day in it may be of anything."""
_WHOLE = (
    re.compile(r"(?<!\d)(20\d\d)[-_.](\d\d)[-_.](\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)"),
)
_AMERICAN = re.compile(r"(?<!\d)(\d{1,2})[-/_.](\d{1,2})[-/_.](20\d\d)(?!\d)")
_NUMBERS_ALONE = re.compile(r"(?<!\d)(20\d\d)[-_](\d\d)(?!\d)")


def day_of(name: str, above: Sequence[str] = ()) -> tuple[date | None, str]:
    """The day, and where it stands; of a month alone its first day, so that a list never seems newer than it is."""
    for text, where in (
        *((text, "the line above the headings") for text in map(fields.clean, above) if len(text) <= _LONGEST),
        (name, "the file name"),
    ):
        if found := next(_days(text), None):
            return found, f"from {where}"
        if found := next(_firsts(text), None):
            return found, f"from {where}, which names only the month"
    return None, "no day was found in the file name or above the headings"


def _days(text: str) -> Iterator[date]:
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            yield from _valid(int(match[1]), int(match[2]), int(match[3]))
    for match in _AMERICAN.finditer(text):
        yield from _valid(int(match[3]), int(match[1]), int(match[2]))
    named = _named()
    for match in named.english.finditer(text):
        yield from _valid(int(match[3]), _month(match[1]), int(match[2]))
    for match in named.spanish.finditer(text):
        yield from _valid(int(match[3]), month_names(Language.ES).index(match[2].casefold()) + 1, int(match[1]))


def _firsts(text: str) -> Iterator[date]:
    for match in _named().alone.finditer(text):
        yield from _valid(int(match[2]), _month(match[1]), 1)
    for match in _NUMBERS_ALONE.finditer(text):
        yield from _valid(int(match[1]), int(match[2]), 1)


class _Named(NamedTuple):
    """Days and months whose month is a word."""

    english: re.Pattern[str]
    spanish: re.Pattern[str]
    alone: re.Pattern[str]


@functools.cache
def _named() -> _Named:
    names = [name.casefold() for name in month_names(Language.EN)]
    month = "|".join([*names, "sept", *(name[:3] for name in names)])
    mes = "|".join(month_names(Language.ES))
    return _Named(
        re.compile(rf"\b({month})\.?[ _-]+(\d{{1,2}})(?:st|nd|rd|th)?,?[ _-]+(20\d\d)\b", re.I),
        re.compile(rf"\b(\d{{1,2}})\s+de\s+({mes})\s+(?:de\s+|del\s+)?(20\d\d)\b", re.I),
        re.compile(rf"(?:\b|_)({month})[ ,_-]*(20\d\d)(?!\d)", re.I),
    )


def _month(word: str) -> int:
    begins = word[:3].casefold()
    return next(at for at, name in enumerate(month_names(Language.EN), 1) if name.casefold().startswith(begins))


def _valid(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
