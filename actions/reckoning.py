"""What cannot be worked out from what is known: an income, a plan that somebody does not know."""

from __future__ import annotations

import re

from actions import asking, looking, telling
from actions.context import Turn
from actions.slots import Known
from actions.words import sign
from directory import places, plans
from directory.eligibility import rules
from directory.model import Need, Place
from directory.reply import Kind, Reply

__all__ = ["income", "which_plan"]

_OF_NEED = {Need.FOOD.value: "calfresh", Need.OTHER_HEALTH.value: "medi_cal", Need.HOME_CARE.value: "ihss",
            Need.UTILITIES.value: "liheap", Need.HOUSING.value: "rent_help"}  # fmt: skip
_ANY_COUNTY = places.COUNTIES[0]
"""Health Care Options is one line for the whole state."""


def income(turn: Turn) -> Known | None:
    """Nobody is told yes or no for an income: anyone may apply, who decides, and how to apply."""
    heard = turn.heard
    if not re.search(r"\d", heard.text) or not sign("income", heard.text) or _looks_for_a_place(turn):
        return None
    known = looking.follow(turn)
    program = _program(turn, known)
    if program is None:
        text = " ".join((turn.say("income.later", who=turn.say("income.county")), turn.say("income.others")))
        turn.utter(text, Reply(kind=Kind.QUESTION, phones=("211",)))
        return known
    who = program.who_decides.get(turn.language)
    turn.utter(turn.say("income.later", who=who[:1].lower() + who[1:]), Reply(kind=Kind.PROGRAM, program=program.id))
    return telling.tell(turn, known, program.id, "steps")


def _looks_for_a_place(turn: Turn) -> bool:
    heard = turn.heard
    owes = sign("owing", heard.text) or "rent_help" in heard.programs
    return owes or (heard.act == "find_provider" and bool(heard.needs or heard.programs))


def _program(turn: Turn, known: Known) -> rules.Program | None:
    """The program named, else the one in talk, else the first that one may apply for with that need."""
    heard = turn.heard
    need = heard.needs[0] if heard.needs else known.need
    in_talk = (None,) if heard.needs else (known.program,)
    named = (*heard.programs, *in_talk, _OF_NEED.get(need or ""))
    applied_for = (name for name in named if name and name not in ("food_bank", "emergency_shelter"))
    return next((rules.programs()[name] for name in applied_for if name in rules.programs()), None)


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
