"""The list shown, in another shape: one number, one place, names and phones only, all of one place, plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions import places_meant, show
from actions.context import Turn
from actions.slots import Asked, Known
from actions.words import number_said, sign
from directory.model import Need
from directory.search import Hit
from directory.text import listing

__all__ = ["MOST", "next_one", "short", "tell"]

MOST = 3
"""How many places a short list names."""


def tell(turn: Turn, shape: str) -> Known:
    """The list or the place in talk in that shape."""
    return _SHAPES[shape](turn)


def _of_one(words: Callable[[Turn, Hit], str], *, again: str = "") -> Callable[[Turn], Known]:
    """A shape that is of one place: the one named, the one in talk, or the first; `again` is its name for the rest."""

    def answer(turn: Turn) -> Known:
        number = number_said(turn.heard.text)
        inside = number is not None and 0 < number <= len(turn.known.shown.ids)
        found = places_meant.one_of_them(turn, number if inside else None)
        if not found:
            return places_meant.gone(turn)
        show.hits(replace(turn, again=again), turn.known, words(turn, found[0]), found)
        shown = replace(turn.known.shown, focus=found[0].listing.id)
        return turn.known.having(shown=shown, asked=Asked())

    return answer


def _one(turn: Turn, hit: Hit) -> str:
    """The place as it stands in a list, how many more there are, and the words for them."""
    return _alone(turn, hit, turn.say("shape.one"))


def _alone(turn: Turn, hit: Hit, lead: str) -> str:
    more = _count(turn, "next", turn.known.shown.total - 1)
    return "\n".join(part for part in (lead, places_meant.line(turn, hit), _notice(turn, hit), more) if part)


def _count(turn: Turn, key: str, count: int) -> str:
    """How many more there are and what to say to see them; empty for none."""
    return turn.say(f"shape.{key}.one" if count == 1 else f"shape.{key}", count=count) if count > 0 else ""


def next_one(turn: Turn) -> Known:
    """The place after the one in talk, as it stands in the list."""
    shown = turn.known.shown
    found = places_meant.meant(turn, shown.ids.index(shown.focus or "") + 2)
    if not found:
        return places_meant.gone(turn)
    show.hits(turn, turn.known, _alone(turn, found[0], turn.say("shape.next_one")), found)
    return turn.known.having(shown=replace(shown, focus=found[0].listing.id), asked=Asked())


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
    return short(turn, places_meant.meant(turn, None)[:MOST])


def short(turn: Turn, found: Sequence[Hit], *lead: str) -> Known:
    """Those places after `lead`, a line each with its number on the list, and how to see the others."""
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
    left = turn.known.shown.total - len(found)
    more = _count(turn, "list" if len(found) < len(ids) else "more", left)
    show.hits(turn, turn.known, "\n".join((*lead, *lines, *notice, *((more,) if more else ()))), found)
    return turn.known.having(asked=Asked())


def _number(turn: Turn) -> Known:
    """The phone of one place; of each place of the page where several numbers are asked for."""
    if number_said(turn.heard.text) is None and sign("several_numbers", turn.heard.text):
        return short(turn, places_meant.page(turn))
    return _one_number(turn)


_one_number = _of_one(lambda turn, hit: listing.phone_line(hit, turn.language))


def _phone(turn: Turn, hit: Hit) -> str:
    return listing.phone_shown(hit.listing) or turn.say("shape.no_phone")


_SHAPES: Mapping[str, Callable[[Turn], Known]] = {
    "number": _number,
    "one": _of_one(_one),
    "longer": _of_one(
        lambda turn, hit: listing.details(hit, turn.language, channel=turn.channel), again="shown:details "
    ),
    "simpler": _of_one(_simple),
    "shorter": _shorter,
}
