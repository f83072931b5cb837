"""Where somebody lives, in answer to the question of the rules: which place, and whether it lies in California."""

from __future__ import annotations

from actions import said
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known
from directory import places
from directory.eligibility import questions
from directory.eligibility.facts import UNSURE, Fact
from directory.model import Place

__all__ = ["placed", "where"]


def where(turn: Turn) -> dict[str, Fact]:
    """Whether the place named lies in California; where the county is still open, no matter."""
    text = turn.heard.place or turn.heard.text
    found = places.resolve(text)
    if isinstance(found, Place | places.OverCountyLine | places.Ambiguous):
        return {questions.PLACE: True}
    if isinstance(found, places.OutsideCalifornia):
        return {questions.PLACE: False}
    answer = said.answer_to(questions.PLACE, turn.heard.text, line=None)
    if isinstance(answer, bool) and not _OF_THE_STATE & set(fold(turn.heard.text).split()):
        return {} if answer else {questions.PLACE: UNSURE}  # "no" to "what city?" tells of no other state
    return {} if answer is None else {questions.PLACE: answer}


_OF_THE_STATE = frozenset({"california", "calif", "cali", "ca", "state", "estado", "here", "aqui"})


def placed(known: Known) -> Known:
    """What is known with the county of a place that lies in one."""
    found = places.resolve(known.place) if known.place and not known.county else None
    return known.having(county=found.county) if isinstance(found, Place) else known
