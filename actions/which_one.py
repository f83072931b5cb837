"""Which of the places shown something is told of, asked with their names, and the answer to that."""

from __future__ import annotations

import re

from actions import asking
from actions.context import Turn
from actions.slots import Asked, Known
from actions.tried_meant import named, shown
from actions.words import sign
from directory.reply import Kind, Reply
from directory.text import listing

__all__ = ["ask", "named_places", "told", "waits_for"]

_MOST = 5
_ALONE = re.compile(r"\W*(\d{1,2})\W*")


def ask(turn: Turn, known: Known, what: str, key: str, *, all_too: bool = True) -> Known:
    """Puts the question `key` with the places of the page shown, and all of them, and remembers of what it is."""
    lines = named_places(turn, known)
    if all_too and len(lines) > 1:
        lines.append(turn.say("after.all", number=len(known.shown.ids) + 1))
    text = turn.say(key, places="\n".join(("", *lines))).replace(" \n", "\n")
    turn.utter(text, Reply(kind=Kind.QUESTION, need=known.need, program=known.program, place=known.place))
    return known.having(asked=Asked(asking.ABOUT_REPORTED, question=what, tries=1))


def named_places(turn: Turn, known: Known) -> list[str]:
    """The places of the page shown, a line each with its number on the list."""
    numbers = {one: number for number, one in enumerate(known.shown.ids, 1)}
    hits = shown(turn, _page(known))
    return [f"{numbers[hit.listing.id]} {listing.title(hit.listing, turn.language)}" for hit in hits]


def waits_for(turn: Turn) -> str | None:
    """Of what it was asked which place it is."""
    asked = turn.known.asked
    return asked.question if asked.about == asking.ABOUT_REPORTED else None


def told(turn: Turn) -> tuple[str, ...]:
    """The places that the answer names; none where it names none of them."""
    ids = turn.known.shown.ids
    alone = _ALONE.fullmatch(turn.heard.text)
    if alone:
        number = int(alone[1])
        return (ids[number - 1],) if 0 < number <= len(ids) else _page(turn.known) if number == len(ids) + 1 else ()
    if turn.heard.needs or turn.heard.programs or turn.heard.places or "?" in turn.heard.text:
        return ()
    if sign("tried_none_of_list", turn.heard.text, alone=True):
        return ()
    return _page(turn.known) if sign("all_of_it", turn.heard.text, alone=True) else named(turn, turn.heard.text)


def _page(known: Known) -> tuple[str, ...]:
    """The places of the page that was shown last."""
    return known.shown.ids[known.shown.offset :][:_MOST] or known.shown.ids[:_MOST]
