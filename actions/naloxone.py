"""Naloxone (Narcan): given at once to whoever took too much, and where to get some to keep near."""

from __future__ import annotations

from dataclasses import replace

from actions.context import WORRY, Turn
from actions.slots import Known
from actions.words import sign
from directory.reply import Kind, Reply

__all__ = ["answered", "beside"]

_MEDICAL = "medical"


def beside(turn: Turn) -> None:
    """After the words of an overdose: what they have at hand is given now, 911 first."""
    if turn.heard.crisis == _MEDICAL and (sign("opioid", turn.heard.text) or sign("naloxone", turn.heard.text)):
        turn.utter(turn.say("naloxone.give"), Reply(kind=Kind.CRISIS, crisis=_MEDICAL, phones=("911",)))


def answered(turn: Turn) -> Known | None:
    """What is known after where to get it; None for a message of something else, or of a danger."""
    if turn.heard.crisis not in (None, WORRY) or not sign("naloxone", turn.heard.text):
        return None
    turn.utter(turn.say("naloxone.where"), Reply(kind=Kind.SMALLTALK, phones=("911", "211")))
    return turn.known.having(asked=replace(turn.known.asked, tries=0))
