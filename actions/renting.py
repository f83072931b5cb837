"""Somebody in a shelter who wants to rent: help to find a home, not another shelter."""

from __future__ import annotations

from actions import looking
from actions.context import WORRY, Turn
from actions.slots import Known, Want
from actions.words import sign
from directory.model import Need

__all__ = ["answered"]

_HOME = Want(Need.HOUSING.value, "cs_housing_navigation")
_ROOF = {Need.HOUSING.value, "emergency_shelter"}


def answered(turn: Turn) -> Known | None:
    """What is known after a list of who helps to find a home; None unless it is said beside a shelter."""
    heard = turn.heard
    named = {*heard.needs, *heard.programs}
    beside = "emergency_shelter" in named and named <= _ROOF
    if heard.crisis not in (None, WORRY) or not beside or not sign("wants_to_rent", heard.text):
        return None
    return looking.find(turn, looking.follow(turn), (_HOME,))
