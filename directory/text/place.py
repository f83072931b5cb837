"""What to say when a text is not one place in California: each kind of none has its own sentence."""

from __future__ import annotations

from directory import places
from directory.model import Language, Place, PlaceKind
from directory.text.catalogue import say

__all__ = ["option_name", "problem"]


def problem(found: places.Resolution, language: Language) -> str | None:
    """What is wrong with what a person wrote for a place and what to write instead; None for a place."""
    if isinstance(found, Place):
        return None
    if isinstance(found, places.OverCountyLine):
        return say("place.over_line", language, zip=found.zip, options=_options(found.options, language))
    if isinstance(found, places.Ambiguous):
        options = _options(found.options, language)
        return say("place.ambiguous", language, text=_short(found.text), options=options)
    kinds = {places.BadZip: "place.bad_zip", places.OutsideCalifornia: "place.outside"}
    return say(kinds.get(type(found), "place.unknown"), language, text=_short(found.text))


def option_name(place: Place, language: Language) -> str:
    """A place as one of several that a word may mean; `places.resolve` takes the words back to that place."""
    if place.kind is PlaceKind.COUNTY:
        return say("place.option.county", language, county=place.county)
    if place.kind is PlaceKind.ZIP and place.zip:
        return say("place.option.zip", language, zip=place.zip, county=place.county)
    city = say("place.option.city", language, name=place.name)
    back = places.resolve(city)
    known = isinstance(back, Place) and (back.name, back.county) == (place.name, place.county)
    return city if known else places.text_for(place)


def _options(options: tuple[Place, ...], language: Language) -> str:
    return "; ".join(option_name(option, language) for option in options)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
