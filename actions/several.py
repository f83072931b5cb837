"""Several things in one message, each in its own place; what cannot be done at once is said back."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, looking
from actions.context import Turn
from actions.naming import place_name, want_name
from actions.parting import Part
from actions.slots import Known, Want
from directory import places
from directory.model import Place
from directory.reply import Kind, Reply

__all__ = ["answered"]

_ACTS = ("find_provider", "inform", "nlu_fallback", "greet", "check_eligibility")


def answered(turn: Turn) -> Known | None:
    """What is known after a message that asks for more than one place, or one answer, holds; None for any other."""
    heard = turn.heard
    if heard.crisis or heard.act not in _ACTS or turn.known.asked.about == asking.ABOUT_FACT:
        return None
    if turn.parts:
        return _each(turn)
    rest = _beyond(turn)
    if not rest or not (heard.places or turn.known.place) or heard.act == "check_eligibility":
        return None
    known = looking.answer(turn)
    if known.asked.about is None:
        _say_next(turn, tuple((want, known) for want in rest))
    return known


def _beyond(turn: Turn) -> tuple[Want, ...]:
    """What is named beside as many things as one message is answered for."""
    first = looking.wanted(turn)
    told = {want.need for want in first}
    named = [need for need in turn.heard.needs if need not in told]
    return tuple(Want(need) for need in named) if len(first) == looking.MOST else ()


def _each(turn: Turn) -> Known:
    """The list of each part in its place; then the question where, or what to write next."""
    known, left, count = turn.known, [], 0
    unplaced: tuple[Want, ...] = ()
    for part in turn.parts:
        alone = replace(turn, heard=part.heard, parts=(), patients=())
        wants = looking.wanted(alone)
        if part.heard.place is None:
            unplaced += wants
        elif count + len(wants) > looking.MOST or known.asked.about in asking.BEFORE_A_LIST:
            left += [(want, _there(known, part)) for want in wants]
        else:
            known = looking.find(alone, _there(known, part), wants, beside=len(turn.parts) > 1)
            count += len(wants)
    if left:
        _say_next(turn, tuple(left))
    if not unplaced or known.asked.about in asking.BEFORE_A_LIST:
        return known
    return asking.ask_place(turn, known.having(place=None, county=None, about=None), unplaced)


def _there(known: Known, part: Part) -> Known:
    found = places.resolve(part.heard.place or "")
    county = found.county if isinstance(found, Place) else None
    return known.having(place=part.heard.place, county=county)


def _say_next(turn: Turn, left: tuple[tuple[Want, Known], ...]) -> None:
    """What was asked for and waits: to be written as the next message."""
    named = (turn.say("cases.want_in", what=want_name(want, turn.language), place=_place(turn, known))
             for want, known in left)  # fmt: skip
    turn.utter(turn.say("cases.next", what="; ".join(named)), Reply(kind=Kind.SMALLTALK))


def _place(turn: Turn, known: Known) -> str:
    return place_name(known, turn.language) or known.place or ""
