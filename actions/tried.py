"""What was tried: a place that was full or turned somebody away is left out, with all its sites."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered"]


def answered(turn: Turn) -> Known | None:
    """What is known after an answer without the place that did not work; None for a message that tells of none."""
    del turn
    return None
