"""What somebody wants worked out without naming it: an income, a plan that they do not know."""

from __future__ import annotations

import re

from actions import asking, looking, may
from actions.context import Turn
from actions.slots import Known
from actions.words import sign
from directory import places, plans
from directory.eligibility import rules
from directory.eligibility.facts import INCOME
from directory.model import Place
from directory.reply import Kind, Reply

__all__ = ["income", "which_plan"]

_ANY_COUNTY = places.COUNTIES[0]
"""Health Care Options is one line for the whole state."""


def income(turn: Turn) -> Known | None:
    """An income said of itself asks what it is enough for: the program or the need in talk, else which need."""
    heard = turn.heard
    said = INCOME in turn.learned or (re.search(r"\d", heard.text) and sign("income", heard.text))
    if not said or _looks_for_a_place(turn):
        return None
    known = looking.follow(turn)
    program = _program(turn, known)
    return may.check(turn, known, program.id) if program else may.asked_about(turn)


def _looks_for_a_place(turn: Turn) -> bool:
    heard = turn.heard
    owes = sign("owing", heard.text) or "rent_help" in heard.programs
    return owes or (heard.act == "find_provider" and bool(heard.needs or heard.programs))


def _program(turn: Turn, known: Known) -> rules.Program | None:
    """The program named, else the one in talk; not one that nobody applies for with an income."""
    in_talk = (None,) if turn.heard.needs else (known.program,)
    applied_for = (name for name in (*turn.heard.programs, *in_talk) if name not in (None, *_GIVEN_FREELY))
    return next((rules.programs()[name] for name in applied_for if name in rules.programs()), None)


_GIVEN_FREELY = ("food_bank", "emergency_shelter")


def which_plan(turn: Turn) -> Known | None:
    """Somebody does not know their plan: the card says it; the plans of the county, and who can tell."""
    if turn.heard.plan or not sign("which_plan", turn.heard.text):
        return None
    known = looking.follow(turn)
    found = places.resolve(known.place) if known.place else None
    county = found.county if isinstance(found, Place) else None
    office = plans.office(county or _ANY_COUNTY, "plan_choice")
    phones = (office.phone,) if office.phone else ()
    lines = [turn.say("which_plan.card"), _of_county(turn, county)]
    lines.append(
        turn.say(
            "which_plan.office",
            name=office.name(turn.language),
            phone=office.phone or "211",
            ask=office.what_to_ask(turn.language),
        )
    )
    turn.utter("\n".join(lines), Reply(kind=Kind.PROGRAM, county=county, phones=phones))
    return asking.put_again(turn) if turn.known.asked.about in asking.BEFORE_A_LIST else known


def _of_county(turn: Turn, county: str | None) -> str:
    if county is None:
        return turn.say("which_plan.where")
    names = ", ".join(plan.short_name for plan in plans.plans_in(county))
    return turn.say("which_plan.county", county=county, plans=names)
