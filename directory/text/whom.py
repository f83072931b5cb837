"""Whom staff call about a program, by plan and county, and the one reason that matters of a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from directory import plans
from directory.eligibility import questions, rules
from directory.eligibility.assess import Situation
from directory.eligibility.evaluate import Outcome, State, Verdict
from directory.eligibility.facts import INCOME
from directory.eligibility.rules import Program
from directory.model import Language, Need
from directory.text import offices
from directory.text.catalogue import say
from directory.text.verdict import hedge, open_points, pending, reasons

__all__ = ["main_reason", "plan_of", "question", "to_call"]


def plan_of(situation: Situation) -> plans.Plan | None:
    """The person's plan."""
    return plans.plan(situation.plan) if situation.plan else None


def to_call(program: Program, situation: Situation, on: date, language: Language) -> Iterator[str]:
    """The plan where plans give it, the office of the county, and the statewide line; each hedged where due."""
    plan = plan_of(situation)
    office: plans.Office | None = None
    serves = plan and (not situation.county or situation.county in plan.counties)
    if program.plan_benefit and plan and serves:
        phone, stands = _phone(plan, program, on)
        yield say("desk.check.phone.plan", language, plan=plan.name, phone=_hedged(phone, stands, language))
    elif situation.county:
        office = plans.office(situation.county, program.id)
        yield offices.told(office, language, on)
    line = program.known_line
    if line and not (office and office.phone == line.phone):
        stands = line.stands(on)
        yield say("desk.check.phone.line", language, phone=_hedged(line.phone, stands, language, "unchecked"))
    if not situation.county and not program.known_line and not (program.plan_benefit and plan):
        yield program.ask.get(language)


def _phone(plan: plans.Plan, program: Program, on: date) -> tuple[str, bool]:
    if program.need is Need.TRANSPORT and plan.ride_line:
        return plan.ride_line, plan.ride_line_stands(on)
    return plan.phone, plan.phone_stands(on)


def _hedged(phone: str, stands: bool, language: Language, key: str = "unsure") -> str:
    return phone if stands else say(f"desk.check.phone.{key}", language, phone=phone)


def main_reason(verdict: Verdict, situation: Situation, language: Language) -> str:
    """One sentence: why it is so, or what keeps it from being decided."""
    if verdict.because:
        return hedge(verdict, language) or rules.program(verdict.program).ask.get(language)
    if verdict.outcome is Outcome.CANNOT_TELL:
        return _holds_up(verdict, situation, language)
    told = reasons(verdict, situation.facts, language) or pending(verdict, language)
    return told[0] if told else rules.program(verdict.program).who_decides.get(language)


def _holds_up(verdict: Verdict, situation: Situation, language: Language) -> str:
    """What is too near a line or to be looked up; else the first question that was not asked yet."""
    states = {item.state for item in verdict.reasons}
    points = open_points(verdict, situation.facts, language)
    if points and states & {State.UNSETTLED, State.NEAR, State.NO_FIGURE}:
        return points[0]
    facts = verdict.worth_asking or verdict.missing
    if facts:
        brief, mark, _ = question(facts[0], language).partition("?")
        return say("desk.check.screen.ask", language, question=f"{brief}{mark}")
    return rules.program(verdict.program).who_decides.get(language)


def question(fact: str, language: Language) -> str:
    """How a fact is asked for; an income as an amount, for staff write one down."""
    return say("desk.check.income", language) if fact == INCOME else questions.by_id(fact).text.get(language)
