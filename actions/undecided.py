"""Somebody who is to choose and has no wish of their own ("either", "which is easiest?"): the first, and why."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, looking, may, program_sides, telling
from actions.context import Turn
from actions.labels import label
from actions.slots import Choice, Known
from actions.words import sign
from directory.reply import Kind, Reply

__all__ = ["answered"]

_FEW = 8
"""How many words "which one is the easiest to get" has at most."""


def answered(turn: Turn) -> Known | None:
    """The first choice of the question that waits, said to be the first; None where nothing is to be chosen."""
    if _anywhere(turn):
        return asking.ask_place(turn, turn.known, turn.known.asked.wants, because=turn.say("talk.any_place"))
    key = _undecided(turn)
    if key is None:
        return None
    first = turn.known.asked.choices[0]
    words = turn.say(f"talk.{key}", name=label(first, turn.known, turn.language))
    turn.utter(words, Reply(kind=Kind.SMALLTALK))
    return _chosen(turn, first)


def _anywhere(turn: Turn) -> bool:
    """Whether "whichever" answers where to look: no place has that name."""
    waits = turn.known.asked.about == asking.ABOUT_PLACE
    return waits and not turn.heard.names_something and sign("either", turn.heard.text, alone=True)


def _undecided(turn: Turn) -> str | None:
    heard, asked = turn.heard, turn.known.asked
    if not asked.choices or heard.names_something or heard.crisis:
        return None
    if asked.about not in (asking.ABOUT_PROGRAM, asking.ABOUT_COUNTY, asking.ABOUT_WHICH_PLACE):
        return None
    if sign("either", heard.text, alone=True):
        return "first_of_them"
    asks = sign("easiest", heard.text) and len(heard.text.split()) <= _FEW
    return "no_easiest" if asks and asked.about == asking.ABOUT_PROGRAM else None


def _chosen(turn: Turn, choice: Choice) -> Known:
    """What follows when that choice is picked."""
    known, value = looking.chosen(turn.known, choice), choice.value or ""
    said = replace(turn.heard, text=label(choice, turn.known, turn.language))
    side = program_sides.answered(replace(turn, heard=said)) if turn.known.asked.question else None
    if side is not None:
        return side
    if choice.goal == "may":
        return may.check(turn, known, value)
    if choice.goal in telling.TOLD:
        return telling.tell(turn, known, value, choice.goal)
    return looking.find(turn, known, looking.waiting(turn.known, choice))
