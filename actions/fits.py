"""What of a long answer goes into one text message, and where the rest begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.model import Language
from directory.reply import Kind
from directory.text import budget, catalogue, gsm

__all__ = ["Piece", "Sent", "fitted", "pieces"]

_SENTENCE = re.compile(r"(?<=[.!])\s+(?=[\"¿¡A-ZÁÉÍÓÚÑ0-9])")
"""Between two sentences; a question and its answer ("Open now? We do not know.") stay in one piece."""
_LONGEST = 2
"""Segments of one piece: a longer sentence is parted, so that a message always holds at least one piece whole."""


@dataclass(frozen=True)
class Piece:
    """A sentence of an answer, and what stands before it: a new line, or a space where it goes on in the same."""

    text: str
    glue: str = "\n"


@dataclass(frozen=True)
class Sent:
    """One text message of an answer; `rest` is the number of the first piece that is left, None when none is."""

    text: str
    rest: int | None = None


def pieces(text: str, *, lines: bool = False) -> tuple[Piece, ...]:
    """The answer in sentences, or whole `lines`, in their order; numbered, so that the rest can be found again."""
    return tuple(piece for line in text.splitlines() if line.strip() for piece in _of_line(line.strip(), whole=lines))


def _of_line(line: str, *, whole: bool) -> Iterator[Piece]:
    glue = "\n"
    for sentence in (line,) if whole else _SENTENCE.split(line):
        for part in gsm.parted(sentence, _LONGEST):
            yield Piece(part, glue)
            glue = " "


def fitted(
    kind: Kind, language: Language, text: str, *, lead: str = "", tail: str = "", start: int | None = None
) -> Sent:
    """As many sentences as the budget of that kind allows: from `start` on, or after `lead` from the first.

    `lead` is not counted among them; `tail` (the choices) stands under the last message, and under any other that has
    room for it.
    """
    lead, first = (lead, 0) if start is None else ("", start)
    left = pieces(text, lines=kind is Kind.LISTINGS)[first:]
    whole = _joined(lead, left, tail)
    if budget.fits(whole, kind):
        return Sent(whole)
    hint = catalogue.say("assistant.rest.more", language)
    told = _count(lead, left, hint, kind)
    if not told and lead:
        return Sent("\n".join((lead, hint)), 0)
    told = max(told, 1)
    among = "\n".join((tail, catalogue.say("assistant.rest.line", language))) if tail else hint
    under = [_joined(lead, left[:told], below) for below in (among, hint)]
    fitting = next((text for text in under if budget.fits(text, kind)), under[-1])
    return Sent(fitting, _next(first + told, first + len(left), tail))


def _next(after: int, end: int, tail: str) -> int | None:
    """Where the rest begins; after the last sentence only the choices may be left."""
    return after if after < end or tail else None


def _count(lead: str, left: Sequence[Piece], below: str, kind: Kind) -> int:
    """How many sentences fit between what is said before and below them."""
    count = 0
    while count < len(left) and budget.fits(_joined(lead, left[: count + 1], below), kind):
        count += 1
    # A heading ("Free to call:") goes with what it heads.
    return count - 1 if 1 < count < len(left) and left[count - 1].text.endswith(":") else count


def _joined(lead: str, said: Sequence[Piece], below: str) -> str:
    body = "".join(f"{piece.glue if place else ''}{piece.text}" for place, piece in enumerate(said))
    return "\n".join(filter(None, (lead, body, below)))
