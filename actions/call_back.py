"""Somebody of the staff calls back, if the person wants that: asked by digits, noted as a task, and never promised."""

from __future__ import annotations

import logging
from dataclasses import replace

from actions import safe_phone
from actions.call_needs import named, need_of
from actions.call_times import time_said
from actions.context import OVER, WORRY, Turn
from actions.slots import Asked, Choice, Known
from actions.words import number_said, sign
from directory import logs
from directory.errors import InboxError
from directory.inbox import call_words
from directory.model import Need
from directory.reply import Kind, Reply
from directory.text import catalogue
from directory.text.ours import ours

__all__ = ["ABOUT", "answered", "ended", "may_ask", "offer", "offered"]

logger = logging.getLogger(__name__)

ABOUT = "call_back"
_GOAL = "call"
_MAY = (Choice(_GOAL, "yes"), Choice(_GOAL, "no"))
_TIMES = ("morning", "midday", "afternoon", "evening", "any")
_WHEN = tuple(Choice(_GOAL, time) for time in _TIMES)
_WHY = (
    *(Choice("need", need.value) for need in (Need.FOOD, Need.HOUSING, Need.TRANSPORT, Need.UTILITIES)),
    Choice(_GOAL, "other"),
)
_RED = "call_cannot_wait"
"""The fact that the words worry: staff see a red flag, and nothing of the words; a fact is never written to a disk."""
_MOST_TRIES = 2
_ELSEWHERE = (
    "ask_privacy", "ask_bot", "opt_out", "change_language", "thanks", "goodbye", "report_problem", "program_info",
    "check_eligibility", "how_to_apply", "talk_to_human",
)  # fmt: skip
"""Acts that answer no question about a call, unless a digit, a time or a need does."""


def may_ask(turn: Turn) -> bool:
    """Whether a call back may be offered: a clinic that has a phone, and a number that nobody else may pick up."""
    return bool(ours().phone) and safe_phone.may_call(turn)


def offered(turn: Turn, known: Known) -> Known:
    """What is known once it was offered with the words of another message: yes or no is waited for."""
    return _waiting(known, Asked(ABOUT, _MAY), red=_worries(turn))


def offer(turn: Turn, known: Known) -> Known:
    """Offers a call back in a message of its own; nothing is said, and nothing changes, where none may be offered."""
    if not may_ask(turn):
        return known
    return _put(turn, known, "call_back.offer", _MAY, red=_worries(turn))


def ended(turn: Turn) -> Known | None:
    """What is known after the call that was asked for is not wanted any more.

    Who asked for none, and wants none ever, wants no more of us at all: so the door is told.
    """
    about, text = turn.known.asked.about == ABOUT, turn.heard.text
    if turn.channel != "sms" or turn.heard.crisis not in (None, WORRY):
        return None
    if not (sign("no_call_after_all", text, alone=True) or call_words.ended(text)):
        return None
    if about or not call_words.no_calls(text) or _is_noted(turn):
        return _taken_back(turn)
    turn.dispatcher.utter_message(response="utter_opt_out")
    return turn.known


def _is_noted(turn: Turn) -> bool:
    from directory.inbox import tasks

    try:
        return tasks.waits(turn.who)
    except InboxError as error:
        logs.event(logger, "call.not_known", level=logging.ERROR, error=error)
        return False


def answered(turn: Turn) -> Known | None:
    """What is known after an answer to one of these questions; None for whatever is none."""
    asked = turn.known.asked
    if turn.heard.crisis:
        return None
    if asked.about != ABOUT or not asked.choices:
        return None
    if not safe_phone.may_call(turn):
        return _not_noted(turn) if _picked(turn) else None
    step = {_MAY[0]: _consented, _WHY[0]: _said_why, _WHEN[0]: _said_when}.get(asked.choices[0])
    return step(turn) if step else None


