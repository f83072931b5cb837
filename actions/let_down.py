"""Care that was missed because a ride came late or not: sorry, whom to call today, and who takes a complaint."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Known
from actions.words import sign
from directory import plans
from directory.reply import Kind, Reply

__all__ = ["answered"]

_OMBUDSMAN = "1-888-452-8609"


def answered(turn: Turn) -> Known | None:
    """What is known after what to do today; None where no care was missed."""
    text = turn.heard.text
    if not sign("missed_care", text) or not sign("left_waiting", text):
        return None
    plan = plans.plans().get(turn.known.plan or "")
    phone = plan.phone if plan and plan.phone_stands(turn.now.date()) else None
    called = turn.say("let_down.plan_phone", plan=plan.short_name, phone=phone) if plan and phone else None
    text = turn.say("let_down", plan=called or turn.say("let_down.plan"))
    phones = ("911", _OMBUDSMAN, *((phone,) if phone else ()))
    turn.utter(text, Reply(kind=Kind.STEPS, need="transport", plan=turn.known.plan, phones=phones))
    return turn.known
