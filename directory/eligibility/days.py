"""Days as people say them, in both languages."""

from __future__ import annotations

from datetime import date

from directory.model import Language

__all__ = ["spoken"]

_MONTHS = {
    Language.EN: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    Language.ES: (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


def spoken(day: date, language: Language) -> str:
    """A day as people say it: "November 21, 2026", "21 de noviembre de 2026"."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == Language.ES else f"{month} {day.day}, {day.year}"
