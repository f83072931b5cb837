"""Somebody of the staff calls back, if the person wants that: asked by digits, noted as a task, and never promised."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from actions import safe_phone
from actions.context import OVER, Turn
from actions.slots import Asked, Choice, Known
from actions.words import number_said, sign
from directory import logs
from directory.eligibility import rules
from directory.errors import InboxError
from directory.model import Need
from directory.reply import Kind, Reply
from directory.text import catalogue
from directory.text.ours import ours

__all__ = ["ABOUT", "answered", "may_ask", "offer", "offered"]

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


def answered(turn: Turn) -> Known | None:
    """What is known after an answer to one of these questions; None for whatever is none."""
    asked = turn.known.asked
    if turn.heard.crisis:
        return None
    if asked.about in (None, ABOUT) and sign("no_call_after_all", turn.heard.text, alone=True):
        return _taken_back(turn)
    if asked.about != ABOUT or not asked.choices:
        return None
    if not safe_phone.may_call(turn):
        return _not_noted(turn) if _picked(turn) else None
    step = {_MAY[0]: _consented, _WHY[0]: _said_why, _WHEN[0]: _said_when}.get(asked.choices[0])
    return step(turn) if step else None


def _consented(turn: Turn) -> Known | None:
    wants = _yes_or_no(turn)
    if wants is None:
        return None if _says_something(turn) else _again(turn, "call_back.offer")
    if not wants:
        turn.utter(turn.say("call_back.no"), Reply(kind=Kind.HANDOFF))
        return turn.known.having(asked=Asked())
    if turn.known.want.known:
        return _put(turn, turn.known, "call_back.when", _WHEN, red=_worries(turn))
    return _put(turn, turn.known, "call_back.why", _WHY, red=_worries(turn))


def _said_why(turn: Turn) -> Known | None:
    picked = _picked(turn)
    need = picked.value if picked and picked.goal == "need" else _named(turn)
    if _refuses(turn):
        return _taken_back(turn)
    if picked is None and need is None and turn.heard.act in _ELSEWHERE:
        return _left(turn)
    if picked is None and need is None and turn.known.asked.tries < _MOST_TRIES:
        return _again(turn, "call_back.why")
    known = turn.known.having(need=need, program=None) if need else turn.known
    return _put(turn, known, "call_back.when", _WHEN, red=_worries(turn))


def _said_when(turn: Turn) -> Known | None:
    picked = _picked(turn)
    time = picked.value if picked else _time_said(turn.heard.text)
    if time is not None:
        return _noted(turn, time)
    if _refuses(turn):
        return _taken_back(turn)
    if turn.heard.names_something or turn.heard.act in _ELSEWHERE:
        return _left(turn)
    return _again(turn, "call_back.when") if turn.known.asked.tries < _MOST_TRIES else _noted(turn, "any")


def _left(turn: Turn) -> Known | None:
    """Who said yes to a call and goes on to something else is called all the same, at any time; told so at the end."""
    if turn.heard.act in _PARTS:
        return _noted(turn, _ANY)
    if turn.heard.names_something or turn.heard.act not in _ASIDES:
        _kept(turn, _ANY)
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
            turn.who, turn.reach or "", need=_need_of(known), county=known.county, language=known.language, when=time,
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
    facts = {name: value for name, value in known.facts.items() if name != _RED}
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


def _named(turn: Turn) -> str | None:
    """The need that is named instead of a digit, by itself or by a program."""
    program = next((rules.programs()[name] for name in turn.heard.programs if name in rules.programs()), None)
    return program.need.value if program else next(iter(turn.heard.needs), None)


def _need_of(known: Known) -> str | None:
    program = rules.programs().get(known.program or "")
    return known.need or (program.need.value if program else None)


_SAID: Mapping[str, str] = {f"call_{time}": time for time in ("any", "evening", "afternoon", "midday", "morning")}
"""In this order: "mañana en la tarde" is an afternoon."""


def _time_said(text: str) -> str | None:
    """The part of the day that the words name, else that of the hour."""
    return next((time for name, time in _SAID.items() if sign(name, text)), None) or _of_the_hour(text)


_HOUR = re.compile(
    r"(?:\b(?P<lead>at|after|around|before|by|a las?|despu[eé]s de las?|como a las?|tipo) )?"
    r"\b(?P<hour>1[0-2]|0?[1-9])(?::[0-5]\d)? ?(?P<half>[ap])?\.?(?(half)m\b)",
    re.IGNORECASE,
)
_FIRST, _NOON, _MIDDAY_ENDS, _EVENING = 7, 12, 14, 17
"""From seven on an hour alone is of the morning; the day is parted as the choices part it."""


def _of_the_hour(text: str) -> str | None:
    found = next((one for one in _HOUR.finditer(text) if one["lead"] or one["half"]), None)
    if found is None:
        return None
    hour = int(found["hour"]) % _NOON
    afternoon = found["half"].casefold() == "p" if found["half"] else hour < _FIRST
    hour += _NOON if afternoon else 0
    parts = (("morning", _NOON), ("midday", _MIDDAY_ENDS), ("afternoon", _EVENING))
    return next((part for part, ends in parts if hour < ends), "evening")


def _worries(turn: Turn) -> bool:
    """Whether staff should look at this first: danger or worry in this talk, or words of need that cannot wait."""
    asked, heard = turn.known.asked, turn.heard
    danger = heard.crisis or (asked.crisis if asked.crisis != OVER else None)
    noted = asked.about == ABOUT and turn.known.facts.get(_RED) is True
    return bool(noted or danger or heard.urgent or sign("cannot_wait", heard.text))
