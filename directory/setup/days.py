"""Days as people write them at a question: 2026-12-24, 12/24, Dec 24, 31 de diciembre, and the word `usual`."""

from __future__ import annotations

import re
from datetime import date, datetime

from directory.almanac import month_words
from directory.folding import unaccented
from directory.setup.suggesting import usual_days

__all__ = ["USUAL", "days_in"]

USUAL = "usual"
_WRITTEN = ("%Y-%m-%d", "%m/%d/%Y")
_OF_ONE_DAY = re.compile(
    r"([^\W\d_]+\.?\s+\d{1,2}(?:st|nd|rd|th)?|\d{1,2}\s+(?:de\s+)?[^\W\d_]+),\s*(20\d\d)\b(?![-/])"
)
"""The comma in "Dec 24, 2026" parts no days."""
_BETWEEN = frozenset({"de", "del", "of", "the", "st", "nd", "rd", "th"})


def days_in(said: str, today: date) -> list[object]:
    """Each day that is written there, the next one of that name where no year stands; what is no day as it is."""
    found: list[object] = []
    for part in re.split(r"[,;]", _OF_ONE_DAY.sub(r"\1 \2", said)):
        word = part.strip()
        found += list(usual_days(today)) if word.casefold() == USUAL else [_day(word, today)] if word else []
    return found


def _day(word: str, today: date) -> object:
    for form in _WRITTEN:
        try:
            return datetime.strptime(word, form).date()
        except ValueError:
            continue
    month, day, year = _named(word)
    return (_of(month, day, year, today) if month and day else None) or word


def _named(word: str) -> tuple[int | None, int | None, int | None]:
    """Month, day and year of "Dec 24th 2026", "24 de diciembre" or "12/24", as far as they stand there."""
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", word):
        return int(found[1]), int(found[2]), None
    parts = [part for part in re.findall(r"[^\W\d_]+|\d+|[^\w\s]", unaccented(word.casefold())) if part not in _BETWEEN]
    words = [part for part in parts if part.isalpha()]
    figures = [int(part) for part in parts if part.isdecimal()]
    odd = [part for part in parts if not part.isalnum() and part != "."]
    if len(words) != 1 or odd or not 1 <= len(figures) <= 2 or (len(figures) == 2 and figures[1] < 2000):
        return None, None, None
    month = next((number for number, names in enumerate(month_words(), 1) if words[0] in names), None)
    return month, figures[0], figures[1] if len(figures) == 2 else None


def _of(month: int, day: int, year: int | None, today: date) -> date | None:
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None
