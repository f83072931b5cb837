"""Somebody under 18 without a roof: the lines and words for young people first, never a list for grown people."""

from __future__ import annotations

from dataclasses import replace

from actions import guides, looking, may, said
from actions.context import WORRY, Turn
from actions.silence import under_age, young
from actions.slots import Known
from actions.words import sign
from directory.eligibility.guides import guide
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["GUIDE", "LINE", "answered", "pregnant", "remembering", "spoken_to"]

GUIDE = "youth_lines"
LINE = "988"
"""The line for somebody under 18: free at any hour, and its number was seen in a source."""
_OF_A_BABY = {"wic"}
_ROOF = {Need.HOUSING.value, "emergency_shelter"}


def spoken_to(turn: Turn) -> bool:
    """Whether this talk is with, or about, somebody under 18."""
    return turn.known.asked.guide == GUIDE or young(turn.heard, turn.known)


def answered(turn: Turn) -> Known | None:
    """What is known after the words for a young person without a roof; None for anybody else."""
    text = turn.heard.text
    carrying = pregnant(turn)
    if carrying is not None:
        return carrying
    if turn.known.asked.guide == GUIDE and sign("on_a_couch", text):
        turn.utter(turn.say("youth.couch"), Reply(kind=Kind.SMALLTALK, phones=("211", "988", "911")))
        return turn.known.having(asked=replace(turn.known.asked, guide=GUIDE))
    named = {*turn.heard.needs, *turn.heard.programs}
    no_roof = bool(named & _ROOF) or turn.heard.crisis == "unsafe_tonight" or sign("sent_away", text)
    if named - _ROOF and not no_roof and GUIDE in turn.heard.guides and under_age(text):
        return _line_first(turn)
    if (no_roof or sign("takes_minors", text)) and not under_age(text) and _goes_on(turn):
        return _where_to_sleep(turn)
    if not (no_roof or GUIDE in turn.heard.guides) or not under_age(text):
        return None
    return guides.tell(turn, remembering(looking.follow(turn), text), guide(GUIDE))


def remembering(known: Known, text: str) -> Known:
    """What is known with the age that somebody under 18 says of themselves."""
    age = said.facts_in(text).get("age_years") if under_age(text) else None
    return known.having(facts=may.merged(known.facts, {"age_years": age})) if age is not None else known


def pregnant(turn: Turn) -> Known | None:
    """What is known after the words for a young person who is pregnant; None for anybody else, or without a roof."""
    heard, text = turn.heard, turn.heard.text
    if heard.crisis not in (None, WORRY, "unsafe_tonight") or not sign("pregnant_self", text) or not spoken_to(turn):
        return None
    if sign("sent_away", text) or {*heard.needs, *heard.programs} & _ROOF or set(heard.programs) & _OF_A_BABY:
        return None
    known = remembering(looking.follow(turn), text)
    turn.utter(turn.say("youth.pregnant"), Reply(kind=Kind.SMALLTALK, phones=("911", LINE, "211")))
    return known.having(asked=replace(known.asked, guide=GUIDE))


def _line_first(turn: Turn) -> Known:
    """Somebody under 18 asks for something else than a roof: the lines in one text, and what they ask for."""
    turn.utter(turn.say("youth.line"), Reply(kind=Kind.SMALLTALK, phones=(LINE, "988", "911")))
    calm = replace(turn, known=remembering(turn.known, turn.heard.text))
    known = looking.answer(calm)
    return known.having(asked=replace(known.asked, guide=GUIDE))


def _goes_on(turn: Turn) -> bool:
    """Whether the youth's own help was told in this talk already, or their age is known."""
    calm = turn.heard.crisis in (None, WORRY, "unsafe_tonight")
    if sign("takes_minors", turn.heard.text) and turn.known.shown.ids:
        return False
    return calm and turn.heard.about is None and spoken_to(turn)


def _where_to_sleep(turn: Turn) -> Known:
    """No list of shelters for grown people and families: who finds a bed for somebody under 18."""
    known = looking.follow(turn)
    turn.utter(turn.say("youth.sleep"), Reply(kind=Kind.SMALLTALK, phones=("211", LINE, "911")))
    return known.having(asked=replace(known.asked, guide=GUIDE))
