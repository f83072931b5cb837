"""How to get a program, a line for each step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from actions.context import Turn
from directory.eligibility import rules
from directory.text import listing

__all__ = ["dated", "how_to_get", "way"]


def dated(turn: Turn, name: str, status: str, day: date) -> str:
    """A name and, in brackets, when what follows was checked, or that it was only noted: for a text message.

    Its first part may be all that somebody reads: the day stands in it.
    """
    key = "short.noted" if status == "recalled" else "short.checked"
    return turn.say(key, name=name, day=listing.day_text(day, turn.language))


def how_to_get(turn: Turn, program: rules.Program) -> Iterator[str]:
    """The steps alone."""
    yield turn.say("program.how")
    for step in program.steps.get(turn.language):
        yield turn.say("program.step", step=step)


def way(turn: Turn, program: rules.Program, *, long: bool = True) -> Iterator[str]:
    """The steps, how long it takes (where `long`), and what to have ready."""
    yield from how_to_get(turn, program)
    if long:
        yield turn.say("program.how_long", text=program.how_long.get(turn.language))
    if program.bring.get(turn.language):
        yield turn.say("program.bring", items=", ".join(program.bring.get(turn.language)))
