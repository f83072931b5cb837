"""Somebody under 18 without a roof: the lines and words for young people first, never a list for grown people."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

from actions import guides, looking
from actions.context import Turn
from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import plain
from actions.slots import Known
from actions.words import sign
from directory.eligibility import strict
from directory.eligibility.guides import guide
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["GUIDE", "answered", "spoken_to"]

GUIDE = "youth_lines"
_FILE = Path(__file__).with_name("youth.yml")
_ROOF = {Need.HOUSING.value, "emergency_shelter"}


def spoken_to(turn: Turn) -> bool:
    """Whether this talk is with, or about, somebody under 18."""
    return turn.known.asked.guide == GUIDE or _minor(turn.heard.text)


def answered(turn: Turn) -> Known | None:
    """What is known after the words for a young person without a roof; None for anybody else."""
    text = turn.heard.text
    if turn.known.asked.guide == GUIDE and sign("on_a_couch", text):
        turn.utter(turn.say("youth.couch"), Reply(kind=Kind.SMALLTALK, phones=("211", "988", "911")))
        return turn.known.having(asked=replace(turn.known.asked, guide=GUIDE))
    named = {*turn.heard.needs, *turn.heard.programs}
    no_roof = bool(named & _ROOF) or turn.heard.crisis == "unsafe_tonight" or GUIDE in turn.heard.guides
    if not (no_roof or sign("sent_away", text)) or not _minor(text):
        return None
    return guides.tell(turn, looking.follow(turn), guide(GUIDE))


def _minor(text: str) -> bool:
    return _pattern().search(f" {plain(text)} ") is not None


@functools.cache
def _pattern() -> Opened:
    tables: Any = strict.plain(_FILE)
    assert isinstance(tables, dict)
    return either(tables["minor"], tables["words"])
