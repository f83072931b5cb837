"""Single things that no program stands for (diapers, a dentist): looked for by their word in what places say."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Want
from actions.words import thing
from directory.model import Need

__all__ = ["anywhere", "narrows", "need_of", "of", "waiting"]

_WIDE = {None, Need.FAMILY.value, Need.OTHER_HEALTH.value}
"""Needs too wide for a list of all that is in them to answer a question for one thing."""


def waiting(turn: Turn) -> str | None:
    """The thing that is looked for once a question is answered."""
    named = turn.heard.needs or turn.heard.programs
    return of(turn) or (None if named else turn.known.asked.thing)


def of(turn: Turn) -> str | None:
    """The thing that this message names, unless it names something that a list stands for."""
    heard = turn.heard
    if heard.programs or not set(heard.needs) <= _WIDE:
        return None
    return thing(heard.text)


def narrows(want: Want) -> bool:
    """Whether a thing narrows what is wanted."""
    return want.program is None and want.need in _WIDE


def need_of(name: str) -> Want:
    """Under which need a thing is looked for."""
    return Want((Need.FAMILY if name in _OF_FAMILIES else Need.OTHER_HEALTH).value)


def anywhere(name: str | None) -> bool:
    """Whether a place of any need may have the thing; care is looked for among those that give care."""
    return name in _OF_FAMILIES


_OF_FAMILIES = {"diaper", "formula"}
