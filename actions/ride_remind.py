"""A reminder of the last day to call for a ride, by text message, for who wants one; where and why stands nowhere."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from actions import asking, kept, later
from actions.context import Turn
from actions.slots import Asked, Choice, Known
from actions.words import number_said, sign
from directory import hours, logs
from directory.errors import PuenteError
from directory.plans import RideClock
from directory.reply import Kind, Reply
from directory.text import ride

__all__ = ["ABOUT", "answered", "asked", "line"]

logger = logging.getLogger(__name__)

ABOUT = "remind"
_GOAL = "remind"
_CHOICES = (Choice(_GOAL, "yes"), Choice(_GOAL, "no"))
_AGREED = "ride_reminder"
"""The fact that holds the last day of the reminder that was agreed to in this talk."""
_OFFERED = "ride_reminder_offered"
"""The fact that holds what was offered, as `day|phone`: what is asked may be written to a disk, a fact never is."""
_SENT, _EXPIRES = time(10), time(20)
_DAY = timedelta(days=1)


def line(turn: Turn, known: Known, clock: RideClock) -> str | None:
    """The offer to write on the day before the last one; None where that day is not ahead, or nothing may be sent."""
    if clock.too_late or _before(clock.last_day) <= turn.now.date() or not _may(turn, known, clock.last_day):
        return None
    return turn.say("remind.offer", day=ride.weekday_text(_before(clock.last_day), turn.language))


def asked(turn: Turn, known: Known, clock: RideClock) -> Known:
    """What is known once that was offered; a reminder of another day for this visit is taken back."""
    facts = {name: value for name, value in known.facts.items() if name not in (_AGREED, _OFFERED)}
    if _AGREED in known.facts:
        _take_back(turn)
    offer = "|".join(filter(None, (clock.last_day.isoformat(), clock.phone if clock.phone_verified else None)))
    return known.having(facts={**facts, _OFFERED: offer}, offered=True, asked=Asked(ABOUT, _CHOICES))


def _may(turn: Turn, known: Known, last_day: date) -> bool:
    """Whether it may be offered: once in a talk, or again where the day moved before or after the answer."""
    if not later.may_send(turn) or known.facts.get(_AGREED) == last_day.isoformat():
        return False
    moved = _AGREED in known.facts or turn.known.asked.about == ABOUT
    return moved or not turn.known.offered


def answered(turn: Turn) -> Known | None:
    """What is known after a yes or a no to the offer; None for whatever is neither."""
    waits = turn.known.asked
    wants = _wants(turn) if waits.about == ABOUT and not turn.heard.crisis else None
    if wants is None:
        return None
    known, offer = turn.known.having(asked=Asked()), turn.known.facts.get(_OFFERED)
    if not wants:
        turn.utter(turn.say("remind.no"), Reply(kind=Kind.SMALLTALK))
        return known
    if not isinstance(offer, str):  # the answer came after the talk was forgotten
        return asking.ask(turn, known, Asked(asking.ABOUT_RIDE_DAY), text=turn.say("remind.lost"))
    day, _, phone = offer.partition("|")
    last_day = date.fromisoformat(day)
    words = ride.weekday_text(_before(last_day), turn.language)
    if not _put(turn, last_day, phone or None):
        turn.utter(turn.say("remind.not_now", day=words), Reply(kind=Kind.SMALLTALK))
        return known
    turn.utter(turn.say("remind.agreed", day=words), Reply(kind=Kind.SAVED))
    return known.having(facts={**known.facts, _AGREED: day})


def _wants(turn: Turn) -> bool | None:
    number, heard = number_said(turn.heard.text), turn.heard
    if number in (1, 2):
        return number == 1
    if heard.names_something or number is not None:
        return None
    if heard.act == "deny" or sign("call_no", heard.text, alone=True):
        return False
    return True if heard.act == "affirm" or sign("remind_yes", heard.text, alone=True) else None


def _before(last_day: date) -> date:
    return last_day - _DAY


def _put(turn: Turn, last_day: date, phone: str | None) -> bool:
    """Lets the reminder wait; whether it does."""
    if not later.may_send(turn):
        return False
    from directory.inbox import queue
    from directory.sender import consents
    from directory.sender.asking import composed

    day, cause = _before(last_day), f"{_cause(turn)}{last_day.isoformat()}"
    text = composed(
        "remind.text_phone" if phone else "remind.text", turn.language, **({"phone": phone} if phone else {})
    )
    try:
        consents.record(turn.who, cause, turn.language.value, kept.answer_words(turn), "by text message", turn.now)
        put = queue.put(cause, turn.who, turn.reach or "", text, _at(day, _SENT), _at(day, _EXPIRES), turn.now)
        return put or (queue.state(cause) or ("",))[0] == "waiting"
    except PuenteError as error:
        logs.event(logger, "reminder.not_kept", level=logging.ERROR, error=error)
        return False


def _take_back(turn: Turn) -> None:
    from directory.inbox import erasing

    erasing.texts_cancelled_of(turn.who, _cause(turn), turn.now)


def _cause(turn: Turn) -> str:
    return f"ride:{turn.who}:"


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=hours.PACIFIC)
