"""Where somebody is: a place settled, or the question that settles it."""

from __future__ import annotations

from actions.asking import ABOUT_COUNTY, ABOUT_WHICH_PLACE, ask, ask_place
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from directory import places
from directory.model import Place, PlaceKind

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
        choices = tuple(Choice(_county(turn, option), "place", places.text_for(option)) for option in found.options)
        text = turn.say("ask.county_of_zip", zip=found.zip)
        return ask(turn, known, text, Asked(ABOUT_COUNTY, choices, wants)), None
    if isinstance(found, places.Ambiguous):
        choices = tuple(Choice(_label(turn, option), "place", places.text_for(option)) for option in found.options)
        text = turn.say("ask.which_place", place=found.options[0].name)
        return ask(turn, known, text, Asked(ABOUT_WHICH_PLACE, choices, wants)), None
    return ask_place(turn, known, wants, because=turn.say(_REFUSED[type(found)])), None


def _written(said: str, found: Place) -> str:
    """How the place is kept: as we write it, but a neighborhood as it was named."""
    return said if found.kind is PlaceKind.NEIGHBORHOOD else places.text_for(found)


def _county(turn: Turn, option: Place) -> str:
    return turn.say("county_name", county=option.county)


def _label(turn: Turn, option: Place) -> str:
    if option.kind is PlaceKind.COUNTY:
        return _county(turn, option)
    return turn.say("city_in_county", city=option.zip or option.name, county=_county(turn, option))
