"""Telling of a program: what it is and how to get it; dated, hedged where due, and never a promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from actions import asking, looking
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from actions.steps import dated, way
from directory import plans
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["TOLD", "lines", "phones", "tell", "tell_or_ask"]


def tell_or_ask(turn: Turn, about: str) -> Known:
    """The program named, else the one spoken of last; with a need alone, a list of its programs to choose from."""
    heard, known = turn.heard, looking.follow(turn)
    program = next((name for name in heard.programs if name in rules.programs()), None)
    if program:
        return tell(turn, known, program, about)
    if heard.needs:
        if known.place and about != "steps" and heard.needs[0] != turn.known.need:
            return looking.answer(turn)
        return _choose(turn, known, Need(heard.needs[0]), about)
    if known.program:
        return tell(turn, known, known.program, about)
    return _choose(turn, known, Need(known.need), about) if known.need else asking.ask_need(turn, known)


def _choose(turn: Turn, known: Known, need: Need, about: str) -> Known:
    programs = rules.needs().get(need, ())
    if not programs:
        return looking.find(turn, known, (Want(need.value),))
    if len(programs) == 1:
        return tell(turn, known, programs[0], about)
    choices = tuple(Choice(about, name) for name in programs)
    known = known.having(need=need.value, program=None)
    return asking.ask(turn, known, Asked(asking.ABOUT_PROGRAM, choices))


def tell(turn: Turn, known: Known, program_id: str, about: str) -> Known:
    """Tells of a program: what it is (`program`), how to get it (`steps`), or how to find out who may (`may`)."""
    program = rules.program(program_id)
    known = known.having(need=program.need.value, program=program.id)
    choices = tuple(_next(program_id, about))
    name, *more = TOLD[about](turn, program)
    turn.utter(
        "\n".join((name, *_old(turn, program), *more, *lines(turn, known, program), *_dated(turn, program))),
        Reply(
            kind=Kind.STEPS if about == "steps" else Kind.PROGRAM,
            need=known.need,
            program=program.id,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=asking.buttons(turn, known, choices),
            phones=tuple(phones(known, program)),
            sources=tuple(source.id for source in program.sources),
        ),
        tail="\n".join((turn.say("program.next"), *asking.numbered(turn, known, choices))),
        again=f"{about}:{program.id}",
    )
    return known.having(asked=Asked(asking.OFFER, choices))


def _name(turn: Turn, program: rules.Program) -> str:
    name = program.official.get(turn.language)
    told_with_its_day = turn.channel == "sms" and program.current(turn.now.date())
    return dated(turn, name, program.status, program.checked_on) if told_with_its_day else name


def _what(turn: Turn, program: rules.Program) -> Iterator[str]:
    yield turn.say("program.what", name=_name(turn, program), what=program.what.get(turn.language))
    yield program.who_decides.get(turn.language)


def _steps(turn: Turn, program: rules.Program) -> Iterator[str]:
    yield _name(turn, program)
    yield from way(turn, program, long=program.current(turn.now.date()))
    yield program.who_decides.get(turn.language)


TOLD = {"program": _what, "steps": _steps}
"""What can be told of a program, by the goal of a choice."""


def lines(turn: Turn, known: Known, program: rules.Program) -> Iterator[str]:
    """The numbers to call: of the program, and of the person's own plan where the plan gives it."""
    if program.known_line:
        stands = program.known_line.stands(turn.now.date())
        key = "program.line" if stands else "program.line_unsure"
        yield turn.say(key, phone=program.known_line.phone)
    plan = _plan(known, program)
    if plan and known.county and plan.counties and known.county not in plan.counties:
        yield turn.say("plan.not_here", plan=plan.short_name, county=known.county)
    elif plan:
        phone, verified = _plan_phone(plan, program, turn.now.date())
        yield turn.say("program.plan" if verified else "program.plan_unsure", plan=plan.name, phone=phone)


def phones(known: Known, program: rules.Program) -> Iterator[str]:
    """The numbers that `lines` names."""
    if program.line:
        yield program.line
    plan = _plan(known, program)
    if plan and (not known.county or not plan.counties or known.county in plan.counties):
        yield _whom(plan, program)


def _plan(known: Known, program: rules.Program) -> plans.Plan | None:
    """The person's plan, where the program is something that plans give."""
    return plans.plans().get(known.plan or "") if program.plan_benefit else None


def _whom(plan: plans.Plan, program: rules.Program) -> str:
    """The plan's number; its ride line for rides."""
    return plan.ride_line if program.need is Need.TRANSPORT and plan.ride_line else plan.phone


def _plan_phone(plan: plans.Plan, program: rules.Program, on: date) -> tuple[str, bool]:
    """Whom to call at the plan, and whether the number stands that day without a hedge."""
    phone = _whom(plan, program)
    return phone, plan.ride_line_stands(on) if phone == plan.ride_line else plan.phone_stands(on)


def _old(turn: Turn, program: rules.Program) -> tuple[str, ...]:
    """That what we know has ended or was not looked at for too long: said at once, not at the end."""
    today = turn.now.date()
    hedge = None if program.current(today) else program.hedge(today)
    return (hedge.get(turn.language),) if hedge else ()


def _dated(turn: Turn, program: rules.Program) -> Iterator[str]:
    """What must be said with care, the day it was checked, and what may not be so."""
    if program.say_carefully:
        yield program.say_carefully.get(turn.language)
    if not program.current(turn.now.date()):
        return
    day = rules.spoken(program.checked_on, turn.language)
    hedge = program.hedge(turn.now.date())
    if turn.channel == "sms":  # its day stands behind its name
        yield from (hedge.get(turn.language),) if hedge else ()
        return
    known = "program.noted" if program.status == "recalled" else "program.checked"
    yield " ".join((turn.say(known, day=day), *((hedge.get(turn.language),) if hedge else ())))


def _next(program: str, about: str) -> Iterator[Choice]:
    yield Choice("near", program)
    if about == "program":
        yield Choice("how", program)
