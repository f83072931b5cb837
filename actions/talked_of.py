"""What was told last, so that it can be told once more in another shape: a list, a program, a guide."""

from __future__ import annotations

from dataclasses import dataclass

from actions import asking
from actions.slots import Known
from directory.eligibility import rules
from directory.eligibility.guides import guides

__all__ = ["Talk", "last"]

_TOLD = ("near", "how")
"""Choices that end what was told of one program."""


@dataclass(frozen=True)
class Talk:
    """The ids of what was told last: of a program, of a guide, or else the list shown (`of_list`).

    `verdict` is the outcome said of the program, where one was; `steps` says that its steps were told last.
    """

    program: str | None = None
    guide: str | None = None
    of_list: bool = False
    verdict: str | None = None
    steps: bool = False


def last(known: Known) -> Talk | None:
    """What was told last; None while a question waits that its answer needs, or where nothing was told."""
    asked = known.asked
    if asked.about not in (None, asking.OFFER, asking.ABOUT_NEED):
        return None
    if asked.guide in guides():
        return Talk(guide=asked.guide)
    program, _, outcome = (asked.told or "").partition(":")
    if program in rules.programs():
        return Talk(program=program, verdict=outcome)
    offered = {choice.goal: choice.value for choice in asked.choices}
    told = next((offered[goal] for goal in _TOLD if offered.get(goal) in rules.programs()), None)
    if told:
        return Talk(program=told, steps="how" not in offered)
    if known.shown.ids:
        return Talk(of_list=True)
    return Talk(program=known.program) if known.program in rules.programs() and not asked.choices else None
