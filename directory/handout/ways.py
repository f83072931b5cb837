"""The way to a program on the paper: the first steps, whom to call, what to say, what to bring, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directory import plans
from directory.eligibility import rules
from directory.eligibility.rules import Program
from directory.handout.drafts import Around
from directory.handout.places import Line
from directory.model import Language, Need
from directory.text import offices
from directory.text.catalogue import say
from directory.text.names import capital, joined, program_name
from directory.text.verdict import anyone_may_apply, what_to_say

__all__ = ["Way", "way"]


@dataclass(frozen=True)
class Way:
    """A program on the paper; `steps` in their order, `hedge` where nobody may count on what the rules said."""

    id: str
    name: str
    what: str
    may: str
    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    hedge: str | None = None


def way(id: str, around: Around, language: Language, today: date) -> Way:
    """The way to that program for somebody of that plan and county; never more than "may"."""
    program = rules.program(id)
    decides = anyone_may_apply(id, language) or program.who_decides.get(language)
    hedge = program.hedge(today)
    return Way(
        id=id,
        name=capital(program_name(id, language)),
        what=program.what.get(language),
        may=say("handout.may", language, decides=decides),
        steps=program.steps.get(language),
        lines=tuple(_lines(program, around, language, today)),
        hedge=hedge.get(language) if hedge else None,
    )


def _lines(program: Program, around: Around, language: Language, today: date) -> Iterator[Line]:
    for told in _to_call(program, around, language, today):
        yield _line("phone", told, language)
    yield _line("say", _unsaid(what_to_say(program, language)), language)
    if bring := program.bring.get(language):
        yield _line("bring", capital(joined(bring, language)), language)
    if program.current(today):
        yield _line("long", program.how_long.get(language), language)


def _to_call(program: Program, around: Around, language: Language, today: date) -> Iterator[str]:
    """The plan where plans give it and it serves the county, else the office of the county; then the statewide line."""
    plan = plans.plans().get(around.plan or "")
    office = None
    if program.plan_benefit and plan and (not around.county or around.county in plan.counties):
        yield _plan(plan, program, language, today)
    elif around.county:
        office = plans.office(around.county, program.id)
        yield offices.told(office, language, today)
    line = program.known_line
    if line and not (office and office.phone == line.phone):
        key = "line" if line.stands(today) else "line_unsure"
        yield say(f"assistant.program.{key}", language, phone=line.phone)
    elif not around.county and not (program.plan_benefit and plan):
        yield program.ask.get(language)


def _plan(plan: plans.Plan, program: Program, language: Language, today: date) -> str:
    rides = program.need is Need.TRANSPORT and plan.ride_line
    phone = plan.ride_line if rides else plan.phone
    stands = plan.ride_line_stands(today) if rides else plan.phone_stands(today)
    return say(f"assistant.program.{'plan' if stands else 'plan_unsure'}", language, plan=plan.name, phone=phone)


def _line(key: str, text: str, language: Language) -> Line:
    return Line(say(f"handout.label.{key}", language), text)


def _unsaid(text: str) -> str:
    """The words alone: the label says that they are to be said."""
    return text.partition(": ")[2] or text
