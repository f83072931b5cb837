"""How to get a program, a line for each step."""

from __future__ import annotations

from collections.abc import Iterator

from actions.context import Turn
from directory.eligibility import rules

__all__ = ["how_to_get", "way"]


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
