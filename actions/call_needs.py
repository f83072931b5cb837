"""What a call is to be about."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known
from directory.eligibility import rules

__all__ = ["named", "need_of"]


def named(turn: Turn) -> str | None:
    """The need that is named instead of a digit, by itself or by a program."""
    program = next((rules.programs()[name] for name in turn.heard.programs if name in rules.programs()), None)
    return program.need.value if program else next(iter(turn.heard.needs), None)


def need_of(known: Known) -> str | None:
    """What a call is about: the need in talk, or that of its program."""
    program = rules.programs().get(known.program or "")
    return known.need or (program.need.value if program else None)
