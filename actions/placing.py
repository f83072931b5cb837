"""Where somebody is: a place settled, or the question that settles it."""

from __future__ import annotations

from collections.abc import Iterable

from actions.asking import ABOUT_COUNTY, ABOUT_WHICH_PLACE, ask, ask_place
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from directory import places
from directory.model import Place, PlaceKind
from directory.text.ours import ours

__all__ = ["settled"]

_REFUSED = {
    places.BadZip: "place.bad_zip",
    places.OutsideCalifornia: "place.outside",
    places.UnknownPlace: "place.unknown",
}


def settled(turn: Turn, known: Known, wants: tuple[Want, ...]) -> tuple[Known, Place | None]:
    """The place that `known` names; or None, after asking for it while `wants` wait."""
    if not known.place:
        return ask_place(turn, known, wants), None
    found = places.resolve(known.place)
    if isinstance(found, Place):
        return known.having(place=_written(known.place, found), county=found.county), found
    known = known.having(place=None, county=None)
    if isinstance(found, places.OverCountyLine):
        own = ours().counties  # the clinic's own come first; none is taken for granted
        options = sorted(found.options, key=lambda option: option.county not in own)
        return ask(turn, known, Asked(ABOUT_COUNTY, _choices("county", options), wants)), None
    if isinstance(found, places.Ambiguous):
        return ask(turn, known, Asked(ABOUT_WHICH_PLACE, _choices("place", found.options), wants)), None
    return ask_place(turn, known, wants, because=turn.say(_REFUSED[type(found)])), None


def _written(said: str, found: Place) -> str:
    """How the place is kept: as we write it, never as it was typed; a neighborhood by its name where it has one."""
    name = places.names().get(said.casefold()) if found.kind is PlaceKind.NEIGHBORHOOD else None
    return name or places.text_for(found)


def _choices(goal: str, options: Iterable[Place]) -> tuple[Choice, ...]:
    return tuple(Choice(goal, places.text_for(option)) for option in options)
