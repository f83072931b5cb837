"""May I get it? asked with a word that points back to what is in talk, or of meals by what is told of one's health."""

from __future__ import annotations

from actions import asking, looking, may
from actions.context import WORRY, Turn
from actions.slots import Known
from actions.words import sign
from directory.eligibility import rules
from directory.eligibility.facts import Amount
from directory.model import Need

__all__ = ["answered"]

_MEALS, _SENIOR_MEALS, _SENIOR = "cs_mtm", "oaa_home_meals", 60
_OF_HEALTH = ("diet_condition", "leaving_hospital_high_risk")
_BESIDE = {Need.FOOD.value, Need.OTHER_HEALTH.value}


def answered(turn: Turn) -> Known | None:
    """The check that a message begins without naming it; None for any other message."""
    if turn.heard.crisis not in (None, WORRY) or asking.picked(turn):
        return None
    return _meals(turn) or _in_talk(turn)


def _in_talk(turn: Turn) -> Known | None:
    """ "Is he eligible? leaving the hospital with no home": of the program looked for, not of what is told beside."""
    heard, known = turn.heard, turn.known
    if heard.act not in ("check_eligibility", "inform", "nlu_fallback", "followup") or heard.programs:
        return None
    wants = known.asked.wants[0] if known.asked.wants else known.want
    program = wants.program or known.program
    if program not in rules.programs() or not sign("check_asks_of_it", heard.text):
        return None
    need = rules.program(program).need.value
    return None if set(heard.needs) - {need, *_told_beside(turn)} else may.check(turn, looking.follow(turn), program)


def _told_beside(turn: Turn) -> set[str]:
    return {Need.HOUSING.value} if sign("no_address", turn.heard.text) else set()


def _meals(turn: Turn) -> Known | None:
    """Meals asked for by somebody whose health the plan's meals are for: those are worked out, no list is shown."""
    heard, facts = turn.heard, turn.known.facts
    asks = heard.act == "check_eligibility" or sign("check_asks_whether", heard.text)
    others = {*heard.needs} - _BESIDE or {*heard.programs} - {_MEALS, _SENIOR_MEALS, "medi_cal"}
    if (
        not asks
        or others
        or not sign("check_meals", heard.text)
        or not any(turn.learned.get(fact) for fact in _OF_HEALTH)
    ):
        return None
    age = facts.get("age_years")
    too_young = isinstance(age, Amount) and age.top < _SENIOR
    if _SENIOR_MEALS in heard.programs and not too_young:
        return None
    covered = heard.plan or turn.known.plan or facts.get("has_medi_cal")
    if not covered and _SENIOR_MEALS not in heard.programs:
        return None
    before = turn.say("puts_right.meals_60") if _SENIOR_MEALS in heard.programs else None
    return may.check(turn, looking.follow(turn), _MEALS, before=before)
