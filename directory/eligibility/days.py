"""Days as people say them, in both languages."""

from __future__ import annotations

from datetime import date

from directory.almanac import month_names
from directory.model import Language

__all__ = ["spoken"]


def spoken(day: date, language: Language) -> str:
    """A day as people say it: "November 21, 2026", "21 de noviembre de 2026"."""
    month = month_names(language)[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == Language.ES else f"{month} {day.day}, {day.year}"
