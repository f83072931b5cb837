"""A worker who asks for several people: each has a case of their own, and facts never cross."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered", "opened"]


def opened(turn: Turn) -> Turn:
    """The turn in the case that its message opens: an empty one for a new person, an earlier one returned to."""
    return turn


def answered(turn: Turn) -> Known | None:
    """What is known after a message that does nothing but open a case; None for any other."""
    del turn
    return None
