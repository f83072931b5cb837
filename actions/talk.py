"""Words between people: hold on, anger, "why do you ask?", a blessing; each in one line, and on."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known

__all__ = ["answered"]


def answered(turn: Turn) -> Known | None:
    """What is known after such a word; None for a message that is none."""
    del turn
    return None
