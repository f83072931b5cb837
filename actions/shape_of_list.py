"""The list shown, in another shape: one number, one place, names and phones only, all of one place, plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import places_meant, show
from actions.context import Turn
from actions.slots import Asked, Known
from actions.words import number_said
from directory.model import Need
from directory.search import Hit
from directory.text import listing

__all__ = ["tell"]

MOST = 3
"""How many places a short list names."""


def tell(turn: Turn, shape: str) -> Known:
    """The list or the place in talk in that shape."""
    return _SHAPES[shape](turn)


def _of_one(words: Callable[[Turn, Hit], str]) -> Callable[[Turn], Known]:
    """A shape that is of one place: the one named, the one in talk, or the first."""

    def answer(turn: Turn) -> Known:
        number = number_said(turn.heard.text)
        inside = number is not None and 0 < number <= len(turn.known.shown.ids)
        found = places_meant.one_of_them(turn, number if inside else None)
        if not found:
            return places_meant.gone(turn)
        show.hits(turn, turn.known, words(turn, found[0]), found)
        shown = replace(turn.known.shown, focus=found[0].listing.id)
        return turn.known.having(shown=shown, asked=Asked())

    return answer


def _one(turn: Turn, hit: Hit) -> str:
    """The place as it stands in a list, and the word for the next one."""
    parts = (turn.say("shape.one"), listing.line(hit, turn.language), _notice(turn, hit), turn.say("shape.next"))
    return "\n".join(part for part in parts if part)


def _simple(turn: Turn, hit: Hit) -> str:
    """Whom to call and what to ask there."""
    name, phone = listing.title(hit.listing, turn.language), listing.phone_shown(hit.listing)
    want = turn.known.shown.want
    what = listing.need_name(Need(want.need), turn.language) if want.need else ""
    ask = turn.say("shape.ask", what=what) if what else ""
    first = turn.say("shape.call_them", name=name, phone=phone) if phone else turn.say("unknown.ask_there", name=name)
    return "\n".join(part for part in (first, ask, _notice(turn, hit)) if part)


def _notice(turn: Turn, hit: Hit) -> str:
    return listing.demo_notice(turn.language, one=True) if hit.listing.provenance.demo else ""


def _shorter(turn: Turn) -> Known:
    """Name and phone of the first places of the page, or of the place in talk, a line each."""
    found = places_meant.meant(turn, None)[:MOST]
    if not found:
        return places_meant.gone(turn)
    ids = turn.known.shown.ids
    lines = [
        turn.say("shape.line", number=ids.index(hit.listing.id) + 1, name=name, phone=phone)
        for hit in found
        for name, phone in [(listing.title(hit.listing, turn.language), _phone(turn, hit))]
    ]
    demo = any(hit.listing.provenance.demo for hit in found)
    notice = [listing.demo_notice(turn.language, one=len(found) == 1)] if demo else []
    show.hits(turn, turn.known, "\n".join((*lines, *notice)), found)
    return turn.known.having(asked=Asked())


def _phone(turn: Turn, hit: Hit) -> str:
    return listing.phone_shown(hit.listing) or turn.say("shape.no_phone")


_SHAPES: Mapping[str, Callable[[Turn], Known]] = {
    "number": _of_one(lambda turn, hit: listing.phone_line(hit, turn.language)),
    "one": _of_one(_one),
    "longer": _of_one(lambda turn, hit: listing.details(hit, turn.language)),
    "simpler": _of_one(_simple),
    "shorter": _shorter,
}
