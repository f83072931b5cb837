"""A person to talk to: the clinic as far as it says how to reach it, the plan's phone, and 211."""

from __future__ import annotations

from collections.abc import Iterator

from actions.context import Turn
from actions.slots import Asked, Known
from directory import plans
from directory.reply import Kind, Reply
from directory.settings import Settings
from directory.text import clinic as clinic_words
from directory.text import listing
from directory.text.ours import ours

__all__ = ["clinic_reached", "hand_over"]


def hand_over(turn: Turn, known: Known | None = None) -> Known:
    """Says whom to call, and who answers now; nobody reads the chat, and no call back is promised."""
    known = (known or turn.known).having(asked=Asked())
    clinic = ours()
    lines, phones = [turn.say("person.head"), *_clinic(turn, clinic)], [clinic.phone] if clinic.phone else []
    plan = plans.plans().get(known.plan or "")
    if plan and plan.phone:
        key = "person.plan" if plan.phone_stands(turn.now.date()) else "person.plan_unsure"
        lines.append(turn.say(key, plan=plan.name, phone=plan.phone))
        phones.append(plan.phone)
    after_hours = bool(clinic.phone) and clinic_words.closed(clinic, turn.now)
    lines.append(turn.say("person.now" if after_hours else "person.211"))
    phones += ["211", "988"] if after_hours else ["211"]
    turn.utter("\n".join(lines), Reply(Kind.HANDOFF, plan=known.plan, phones=tuple(phones), demo=clinic.invented))
    return known


def clinic_reached(turn: Turn) -> Known:
    """The clinic's number, hours and address for somebody who asks for them; a question that waits still waits."""
    clinic = ours()
    phones = (clinic.phone,) if clinic.phone else ()
    turn.utter("\n".join(_clinic(turn, clinic)), Reply(Kind.HANDOFF, phones=phones, demo=clinic.invented))
    return turn.known


def _clinic(turn: Turn, clinic: Settings) -> Iterator[str]:
    """Its name and number, whether it is open now, where it is and what its staff speak; nothing it did not say."""
    if not clinic.phone:
        return
    told = turn.say("person.clinic", clinic=clinic.clinic or turn.say("person.the_clinic"), phone=clinic.phone)
    now = clinic_words.now_line(clinic, turn.language, turn.now)
    yield f"{told}. {now}" if now else told
    if about := clinic_words.about(clinic, turn.language):
        yield about
    if clinic.invented:
        yield listing.demo_notice(turn.language, one=True)
