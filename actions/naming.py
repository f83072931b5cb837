"""What needs, programs and places are called in a sentence, so that a person can say them back."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known, Want
from directory import places
from directory.eligibility import rules
from directory.model import Need, Place
from directory.text import listing

__all__ = ["need_name", "place_name", "want_name"]


def need_name(turn: Turn, need: Need) -> str:
    """A need, as a line begins with it."""
    name = listing.need_name(need, turn.language)
    return name[:1].upper() + name[1:]


def want_name(turn: Turn, want: Want) -> str:
    """A program's short name, else the need's."""
    if want.program:
        return rules.program(want.program).short.get(turn.language)
    return need_name(turn, Need(want.need))


def place_name(turn: Turn, known: Known) -> str | None:
    """The place that is known, as people write it; None when none is settled."""
    found = places.resolve(known.place) if known.place else None
    return listing.place_name(found, turn.language) if isinstance(found, Place) else None
