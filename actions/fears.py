"""Fixed answers to fear: of what help costs, of the police, of a record, of losing children."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered"]


def answered(turn: Turn) -> Known | None:
    """What is known after a fixed answer to a fear; None for a message without one."""
    del turn
    return None
