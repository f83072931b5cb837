"""What needs, programs and places are called in a sentence, so that a person can say them back."""

from __future__ import annotations

from actions.slots import Known, Want
from directory import places
from directory.model import Language, Need, Place
from directory.text import listing

__all__ = ["need_name", "place_name", "program_name", "want_name"]


def need_name(need: Need, language: Language) -> str:
    """A need, as a line begins with it."""
    name = listing.need_name(need, language)
    return name[:1].upper() + name[1:]


def program_name(program: str, language: Language) -> str:
    """A program's short name."""
    return listing.program_name(program, language)


def want_name(want: Want, language: Language) -> str:
    """A program's short name, else the need's."""
    return program_name(want.program, language) if want.program else need_name(Need(want.need), language)


def place_name(known: Known, language: Language) -> str | None:
    """The place that is known, as people write it; None when none is settled."""
    found = places.resolve(known.place) if known.place else None
    return listing.place_name(found, language) if isinstance(found, Place) else None
