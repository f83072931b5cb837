"""The names that the texts of a follow-up have in the queue."""

from __future__ import annotations

import re

__all__ = ["DAYS", "FOLLOWUPS", "cause", "ended_by", "id_of", "of_one"]

DAYS = (3, 10)
"""A text on each of these days after the agreement."""
FOLLOWUPS = "followup:"
"""How the name of each begins."""
_CAUSE = re.compile(rf"{FOLLOWUPS}(\d{{1,12}}):(\d{{1,3}})")


def cause(id: int, day: int) -> str:
    """The text of that day."""
    return f"{of_one(id)}{day}"


def of_one(id: int) -> str:
    """How the names of the texts of one follow-up begin."""
    return f"{FOLLOWUPS}{id}:"


def id_of(text: str) -> int | None:
    """The follow-up whose text that is; None for any other text."""
    found = _CAUSE.fullmatch(text)
    return int(found[1]) if found else None


def ended_by(text: str) -> int | None:
    """The follow-up whose last text that is; None for any other text."""
    found = _CAUSE.fullmatch(text)
    return int(found[1]) if found and int(found[2]) == DAYS[-1] else None
