"""By when to call for a ride: from the day of a visit, the plan and the kind of ride, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from actions import asking, looking, may, said, which_plan
from actions.context import Turn
from actions.days_said import PAST, DaySaid, day_in
from actions.ride_words import only_a_day, says
from actions.slots import Asked, Choice, Known, Want
from directory import plans
from directory.eligibility.facts import UNSURE
from directory.model import Need
from directory.plans import RideClock
from directory.plans.rides import RIDES, notice
from directory.reply import Kind, Reply
from directory.text import ride

__all__ = ["VISIT", "answered"]

VISIT = "ride_visit"
"""The fact that holds the day of the visit, so that a plan or a wheelchair named later moves the clock."""
_PLAN_ASKED = "ride_plan_asked"

_FARTHEST = timedelta(days=366)
_NEVER = (
    "opt_out",
    "talk_to_human",
    "change_language",
    "ask_privacy",
    "ask_bot",
    "goodbye",
    "thanks",
    "report_problem",
)
_ANSWERS = ("affirm", "deny", "inform", "nlu_fallback")
_WHEELCHAIR = ("needs_wheelchair_or_gurney_or_help", "cannot_use_car_or_bus")
_OF_A_RIDE = frozenset({Need.TRANSPORT.value, Need.OTHER_HEALTH.value})
_MOST_PLANS = 7


def answered(turn: Turn) -> Known | None:
    """By when to call for the ride that this message speaks of; None when it speaks of none, or of no day."""
    if turn.heard.act in _NEVER or _names_something_else(turn) or _answers_the_rules(turn):
        return None
    known, day = looking.follow(turn), _day(turn)
    if day is None or _may_pick(turn, day):
        choice = asking.picked(turn)
        moved = _moved(turn, known, choice)
        if moved is not None or choice is not None:
            return moved
    if day is None:
        return _without_a_day(turn, known)
    return _of_day(turn, known, day) if _of_a_visit(turn, day) else None


def _names_something_else(turn: Turn) -> bool:
    """Whether the message is about another need or program than a ride to care, or a ride to somewhere else."""
    heard = turn.heard
    if set(heard.needs) - _OF_A_RIDE or set(heard.programs) - set(RIDES):
        return True
    return says("errands", heard.text) and not says("visit", heard.text)


def _answers_the_rules(turn: Turn) -> bool:
    """Whether a question of the rules waits and this message may answer it: "yes, for dialysis on friday"."""
    waits = turn.known.asked.about == asking.ABOUT_FACT
    return waits and turn.heard.act in _ANSWERS and not says("asks", turn.heard.text)


def _day(turn: Turn) -> DaySaid | None:
    """The day that the message names; asked for it, a bare number is the day of a month."""
    text, today = turn.heard.text, turn.now.date()
    number = text.strip().strip(".")
    alone = turn.known.asked.about == asking.ABOUT_RIDE_DAY and number.isdecimal() and len(number) <= 2
    return day_in(f"el dia {number}" if alone else text, today)


def _may_pick(turn: Turn, day: DaySaid) -> bool:
    """Whether "the 2nd" may be one of what was offered instead of a day."""
    return day.bare and turn.known.asked.about != asking.ABOUT_RIDE_DAY


# What a message is about


def _of_a_visit(turn: Turn, day: DaySaid) -> bool:
    """Whether the day is that of a visit to which a ride is wanted, and not one on which a place is open."""
    heard, text = turn.heard, turn.heard.text
    if says("opens", text):
        return False
    asks, visit = says("asks", text), says("visit", text)
    if turn.known.asked.about == asking.ABOUT_RIDE_DAY:
        return True
    if turn.known.shown.ids and _may_pick(turn, day) and not (asks or visit):
        return False
    if _in_talk(turn) and only_a_day(day.rest):
        return True
    if day.problem == PAST and not asks:
        return _names_a_ride(turn) and visit and heard.act not in ("report_outcome", "followup")
    if _names_a_ride(turn):
        return asks or visit or not (heard.places or day.problem)
    if _in_talk(turn):
        return asks or visit or bool(heard.plan)
    return says("again_and_again", text) and heard.act != "followup" and not heard.places


def _names_a_ride(turn: Turn) -> bool:
    heard = turn.heard
    return Need.TRANSPORT.value in heard.needs or bool(set(heard.programs) & set(RIDES)) or says("ride", heard.text)


def _in_talk(turn: Turn) -> bool:
    """Whether rides were spoken of last."""
    known = turn.known
    return known.need == Need.TRANSPORT.value and known.program in (None, *RIDES)


def _without_a_day(turn: Turn, known: Known) -> Known | None:
    """Asked by when to call, without a day: in general, and which day it is; or who was asked for it and has none."""
    text = turn.heard.text
    if turn.known.asked.about == asking.ABOUT_RIDE_DAY:
        return _in_general(turn, known) if _unsure(text) else None
    if not says("asks", text) or says("opens", text) or not (_names_a_ride(turn) or _in_talk(turn)):
        return None
    if VISIT in known.facts and _in_talk(turn):
        return _again(turn, known)
    return _ask_day(turn, known, before=_general(turn, known))


def _unsure(text: str) -> bool:
    return said.answer_to("has_medi_cal", text, line=None) is UNSURE


def _general(turn: Turn, known: Known) -> str:
    days, _, _ = notice(which_plan.here(known), _kind(turn, known), turn.now.date())
    return turn.say("ride.in_general", days=days)


def _in_general(turn: Turn, known: Known) -> Known:
    """The day is not known: how early to call in general, and whom."""
    plan = which_plan.here(known)
    lines = (_general(turn, known), turn.say("ride.card"))
    turn.utter(" ".join(lines), Reply(kind=Kind.STEPS, need=Need.TRANSPORT.value, plan=plan.id if plan else None))
    return known.having(asked=Asked())


def _ask_day(turn: Turn, known: Known, *, before: str | None) -> Known:
    known = known.having(need=Need.TRANSPORT.value, program=_kind(turn, known))
    return asking.ask(turn, known, Asked(asking.ABOUT_RIDE_DAY), before=before)


# What moves a clock that was told


def _moved(turn: Turn, known: Known, choice: Choice | None) -> Known | None:
    """The clock once more, when the plan that was asked for is named, or a plan or a wheelchair is said after it."""
    visit = _visit(known)
    if visit is None or not _in_talk(turn):
        return None
    if turn.known.asked.about == asking.ABOUT_RIDE_PLAN:
        if choice is not None and choice.goal == "plan":
            return _tell(turn, known.having(plan=choice.value), DaySaid(visit))
        unsure = choice is not None and choice.goal == "answer"
        if unsure or (choice is None and not turn.heard.plan and _does_not_know(turn)):
            return _keep_day(turn, known, visit)
    kind = _kind(turn, known)
    news = bool(turn.heard.plan) or kind != turn.known.program
    return _again(turn, known) if news and choice is None and not turn.heard.places else None


def _does_not_know(turn: Turn) -> bool:
    return _unsure(turn.heard.text) or which_plan.not_known(turn)


def _again(turn: Turn, known: Known) -> Known:
    visit = _visit(known)
    assert visit is not None
    return _tell(turn, known, DaySaid(visit))


def _visit(known: Known) -> date | None:
    value = known.facts.get(VISIT)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _keep_day(turn: Turn, known: Known, visit: date) -> Known:
    """Who does not know the plan goes by the careful day; the card has name and number."""
    clock = plans.clock(None, visit, _kind(turn, known), turn.now.date())
    day = ride.weekday_text(clock.last_day, turn.language)
    text = turn.say("ride.keep_day.late") if clock.too_late else turn.say("ride.keep_day", day=day)
    turn.utter(text, _reply(known, clock))
    return known.having(asked=Asked())


# The clock


def _of_day(turn: Turn, known: Known, day: DaySaid) -> Known:
    wrong = _wrong(turn, day)
    if wrong:
        return _ask_day(turn, known, before=wrong)
    lists = turn.heard.act == "find_provider" and bool(turn.heard.places) and not says("asks", turn.heard.text)
    told = _tell(turn, known, day, alone=not lists)
    if lists:
        return looking.find(turn, told, (Want(told.need, told.program),))
    if turn.known.asked.about == asking.ABOUT_FACT:
        before = told.having(asked=turn.known.asked, program=turn.known.program, need=turn.known.need)
        return asking.put_again(replace(turn, known=before))
    return told


def _wrong(turn: Turn, day: DaySaid) -> str | None:
    """Why the day cannot be that of a visit to come."""
    if day.problem == PAST:
        if day.day is None:
            return turn.say("ride.day_gone")
        return turn.say("ride.day_past", day=ride.weekday_text(day.day, turn.language))
    if day.problem or day.day is None:
        return turn.say("ride.day_impossible")
    return turn.say("ride.day_far") if day.day - turn.now.date() > _FARTHEST else None


def _kind(turn: Turn, known: Known) -> str:
    """`nemt` for who needs a van that takes a wheelchair or a bed, or is named so; else `nmt`."""
    facts = [known.facts.get(name) for name in _WHEELCHAIR]
    named = [name for name in RIDES if name in turn.heard.programs]
    if True in facts or "nemt" in named:
        return "nemt"
    if named or False in facts:
        return "nmt"
    return "nemt" if known.program == "nemt" else "nmt"


def _tell(turn: Turn, known: Known, day: DaySaid, *, alone: bool = True) -> Known:
    """Tells the clock; `alone`: and asks for the plan, once, where it would change the answer, or offers ways on."""
    assert day.day is not None
    kind, plan, today = _kind(turn, known), which_plan.here(known), turn.now.date()
    clock = plans.clock(plan.id if plan else None, day.day, kind, today)
    known = known.having(need=Need.TRANSPORT.value, program=kind, facts={**known.facts, VISIT: day.day.isoformat()})
    asks_plan = alone and plan is None and _PLAN_ASKED not in known.facts and _differs(clock, known)
    asked = _plan_question(turn, known) if asks_plan else _ways_on(turn, kind) if alone else Asked()
    if asks_plan:
        known = known.having(facts={**known.facts, _PLAN_ASKED: True})
    lines = (*_lines(turn, clock, day), *_question(turn, known, asked))
    reply = replace(_reply(known, clock), choices=asking.buttons(turn, known, asked.choices))
    turn.utter("\n".join(lines), reply)
    return known.having(asked=asked)


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
