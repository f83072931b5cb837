"""The clinic's own line beside the national ones: one more line of the fixed words, never in their place."""

from __future__ import annotations

from directory.model import Language
from directory.text import clinic
from directory.text.ours import ours

__all__ = ["beside", "named_in"]


def beside(language: Language, danger: str, text: str, phones: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Fixed words and their lines, with the clinic's own line for that danger as one more, after the national ones.

    It stands before the last line where there are several: that one says that nobody is watching the chat.
    """
    line = clinic.local_line(danger)
    if line is None or line.phone in phones:
        return text, phones
    first, newline, last = text.rpartition("\n")
    told = clinic.beside(line, language)
    parts = (first, told, last) if newline else (text, told)
    return "\n".join(parts), (*phones, line.phone)


def named_in(text: str, phones: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of the clinic and its lines that a text names and `phones` does not hold yet."""
    said = ours()
    lines = (line.phone for line in (said.crisis_line, said.violence_line, said.shelter_line) if line)
    numbers = dict.fromkeys((*((said.phone,) if said.phone else ()), *lines))
    return tuple(number for number in numbers if number in text and number not in phones)