def _consented(turn: Turn) -> Known | None:
    wants = _yes_or_no(turn)
    if wants is None and (_half(turn) or sign("call_me", turn.heard.text)):
        wants = True
    if wants is None and turn.heard.act in _PARTS:
        turn.utter(turn.say("call_back.none_yet"), Reply(kind=Kind.QUESTION))
        return turn.known
    if wants is None:
        return None if _says_something(turn) else _again(turn, "call_back.offer")
    if not wants:
        turn.utter(turn.say("call_back.no"), Reply(kind=Kind.HANDOFF))
        return turn.known.having(asked=Asked())
    return _next(turn, turn.known)


def _next(turn: Turn, known: Known, *, need: str | None = None) -> Known:
    """Takes what the message says of why and when, and asks for the rest; with both it is noted."""
    need = need or named(turn)
    known = known.having(need=need, program=None) if need else known
    time = _time_of(turn) or known.facts.get(_TIME)
    known = known.having(facts={**known.facts, _TIME: time}) if time else known
    turn = replace(turn, known=known)
    if not known.want.known and known.asked.tries < _MOST_TRIES:
        waits = known.asked.choices == _WHY
        return _put(turn, known, "call_back.why", _WHY, red=_worries(turn), tries=known.asked.tries + 1 if waits else 1)
    if isinstance(time, str):
        return _noted(turn, time)
    return _put(turn, known, "call_back.when", _WHEN, red=_worries(turn))


_TIME = "call_time"
"""When to call, said before it was asked; a fact is never written to a disk."""


def _time_of(turn: Turn) -> str | None:
    """The time that a message says beside something else; "now" or "ya" alone may mean anything."""
    if _picked(turn):
        return None
    time = time_said(turn.heard.text)
    return time if time != _ANY or sign("call_whenever", turn.heard.text) else None


def _half(turn: Turn) -> bool:
    """Whether a time to call answers whether they want one: "tomorrow at 9 about food"."""
    heard = turn.heard
    if heard.places or "?" in heard.text or heard.act in _NO_HALF:
        return False
    return _time_of(turn) is not None and (not heard.names_something or sign("call_about", heard.text))


_NO_HALF = ("deny", "ask_privacy", "ask_bot", "opt_out", "change_language", "report_problem", "report_outcome")


def _said_why(turn: Turn) -> Known | None:
    picked = _picked(turn)
    need = picked.value if picked and picked.goal == "need" else named(turn)
    if _refuses(turn):
        return _taken_back(turn)
    if picked is None and need is None and turn.heard.act in _ELSEWHERE:
        return _left(turn)
    if picked is None and need is None and turn.known.asked.tries < _MOST_TRIES:
        return _next(turn, turn.known) if _time_of(turn) else _again(turn, "call_back.why")
    if need is None:
        turn = replace(turn, known=turn.known.having(asked=replace(turn.known.asked, tries=_MOST_TRIES)))
    return _next(turn, turn.known, need=need)


def _said_when(turn: Turn) -> Known | None:
    picked = _picked(turn)
    time = picked.value if picked else time_said(turn.heard.text)
    if time is not None:
        return _noted(turn, time)
    if _refuses(turn):
        return _taken_back(turn)
    if turn.heard.names_something or turn.heard.act in _ELSEWHERE:
        return _left(turn)
    return _again(turn, "call_back.when") if turn.known.asked.tries < _MOST_TRIES else _noted(turn, "any")


def _left(turn: Turn) -> Known | None:
    """Who said yes to a call and goes on to something else is called all the same, at any time; told so at the end."""
    said = turn.known.facts.get(_TIME)
    time = said if isinstance(said, str) else _ANY
    if turn.heard.act in _PARTS:
        return _noted(turn, time)
    if turn.heard.names_something or turn.heard.act not in _ASIDES:
        _kept(turn, time)
    return None


_PARTS, _ANY = ("thanks", "goodbye"), "any"
_ASIDES = ("ask_privacy", "ask_bot", "opt_out", "change_language", "talk_to_human")
"""After these the question still waits, or nobody is to be called."""


