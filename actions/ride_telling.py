"""Telling by when to call for a ride: in full or, by text message, in the fewest sentences; and asking for the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from actions import asking, may, ride_remind, which_plan
from actions.context import Turn
from actions.days_said import DaySaid
from actions.slots import Asked, Choice, Known
from actions.words import sign
from directory import plans
from directory.model import Need
from directory.plans import RideClock
from directory.plans.rides import RIDES, notice
from directory.reply import Kind, Reply
from directory.text import ride

__all__ = ["VISIT", "general", "in_general", "keep_day", "kind_of", "tell"]

VISIT = "ride_visit"
"""The fact that holds the day of the visit, so that a plan or a wheelchair named later moves the clock."""
_PLAN_ASKED = "ride_plan_asked"
_WHEELCHAIR = ("needs_wheelchair_or_gurney_or_help", "cannot_use_car_or_bus")
_MOST_PLANS = 7


def kind_of(turn: Turn, known: Known) -> str:
    """`nemt` for who needs a van that takes a wheelchair or a bed, or is named so; else `nmt`."""
    facts = [known.facts.get(name) for name in _WHEELCHAIR]
    named = [name for name in RIDES if name in turn.heard.programs]
    if True in facts or "nemt" in named or sign("wheelchair", turn.heard.text):
        return "nemt"
    if named or False in facts:
        return "nmt"
    return "nemt" if known.program == "nemt" else "nmt"


def tell(turn: Turn, known: Known, day: DaySaid, *, alone: bool = True) -> Known:
    """Tells the clock; `alone`: and asks for the plan, once, where it would change the answer, or offers ways on."""
    assert day.day is not None
    kind, plan, today = kind_of(turn, known), which_plan.here(known), turn.now.date()
    clock = plans.clock(plan.id if plan else None, day.day, kind, today)
    known = known.having(need=Need.TRANSPORT.value, program=kind, facts={**known.facts, VISIT: day.day.isoformat()})
    asks_plan = alone and plan is None and _PLAN_ASKED not in known.facts and _differs(clock, known)
    asked = _plan_question(turn, known) if asks_plan else _ways_on(turn, kind) if alone else Asked()
    if asks_plan:
        known = known.having(facts={**known.facts, _PLAN_ASKED: True})
    offer = ride_remind.line(turn, known, clock) if alone and not asked.about else None
    lines = (*_lines(turn, clock, day), *_question(turn, known, asked), *((offer,) if offer else ()))
    reply = replace(_reply(known, clock), choices=asking.buttons(turn, known, asked.choices))
    turn.utter("\n".join(lines), reply)
    return ride_remind.asked(turn, known, clock) if offer else known.having(asked=asked)


def _lines(turn: Turn, clock: RideClock, day: DaySaid) -> Iterator[str]:
    language, brief = turn.language, turn.channel == "sms"
    yield from ride.brief(clock, language) if brief else ride.told(clock, language)
    if clock.form and not brief:
        yield turn.say("ride.form.signers", signers=clock.form.signers.get(language))
    if day.clashes:
        yield turn.say("ride.clash")
    if day.later:
        yield turn.say("ride.if_later", day=ride.weekday_text(day.later, language))
    if day.weekly:
        yield turn.say("ride.weekly")


def _differs(clock: RideClock, known: Known) -> bool:
    """Whether some plan of the county, or of the state where that is not known, has another day to call by."""
    county = which_plan.county_of(known)
    served = plans.plans_in(county) if county else plans.plans().values()
    days = {plans.clock(plan.id, clock.visit, clock.kind, clock.today).last_day for plan in served}
    return days != {clock.last_day}


def _plan_question(turn: Turn, known: Known) -> Asked:
    county = which_plan.county_of(known)
    served = plans.plans_in(county) if county and turn.channel != "sms" else ()
    choices = tuple(Choice("plan", plan.id) for plan in served[:_MOST_PLANS])
    return Asked(asking.ABOUT_RIDE_PLAN, (*choices, may.SKIP) if choices else ())


def _ways_on(turn: Turn, kind: str) -> Asked:
    """Places and steps to go on with; a text message is short."""
    if turn.channel == "sms":
        return Asked()
    return Asked(asking.OFFER, (Choice("near", kind), Choice("how", kind)))


def _question(turn: Turn, known: Known, asked: Asked) -> Iterator[str]:
    if asked.about == asking.ABOUT_RIDE_PLAN:
        yield turn.say("ride.ask_plan")
    elif asked.choices:
        yield turn.say("program.next")
    yield from asking.numbered(turn, known, asked.choices)


def _reply(known: Known, clock: RideClock) -> Reply:
    return Reply(
        kind=Kind.STEPS,
        need=Need.TRANSPORT.value,
        program=clock.kind,
        place=known.place,
        county=which_plan.county_of(known),
        plan=clock.plan.id if clock.plan else None,
        phones=(clock.phone,) if clock.phone else (),
        sources=clock.basis.sources,
    )


def general(turn: Turn, known: Known) -> str:
    """How early to call, whatever the day."""
    days, _, _ = notice(which_plan.here(known), kind_of(turn, known), turn.now.date())
    return turn.say("ride.in_general", days=days)


def in_general(turn: Turn, known: Known) -> Known:
    """The day is not known: how early to call in general, and whom."""
    plan = which_plan.here(known)
    lines = (general(turn, known), turn.say("ride.card"))
    turn.utter(" ".join(lines), Reply(kind=Kind.STEPS, need=Need.TRANSPORT.value, plan=plan.id if plan else None))
    return known.having(asked=Asked())


def keep_day(turn: Turn, known: Known, visit: date) -> Known:
    """Who does not know the plan goes by the careful day; the card has name and number."""
    clock = plans.clock(None, visit, kind_of(turn, known), turn.now.date())
    day = ride.weekday_text(clock.last_day, turn.language)
    text = turn.say("ride.keep_day.late") if clock.too_late else turn.say("ride.keep_day", day=day)
    offer = ride_remind.line(turn, known, clock)
    turn.utter("\n".join((text, *((offer,) if offer else ()))), _reply(known, clock))
    return ride_remind.asked(turn, known, clock) if offer else known.having(asked=Asked())
