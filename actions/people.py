"""A person to talk to: the clinic as far as it says how to reach it, the plan's phone, and 211."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from actions import clinic_asked
from actions.context import Turn
from actions.slots import Asked, Known
from directory import hours, plans
from directory.reply import Kind, Reply
from directory.settings import Settings
from directory.text import clinic as clinic_words
from directory.text import listing
from directory.text.ours import ours

__all__ = ["clinic_reached", "hand_over", "staff_speak"]


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
    """What somebody asks of the clinic: its number with its hours, address or languages; a question still waits."""
    clinic = ours()
    text = "\n".join(_asked(turn, clinic))
    phones = (clinic.phone,) if clinic.phone else ("211",) if "211" in text else ()
    turn.utter(text, Reply(Kind.HANDOFF, phones=phones, demo=clinic.invented))
    return turn.known


def staff_speak(turn: Turn) -> str | None:
    """What the clinic's staff speak, for who asks; None where it did not say, or is invented."""
    clinic = ours()
    told = clinic_words.spoken(clinic, turn.language)
    return None if clinic.invented or not told else f"{clinic.clinic or turn.say('person.the_clinic')}: {told}"


def _asked(turn: Turn, clinic: Settings) -> Iterator[str]:
    """First its name and number, then what was asked; what it did not say is said to be unknown."""
    kind = clinic_asked.kind_asked(turn.heard.text)
    told = clinic_words.about(clinic, turn.language) if kind != "hours" else None
    now = _hours_asked(turn, clinic) if kind == "hours" else clinic_words.now_line(clinic, turn.language, turn.now)
    name = clinic.clinic or turn.say("person.the_clinic")
    if clinic.phone:
        head = turn.say("person.clinic", clinic=name, phone=clinic.phone)
        yield f"{head}. {now}" if now else f"{head}."
    elif now:
        yield f"{name}. {now}"
    if told:
        yield told
    if not _known(clinic, kind):
        yield turn.say(f"person.not_told.{kind or 'reach'}" if clinic.phone else "person.not_told")
    if clinic.invented:
        yield listing.demo_notice(turn.language, one=True)


def _known(clinic: Settings, kind: str | None) -> bool:
    """Whether the clinic said what is asked of it."""
    said = {"hours": clinic.hours, "where": clinic.address, "languages": clinic.languages}
    return bool(said.get(kind or "", clinic.phone))


def _hours_asked(turn: Turn, clinic: Settings) -> str | None:
    """Its hours on the day that is asked; without one whether it is open now, and its week."""
    today = turn.now.astimezone(hours.PACIFIC).date()
    asked = clinic_asked.day_asked(turn.heard.text, today)
    if asked is None or asked.day == today:
        now = clinic_words.today_line if asked and not asked.weekly else clinic_words.now_and_week
        return now(clinic, turn.language, turn.now)
    days = _days(asked, clinic)
    told = [clinic_words.day_line(clinic, turn.language, day, turn.now, weekly=asked.weekly) for day in days]
    return " ".join(filter(None, (*told, clinic_words.hours_line(clinic, turn.language)))) or None


def _days(asked: clinic_asked.DayAsked, clinic: Settings) -> tuple[date, ...]:
    """The days to tell of; for "on Saturdays" the next one that is as usual."""
    weeks = (asked.day + timedelta(weeks=ahead) for ahead in range(8))
    if asked.weekly:
        return (next((day for day in weeks if day not in clinic.closed_on and not hours.holiday(day)), asked.day),)
    return (asked.day, asked.later) if asked.later else (asked.day,)


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
