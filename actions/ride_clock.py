"""By when to call for a ride: from the day of a visit, the plan and the kind of ride, as far as they are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from actions import asking, looking, ride_telling, said, which_plan
from actions.context import Turn
from actions.days_said import PAST, DaySaid, day_in
from actions.ride_telling import VISIT
from actions.ride_words import only_a_day, says
from actions.slots import Asked, Choice, Known, Want
from directory.eligibility.facts import UNSURE
from directory.model import Need
from directory.plans.rides import RIDES
from directory.text import ride

__all__ = ["answered"]

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
_SAYS_MORE = (*_ANSWERS, "followup")
_OF_A_RIDE = frozenset({Need.TRANSPORT.value, Need.OTHER_HEALTH.value})


def answered(turn: Turn) -> Known | None:
    """By when to call for the ride that this message speaks of; None when it speaks of none, or of no day."""
    known, day = looking.follow(turn), _day(turn)
    if turn.heard.act in _NEVER or _names_something_else(turn, day) or _answers_the_rules(turn):
        return None
    if day is None or _may_pick(turn, day):
        choice = asking.picked(turn)
        moved = _moved(turn, known, choice)
        if moved is not None or choice is not None:
            return moved
        if _says_medi_cal(turn):
            where = turn.known.having(place=known.place, county=known.county)
            return asking.put_again(replace(turn, known=where))
    if day is None:
        return _without_a_day(turn, known)
    return _of_day(turn, known, day) if _of_a_visit(turn, day) else None


def _names_something_else(turn: Turn, day: DaySaid | None) -> bool:
    """Whether the message is about another need or program than a ride to care, or a ride to somewhere else.

    Where each word is of a day or a visit, nothing else is named, whatever a word was taken for ("starting": hunger).
    """
    heard = turn.heard
    if day and only_a_day(day.rest):
        return False
    if _says_medi_cal(turn):
        return False
    if set(heard.needs) - _OF_A_RIDE or set(heard.programs) - set(RIDES):
        return True
    return says("errands", heard.text) and not says("visit", heard.text)


def _says_medi_cal(turn: Turn) -> bool:
    """Whether "yes, Medi-Cal" is said to the question for the plan: it looks for no Medi-Cal office."""
    heard = turn.heard
    waits = turn.known.asked.about == asking.ABOUT_RIDE_PLAN
    return waits and heard.programs == ("medi_cal",) and set(heard.needs) <= {"other_health"}


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
        return ride_telling.in_general(turn, known) if _unsure(text) else None
    if not says("asks", text) or says("opens", text) or not (_names_a_ride(turn) or _in_talk(turn)):
        return None
    visit = _visit(turn, known)
    if visit and _in_talk(turn):
        return ride_telling.tell(turn, known, DaySaid(visit))
    return _ask_day(turn, known, before=ride_telling.general(turn, known))


def _unsure(text: str) -> bool:
    return said.answer_to("has_medi_cal", text, line=None) is UNSURE


def _ask_day(turn: Turn, known: Known, *, before: str | None) -> Known:
    known = known.having(need=Need.TRANSPORT.value, program=ride_telling.kind_of(turn, known))
    return asking.ask(turn, known, Asked(asking.ABOUT_RIDE_DAY), before=before)


# What moves a clock that was told


def _moved(turn: Turn, known: Known, choice: Choice | None) -> Known | None:
    """The clock once more, when the plan that was asked for is named, or a plan or a wheelchair is said after it."""
    visit = _visit(turn, known)
    if visit is None or not _in_talk(turn):
        return None
    waits = turn.known.asked.about == asking.ABOUT_RIDE_PLAN
    if waits and choice is not None and choice.goal == "plan":
        return ride_telling.tell(turn, known.having(plan=choice.value), DaySaid(visit))
    if waits and (choice.goal == "answer" if choice else _does_not_know(turn)):
        return ride_telling.keep_day(turn, known, visit)
    names = waits and bool(turn.heard.plan)  # "CalViva, in Fresno" answers, wherever it is
    tells = turn.heard.act in _SAYS_MORE or names
    if choice is not None or (turn.heard.places and not names) or not tells:
        return None
    news = bool(turn.heard.plan) or ride_telling.kind_of(turn, known) != turn.known.program
    return ride_telling.tell(turn, known, DaySaid(visit)) if news else None


def _does_not_know(turn: Turn) -> bool:
    return not turn.heard.plan and (_unsure(turn.heard.text) or which_plan.not_known(turn))


def _visit(turn: Turn, known: Known) -> date | None:
    """The day of the visit that was spoken of, while it is to come."""
    value = known.facts.get(VISIT)
    visit = date.fromisoformat(value) if isinstance(value, str) else None
    return visit if visit and visit >= turn.now.date() else None


# The clock


def _of_day(turn: Turn, known: Known, day: DaySaid) -> Known:
    wrong = _wrong(turn, day)
    if wrong:
        return _ask_day(turn, known, before=wrong)
    lists = turn.heard.act == "find_provider" and bool(turn.heard.places) and not says("asks", turn.heard.text)
    told = ride_telling.tell(turn, known, day, alone=not lists)
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
