"""A phone that somebody else may read: after violence at home, self-harm or drugs nothing is sent to it, by any path.

What is said in one talk `actions.silence` knows; here it is kept for the number, so that no later talk and nothing that
waits in the queue forgets it. Why is kept nowhere.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from actions import silence
from actions.heard import Heard
from actions.slots import Known
from actions.words import sign
from directory import logs, trials
from directory.dangers import HUSHED

__all__ = ["Writing", "by_text", "forget", "hard", "hush", "may_call", "minor"]

logger = logging.getLogger(__name__)


class Writing(Protocol):
    """What of a turn is looked at here."""

    @property
    def heard(self) -> Heard: ...
    @property
    def known(self) -> Known: ...
    @property
    def channel(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def reach(self) -> str | None: ...
    @property
    def now(self) -> datetime: ...


_PROGRAMS = ("cs_sobering",)
_YOUTH = "youth_lines"


def hard(heard: Heard, known: Known) -> bool:
    """Whether a message, or what is known beside it, speaks of violence at home, self-harm or drugs, or is a minor's.

    Nowhere to sleep, a sick body or a low mood by themselves are none: who says so may want to be asked later.
    """
    asked = known.asked
    calm = replace(heard, crisis=heard.crisis if heard.crisis in HUSHED else None)
    before = known.having(asked=replace(asked, crisis=asked.crisis if asked.crisis in HUSHED else None))
    if silence.called_for(calm, before) or minor(heard, known):
        return True
    if known.program in _PROGRAMS or known.shown.want.program in _PROGRAMS:
        return True
    return heard.crisis == "medical" and sign("took_something", heard.text)


def minor(heard: Heard, known: Known) -> bool:
    """Whether this talk is with, or about, somebody under 18."""
    return known.asked.guide == _YOUTH or silence.young(heard, known)


def by_text(turn: Writing) -> bool:
    """Whether this person writes from a phone to which something could be sent."""
    return turn.channel == "sms" or turn.reach is not None


def hush(turn: Writing, known: Known | None = None) -> None:
    """Keeps quiet towards this number from now on, where this turn calls for it; what waits is taken back.

    An inbox that cannot be written stops no answer: the danger's words are said all the same.
    """
    if trials.is_conversation(turn.who) or not by_text(turn) or not hard(turn.heard, known or turn.known):
        return
    try:
        from directory.inbox import quiet

        if not quiet.is_quiet(turn.who):
            quiet.hush(turn.who, turn.now)
    except Exception as error:
        logs.event(logger, "quiet.not_kept", level=logging.ERROR, error=error)


def forget(turn: Writing) -> bool:
    """Takes back all that was to be sent to this number and deletes what is kept of it; whether that was done."""
    if not by_text(turn):
        return True
    try:
        from directory.inbox import quiet

        quiet.forget(turn.who, turn.now)
    except Exception as error:  # the talk itself is forgotten all the same, and the person is told what is not
        logs.event(logger, "quiet.not_forgotten", level=logging.ERROR, error=error)
        return False
    return True


def may_call(turn: Writing) -> bool:
    """Whether a call to this number may be offered: by text message alone, and where nobody else may pick it up."""
    if turn.channel != "sms" or not turn.reach or hard(turn.heard, turn.known):
        return False
    try:
        from directory.inbox import quiet

        return not quiet.is_quiet(turn.who)
    except Exception as error:  # whom to call is told all the same
        logs.event(logger, "quiet.not_known", level=logging.ERROR, error=error)
        return False
