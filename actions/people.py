"""A person to talk to: the clinic's phone where it has one, the plan's, and 211."""

from __future__ import annotations

from actions.context import Turn
from actions.slots import Asked, Known
from directory import plans, settings
from directory.reply import Kind, Reply
from directory.text import listing

__all__ = ["hand_over"]


def hand_over(turn: Turn, known: Known | None = None) -> Known:
    """Says whom to call; nobody reads the chat, and no call back is promised."""
    known = (known or turn.known).having(asked=Asked())
    clinic = settings.settings()
    lines = [turn.say("person.head")]
    phones = []
    if clinic.phone:
        lines.append(
            turn.say("person.clinic", clinic=clinic.clinic or turn.say("person.the_clinic"), phone=clinic.phone)
        )
        phones.append(clinic.phone)
    if clinic.phone and clinic.invented:
        lines.append(listing.demo_notice(turn.language, one=True))
    plan = plans.plans().get(known.plan or "")
    if plan and plan.phone:
        key = "person.plan" if plan.phone_stands(turn.now.date()) else "person.plan_unsure"
        lines.append(turn.say(key, plan=plan.name, phone=plan.phone))
        phones.append(plan.phone)
    lines.append(turn.say("person.211"))
    turn.utter(
        "\n".join(lines), Reply(kind=Kind.HANDOFF, plan=known.plan, phones=(*phones, "211"), demo=clinic.invented)
    )
    return known
