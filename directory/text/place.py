"""What to say when a text is not one place in California: each kind of none has its own sentence."""

from __future__ import annotations

from directory import places
from directory.model import Language, Place
from directory.text.catalogue import say

__all__ = ["problem"]


def problem(found: places.Resolution, language: Language) -> str | None:
    """What is wrong with what a person wrote for a place and what to write instead; None for a place."""
    if isinstance(found, Place):
        return None
    if isinstance(found, places.OverCountyLine):
        counties = "; ".join(places.text_for(option) for option in found.options)
        return say("place.over_line", language, zip=found.zip, options=counties)
    if isinstance(found, places.Ambiguous):
        options = "; ".join(places.text_for(option) for option in found.options)
        return say("place.ambiguous", language, text=_short(found.text), options=options)
    kinds = {places.BadZip: "place.bad_zip", places.OutsideCalifornia: "place.outside"}
    return say(kinds.get(type(found), "place.unknown"), language, text=_short(found.text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
