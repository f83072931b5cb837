"""A household as the assistant, the desk and the command line know it: facts, plan, county, and what those settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from directory import plans
from directory.eligibility import rules
from directory.eligibility.evaluate import Household, Outcome, Verdict
from directory.eligibility.facts import UNSURE, Fact, Facts
from directory.eligibility.rules import Program
from directory.model import Need, Tri
from directory.plans import offers

__all__ = ["OFFERED", "WANTED", "Screening", "Situation", "household", "instead", "screen", "verdict"]

OFFERED = "plan_offers_service"
WANTED = ("wants_service", "needs_food_now")
"""Whoever asks for a program wants it, and who asks for food needs it: nobody is asked that."""


@dataclass(frozen=True)
class Situation:
    """What is known of a person: facts, the id of their plan, the county they live in.

    `listed` are programs for which the plan's own published list names somebody who gives them in that county.
    """

    facts: Facts = field(default_factory=dict)
    plan: str | None = None
    county: str | None = None
    listed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Screening:
    """All programs of a need for one household: the verdicts, best first, and what to ask next."""

    verdicts: tuple[Verdict, ...]
    missing: tuple[str, ...]


def household(situation: Situation, on: date) -> Household:
    """The facts, with what plan and county settle, ready for any program."""
    told = {name: fact for name, fact in situation.facts.items() if fact is not UNSURE}
    settled: dict[str, Fact] = dict.fromkeys(WANTED, True)
    if situation.county:
        settled["lives_in_california"] = True
    if situation.plan:
        settled["in_medi_cal_plan"] = told.get("has_medi_cal", True)
    # Who named a plan or a county and does not know whether that is Medi-Cal or California has said it all the same.
    known: dict[str, Fact] = {**situation.facts, **settled, **told}
    if situation.plan:
        known.update(_offers(situation, situation.plan, on))
    return Household(known, on)


def _offers(situation: Situation, plan: str, on: date) -> Mapping[str, bool]:
    """For each program that plans give, whether this one is known to give it there.

    A plan that does not serve the county settles nothing: people move, and cards are old.
    """
    found: dict[str, bool] = {}
    known_plan = plans.plans().get(plan)
    if known_plan is None or (situation.county and situation.county not in known_plan.counties):
        return found
    for program in rules.programs().values():
        if not program.plan_benefit:
            continue
        known = offers.offered(plan, situation.county, program.id, on)
        if known is Tri.UNKNOWN and program.id in situation.listed:
            known = Tri.YES
        if known is not Tri.UNKNOWN:
            found[f"{OFFERED}@{program.id}"] = known is Tri.YES
    return found


def verdict(program_id: str, situation: Situation, on: date) -> Verdict:
    """What the rules say of one program for this person that day."""
    return household(situation, on).verdict(program_id)


def screen(need: Need | None, situation: Situation, on: date) -> Screening:
    """Every program of a need (of all needs, where None), best first, with the facts that decide most still missing.

    What somebody without Medi-Cal cannot get through a plan stands last; a program that another comes before
    (`try_first`) stands after it.
    """
    here = household(situation, on)
    ids = rules.needs()[need] if need else tuple(rules.programs())
    if here.facts.get("has_medi_cal") is True:  # nobody is told to apply for what they have
        ids = tuple(id for id in ids if id != "medi_cal")
    found = [here.verdict(id) for id in ids]
    weights: dict[str, float] = {}
    for item in found:
        for fact, weight in item.weights.items():
            weights[fact] = weights.get(fact, 0.0) + weight
    missing = tuple(sorted(weights, key=lambda fact: -weights[fact]))
    return Screening(tuple(_after_what_comes_first(sorted(found, key=_rank))), missing)


_RANKS = {Outcome.MAY_QUALIFY: 0, Outcome.CANNOT_TELL: 1, Outcome.PROBABLY_NOT: 2}


def _rank(item: Verdict) -> int:
    return _RANKS[item.outcome]


def _after_what_comes_first(ranked: list[Verdict]) -> list[Verdict]:
    """The same order, but no program stands before one that is tried first, unless that one is out of reach."""
    order = list(ranked)
    for item in ranked:
        for first in rules.program(item.program).try_first:
            before = next((other for other in order if other.program == first), None)
            if before is None or before.outcome is Outcome.PROBABLY_NOT:
                continue
            if order.index(before) > order.index(item):
                order.remove(before)
                order.insert(order.index(item), before)
    return order


def instead(program_id: str, situation: Situation, on: date) -> Program | None:
    """The next best program of the same need after a "probably not"; None where all others are out of reach too."""
    need = rules.program(program_id).need
    ranked = screen(need, situation, on).verdicts
    best = next((item for item in ranked if item.program != program_id), None)
    if best is None or best.outcome is Outcome.PROBABLY_NOT:
        return None
    return rules.program(best.program)
