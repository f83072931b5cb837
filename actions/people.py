"""A person to talk to: the clinic as far as it says how to reach it, the plan's phone, and 211."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from actions import call_back, clinic_asked, safe_phone
from actions.context import Turn
from actions.slots import Asked, Known
from directory import hours, plans
from directory.dangers import LINES
from directory.reply import Kind, Reply
from directory.settings import Settings
from directory.text import clinic as clinic_words
from directory.text import listing
from directory.text.ours import ours

__all__ = ["ask_for_call", "clinic_reached", "hand_over", "reached", "staff_speak"]


def ask_for_call(turn: Turn, known: Known) -> Known:
    """Offers a call back after an answer that did not help; without a word where none may be offered."""
    return call_back.offer(turn, known)


def reached(turn: Turn, known: Known | None = None) -> Known:
    """Whom to call for somebody who asks for a person; by text message also whether the staff should call back."""
    if turn.channel != "sms":
        return hand_over(turn, known)
    return _by_text(turn, known or turn.known, offers=call_back.may_ask(turn))


def hand_over(turn: Turn, known: Known | None = None) -> Known:
    """Says whom to call, and who answers now; nobody reads the chat, and no call back is promised."""
    if turn.channel == "sms":
        return _by_text(turn, known or turn.known, offers=False)
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


def _by_text(turn: Turn, known: Known, *, offers: bool) -> Known:
    """The numbers in the fewest words, and where it is offered the question whether the staff should call."""
    clinic, known = ours(), known.having(asked=Asked())
    closed = bool(clinic.phone) and clinic_words.closed(clinic, turn.now)
    line = _line_now(turn)
    lines = [*_clinic(turn, clinic, brief=True), *_plan(turn, known)]
    if line and line not in ("211", "911"):
        lines.append(turn.say("people.line", line=line))
    lines.append(turn.say("people.closed" if closed and not line else "people.open"))
    if not offers:
        lines.append(turn.say("people.automated"))
    else:
        lines.append(turn.say("people.call_later" if closed else "people.call"))
    text = "\n".join(lines)
    phones = tuple(phone for phone in _numbers(clinic, known, line) if phone in text)
    turn.utter(text, Reply(Kind.HANDOFF, plan=known.plan, phones=phones, demo=clinic.invented))
    return call_back.offered(turn, known) if offers else known


def _line_now(turn: Turn) -> str | None:
    """Whom to talk to now after a danger of this talk, or somebody under 18."""
    kind = turn.known.asked.crisis
    if kind in LINES:
        return next((line for line in LINES[kind] if line != "911"), None)
    return "988" if safe_phone.minor(turn.heard, turn.known) else None


def _plan(turn: Turn, known: Known) -> Iterator[str]:
    plan = plans.plans().get(known.plan or "")
    if plan and plan.phone:
        stands = plan.phone_stands(turn.now.date())
        key = "people.plan" if stands else "person.plan_unsure"
        yield turn.say(key, plan=plan.short_name if stands else plan.name, phone=plan.phone)


def _numbers(clinic: Settings, known: Known, line: str | None) -> Iterator[str]:
    plan = plans.plans().get(known.plan or "")
    yield from filter(None, (clinic.phone, plan.phone if plan else None, line, "211", "988", "911"))


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


def _clinic(turn: Turn, clinic: Settings, *, brief: bool = False) -> Iterator[str]:
    """Its name and number, whether it is open now, where it is and what its staff speak; nothing it did not say.

    In `brief` not where it is, and not what they speak.
    """
    if not clinic.phone:
        return
    told = turn.say("person.clinic", clinic=clinic.clinic or turn.say("person.the_clinic"), phone=clinic.phone)
    now = clinic_words.now_line(clinic, turn.language, turn.now)
    yield f"{told}. {now}" if now else told
    about = None if brief else clinic_words.about(clinic, turn.language)
    if about:
        yield about
    if clinic.invented:
        yield listing.demo_notice(turn.language, one=True)
