"""The clinic in a reply: its own lines are one more line of the fixed words, never in place of the national ones."""

from __future__ import annotations

from directory.model import Language
from directory.text import clinic
from directory.text.ours import ours

__all__ = ["beside", "named_in"]


def beside(language: Language, danger: str, text: str, phones: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Fixed words and their lines, with the clinic's own line for that danger after the national ones."""
    return clinic.with_local_line(danger, text, phones, language)


def named_in(text: str, phones: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of the clinic and its lines that a text names and `phones` does not hold yet."""
    said = ours()
    lines = (line.phone for line in (said.crisis_line, said.violence_line, said.shelter_line) if line)
    numbers = dict.fromkeys((*((said.phone,) if said.phone else ()), *lines))
    return tuple(number for number in numbers if number in text and number not in phones)
