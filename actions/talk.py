"""Words between people: hold on, anger, "why do you ask?", no address; each in one line, and on."""

from __future__ import annotations

from collections.abc import Callable

from actions import asking, between, may
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known
from actions.words import phrases, sign
from directory.reply import Kind, Reply

__all__ = ["answered"]


def answered(turn: Turn) -> Known | None:
    """What is known after such a word; None for a message that is none."""
    if turn.heard.crisis or asking.picked(turn):
        return None
    return next((known for known in (word(turn) for word in _WORDS) if known is not None), None)


def _alone(name: str, turn: Turn) -> bool:
    return not turn.heard.names_something and sign(name, turn.heard.text, alone=True)


def _hold_on(turn: Turn) -> Known | None:
    """Somebody is away for a moment: nothing is asked again until they are back."""
    if not _alone("hold_on", turn) and not _steps_away(turn):
        return None
    turn.utter(turn.say("talk.hold_on"), Reply(kind=Kind.SMALLTALK))
    return turn.known


def _steps_away(turn: Turn) -> bool:
    """Whether somebody goes to fetch or to see something first: "hang on, let me find my glasses" looks for none."""
    text = fold(turn.heard.text)
    begins = any(text.startswith(f" {phrase} ") for phrase in phrases("hold_on"))
    return begins and len(text.split()) <= _FEW and "?" not in turn.heard.text and sign("let_me", turn.heard.text)


_FEW = 9


def _back(turn: Turn) -> Known | None:
    if not _alone("back", turn):
        return None
    if turn.known.asked.about:
        return asking.put_again(turn, before=turn.say("talk.back"), counts=False)
    turn.utter(turn.say("talk.back_open"), Reply(kind=Kind.SMALLTALK))
    return turn.known


def _why(turn: Turn) -> Known | None:
    """Why it is asked, then the question once more; it counts as no try."""
    if turn.heard.names_something or not sign("why_ask", turn.heard.text):
        return None
    if not turn.known.asked.about:
        turn.utter(turn.say("talk.why_nothing"), Reply(kind=Kind.SMALLTALK))
        return turn.known
    return asking.put_again(turn, before=_reason(turn), counts=False)


def _reason(turn: Turn) -> str:
    if may.waiting(turn.known) is not None:
        return turn.say("talk.why_fact")
    where = turn.known.asked.about in asking.BEFORE_A_LIST
    return turn.say("talk.why_place" if where else "talk.why_need")


def _angry(turn: Turn) -> Known | None:
    """One line that takes it in and a person's number; no menu, and what was asked still waits."""
    heard = turn.heard
    of_us = heard.act == "report_problem" and not turn.known.shown.ids and not sign("number_or_place", heard.text)
    says_more = heard.act in _SAYS_MORE and not of_us
    if heard.names_something or says_more or not sign("angry", heard.text):
        return None
    whom, phones = between.somebody()
    person = turn.say("talk.angry_person", whom=f"{whom}, 211" if whom else "211")
    turn.utter(f"{turn.say('talk.angry')} {person}", Reply(kind=Kind.SMALLTALK, phones=(*phones, "211")))
    return turn.known


_SAYS_MORE = ("report_problem", "report_outcome", "opt_out", "talk_to_human")
"""What is answered by its own goal, however angrily it is said."""


def _no_address(turn: Turn) -> Known | None:
    """Asked where: somebody has no home or no ZIP code; a city, a town or a county is enough."""
    asked = turn.known.asked
    if asked.about != asking.ABOUT_PLACE or turn.heard.places or turn.heard.act == "check_eligibility":
        return None
    if not sign("no_address", turn.heard.text):
        return None
    return asking.ask(turn, turn.known, asked, text=turn.say("talk.no_address"), counts=False)


def _just_help(turn: Turn) -> Known | None:
    """Asked where, somebody only says again that they need help: no place has that name."""
    waits = turn.known.asked.about == asking.ABOUT_PLACE
    if not waits or not _alone("just_help", turn):
        return None
    return asking.ask_place(turn, turn.known, turn.known.asked.wants)


_WORDS: tuple[Callable[[Turn], Known | None], ...] = (_no_address, _why, _hold_on, _back, _angry, _just_help)
