"""Back after days: what was looked for can go on, or a new talk begins."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered"]


def answered(turn: Turn) -> Known | None:
    """What is known after somebody who comes back says whether to go on; None for any other message."""
    del turn
    return None
