"""Of everything that is missing for many programs, what is worth asking next, and which programs are out of reach."""

from __future__ import annotations

from functools import cache

from directory.eligibility import questions, rules
from directory.eligibility.assess import Screening, Situation
from directory.eligibility.evaluate import Outcome

__all__ = ["STATUS", "in_order", "is_never_asked", "without_medi_cal"]

STATUS = frozenset({"calfresh_status_ok", "hcv_one_member_eligible_status"})
"""What only an office may look at: nobody here asks for anybody's status, and nobody can type one."""


def is_never_asked(fact: str) -> bool:
    """Whether it is taken when somebody says it, and never asked."""
    return fact in _never()


@cache
def _never() -> frozenset[str]:
    return questions.load().never


def in_order(found: Screening) -> list[str]:
    """What touches most programs first, those that stand first counting more; what is sensitive counts half."""
    order: list[str] = []
    rank = {fact: place for place, fact in enumerate(found.missing)}
    waiting = [
        (len(found.verdicts) - place, [fact for fact in item.weights if not is_never_asked(fact)])
        for place, item in enumerate(found.verdicts)
    ]
    while weights := _summed(waiting):
        order.append(max(weights, key=lambda fact: (weights[fact], -rank[fact])))
        # An answer may settle whole programs: the next question is for those that this one does not touch.
        waiting = [(weight, facts) for weight, facts in waiting if order[-1] not in facts]
    return order


def _summed(waiting: list[tuple[int, list[str]]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for weight, facts in waiting:
        for fact in facts:
            found[fact] = found.get(fact, 0.0) + weight * (0.5 if questions.is_sensitive(fact) else 1)
    return found


def without_medi_cal(found: Screening, situation: Situation) -> list[str]:
    """The plan supports that somebody without Medi-Cal cannot get: told in one line for all."""
    if situation.facts.get("has_medi_cal") is not False:
        return []
    out = (item.program for item in found.verdicts if item.outcome is Outcome.PROBABLY_NOT)
    return [id for id in out if rules.program(id).plan_benefit]
