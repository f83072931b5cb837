"""What is known of one condition: judged from what was said, from who can know it, and from its line."""

from __future__ import annotations

from enum import Enum

from directory.eligibility.conditions import Condition
from directory.eligibility.facts import UNSURE, Amount, Fact

__all__ = ["State", "judged", "unanswered"]


class State(str, Enum):
    """What is known of one condition."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    """Nobody asked the person yet."""
    UNSURE = "unsure"
    """The person does not know or did not want to say."""
    DEFERRED = "deferred"
    """Others check it; taken for true."""
    UNSETTLED = "unsettled"
    """To be looked up, and not known: does the plan offer it, is the list open."""
    NEAR = "near"
    """The income is too close to the line."""
    NO_FIGURE = "no_figure"
    """No verified, current figure is known for that day."""


def unanswered(condition: Condition, fact: Fact | None) -> State:
    """What stands of a condition without an answer: it is asked, looked up, or checked by others."""
    if condition.answered_by == "directory":
        return State.UNSETTLED
    if condition.answered_by != "patient" or not condition.ask:
        return State.DEFERRED
    return State.UNSURE if fact is UNSURE else State.OPEN


def judged(condition: Condition, fact: Fact) -> State:
    """What an answer makes of a condition; an answer of the wrong kind is none."""
    test = condition.test
    if test.kind == "is" and isinstance(fact, bool):
        return State.YES if fact is test.value else State.NO
    if test.kind == "one_of" and isinstance(fact, str) and isinstance(test.value, tuple):
        return State.YES if fact in test.value else State.NO
    if isinstance(fact, Amount) and isinstance(test.value, int | float):
        return _compared(test.kind, test.value, fact)
    return unanswered(condition, None)


def _compared(kind: str, bound: float, amount: Amount) -> State:
    if kind == "at_least":
        return State.YES if amount.low >= bound else State.NO if amount.top < bound else State.OPEN
    return State.YES if amount.top <= bound else State.NO if amount.low > bound else State.OPEN
