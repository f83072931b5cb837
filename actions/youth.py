"""Somebody under 18 without a roof: the lines and words for young people first, never a list for grown people."""

from __future__ import annotations

from dataclasses import replace

from actions import guides, looking
from actions.context import Turn
from actions.silence import under_age, young
from actions.slots import Known
from actions.words import sign
from directory.eligibility.guides import guide
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["GUIDE", "answered", "spoken_to"]

GUIDE = "youth_lines"
_ROOF = {Need.HOUSING.value, "emergency_shelter"}


def spoken_to(turn: Turn) -> bool:
    """Whether this talk is with, or about, somebody under 18."""
    return turn.known.asked.guide == GUIDE or young(turn.heard, turn.known)


def answered(turn: Turn) -> Known | None:
    """What is known after the words for a young person without a roof; None for anybody else."""
    text = turn.heard.text
    if turn.known.asked.guide == GUIDE and sign("on_a_couch", text):
        turn.utter(turn.say("youth.couch"), Reply(kind=Kind.SMALLTALK, phones=("211", "988", "911")))
        return turn.known.having(asked=replace(turn.known.asked, guide=GUIDE))
    named = {*turn.heard.needs, *turn.heard.programs}
    no_roof = bool(named & _ROOF) or turn.heard.crisis == "unsafe_tonight" or GUIDE in turn.heard.guides
    if not (no_roof or sign("sent_away", text)) or not under_age(text):
        return None
    return guides.tell(turn, looking.follow(turn), guide(GUIDE))