def _taken_back(turn: Turn) -> Known:
    """The call they asked for is not made; nothing is asked."""
    from directory.inbox import erasing

    try:
        erasing.calls_ended(turn.who, turn.now)
    except InboxError as error:
        logs.event(logger, "call.not_kept", level=logging.ERROR, error=error)
        return _told(turn, "call_back.not_taken_back")
    turn.utter(turn.say("call_back.no"), Reply(kind=Kind.HANDOFF))
    return _waiting(turn.known, Asked(), red=False)


def _noted(turn: Turn, time: str) -> Known:
    """The task for staff, and what the person may count on: that it was noted, no more."""
    if not _kept(turn, time):
        return _not_noted(turn)
    return _told(turn, "call_back.noted", time=turn.say(f"call_back.time.{time}"))


def _kept(turn: Turn, time: str) -> bool:
    """Whether staff have it; whom to call is known all the same, and nobody waits for a call that was not noted."""
    from directory.inbox import tasks

    known = turn.known
    try:
        tasks.call(
            turn.who, turn.reach or "", need=need_of(known), county=known.county, language=known.language, when=time,
            red=_worries(turn), now=turn.now,
        )  # fmt: skip
    except InboxError as error:
        logs.event(logger, "call.not_kept", level=logging.ERROR, error=error)
        return False
    return True


def _not_noted(turn: Turn) -> Known:
    return _told(turn, "call_back.not_noted")


def _told(turn: Turn, key: str, **values: str) -> Known:
    """The end of it, with the numbers that answer."""
    number = ours().phone or "211"
    text = turn.say(key, phone=number, **values)
    phones = tuple(dict.fromkeys((number, "211", "911")))
    turn.utter(text, Reply(kind=Kind.HANDOFF, need=turn.known.need, phones=phones))
    return _waiting(turn.known, Asked(), red=False)


def _put(turn: Turn, known: Known, key: str, choices: tuple[Choice, ...], *, red: bool, tries: int = 1) -> Known:
    name = ours().clinic or catalogue.say("clinic.yours", turn.language)
    turn.utter(turn.say(key, name=name), Reply(kind=Kind.QUESTION, need=known.need, county=known.county))
    return _waiting(known, Asked(ABOUT, choices, tries=tries), red=red)


def _waiting(known: Known, asked: Asked, *, red: bool) -> Known:
    facts = {name: value for name, value in known.facts.items() if name != _RED and (asked.about or name != _TIME)}
    return known.having(asked=asked, facts={**facts, _RED: True} if red else facts)


def _again(turn: Turn, key: str) -> Known | None:
    """The same question once more; after that whoever writes is heard as ever."""
    asked = turn.known.asked
    if asked.tries >= _MOST_TRIES:
        return None
    return _put(turn, turn.known, key, asked.choices, red=_worries(turn), tries=asked.tries + 1)


def _says_something(turn: Turn) -> bool:
    """Whether a message that answers no question of these is about something of its own."""
    return turn.heard.names_something or turn.heard.act not in ("inform", "nlu_fallback", "affirm", "deny")


def _yes_or_no(turn: Turn) -> bool | None:
    picked = _picked(turn)
    if picked is not None:
        return picked.value == "yes"
    plain = not turn.heard.names_something
    if plain and (turn.heard.act == "deny" or sign("call_no", turn.heard.text, alone=True)):
        return False
    if plain and (turn.heard.act == "affirm" or sign("call_yes", turn.heard.text, alone=True)):
        return True
    return None


def _refuses(turn: Turn) -> bool:
    """Whether somebody who said yes says no after all."""
    return _picked(turn) is None and _yes_or_no(turn) is False


def _picked(turn: Turn) -> Choice | None:
    choices, number = turn.known.asked.choices, number_said(turn.heard.text)
    return choices[number - 1] if number is not None and 0 < number <= len(choices) else None


def _worries(turn: Turn) -> bool:
    """Whether staff should look at this first: danger or worry in this talk, or words of need that cannot wait."""
    asked, heard = turn.known.asked, turn.heard
    danger = heard.crisis or (asked.crisis if asked.crisis != OVER else None)
    noted = asked.about == ABOUT and turn.known.facts.get(_RED) is True
    return bool(noted or danger or heard.urgent or sign("cannot_wait", heard.text))
