"""A day as people read it."""

from __future__ import annotations

from datetime import date

from directory.model import Language
from directory.text.catalogue import say

__all__ = ["day_text"]


def day_text(day: date, language: Language) -> str:
    """A day as people read it: "Oct 2, 2026", "2 de octubre de 2026"."""
    month = say(f"date.month.{day.month}", language)
    return say("date.day", language, month=month, day=day.day, year=day.year)
