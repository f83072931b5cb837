"""What stands in the way (no car, no papers with a name, no kitchen, pets): remembered, ranked by, said back."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered", "learning"]


def learning(turn: Turn) -> Turn:
    """The turn with what its message says stands in the way."""
    return turn


def answered(turn: Turn) -> Known | None:
    """What is known after a message that tells only of what stands in the way; None for any other."""
    del turn
    return None
