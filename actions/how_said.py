"""How it went, as the answer to "did it help?" says it: by a digit, a yes or a no, or words that plainly tell it."""

from __future__ import annotations

import re

from actions.context import Turn
from actions.tried_how import GONE, GOOD, how_it_went, kinds_told
from actions.words import sign

__all__ = [
    "DID_NOT_GO",
    "FAILED",
    "HELPED",
    "NOT_HELPED",
    "NO_ANSWER",
    "NO_SUCH",
    "TURNED_AWAY",
    "by_digit",
    "outcome",
]

HELPED, NO_ANSWER, TURNED_AWAY, DID_NOT_GO = "helped", "no_answer", "turned_away", "did_not_go"
NOT_HELPED, NO_SUCH = "not_helped", "no_such"
"""No answers yet: a bare no; a digit that is none of ours, or a "maybe". The question is put again."""
FAILED = "failed"
"""How it went, by no word that says more than that it did not work."""

_BY_DIGIT = {"1": HELPED, "2": NO_ANSWER, "3": TURNED_AWAY, "4": DID_NOT_GO}
_DIGIT = re.compile(r"\W*([1-4])(?!\d)\W*((?:\w+\W*){0,3})")
_DIGIT_AND_THANKS = re.compile(r"\W*([1-4])(?!\d)\W*((?:\w+\W*){0,8})")
_ANY_DIGITS = re.compile(r"\W*\d{1,2}\W*")
_FEW = 4
"""How many words a yes or a no has at most."""
_NEVER = ("change_language", "opt_out", "talk_to_human", "ask_privacy", "ask_bot", "crisis")
_GREETING = ("greet", "goodbye")
"""Acts that only words right after our text outweigh: "i forgot to go" is no goodbye."""


def outcome(turn: Turn, *, last: bool, same: bool) -> str | None:
    """How it went; `last`: our text came last, so that a digit and a bare yes count; `same`: its places are in talk."""
    digit = by_digit(turn) if last else None
    if digit and not turn.heard.places:
        return digit
    if last and _ANY_DIGITS.fullmatch(turn.heard.text):
        return NO_SUCH
    if turn.heard.act in _NEVER or "?" in turn.heard.text or not (last or same):
        return None
    if not last:
        return _by_words(turn) if turn.heard.act not in _GREETING else None
    return _by_words(turn) or _unclear(turn) or _yes_or_no(turn)


def by_digit(turn: Turn) -> str | None:
    """By a digit with few words beside it; with more where they are thanks: "1 thank you god bless"."""
    pattern = _DIGIT_AND_THANKS if turn.heard.act == "thanks" else _DIGIT
    found = pattern.fullmatch(turn.heard.text)
    return _BY_DIGIT[found[1]] if found else None


def _by_words(turn: Turn) -> str | None:
    text = re.sub(r"['’`´]", "", turn.heard.text)
    if sign("did_not_go", text) or sign("did_not_go_alone", text, alone=True):
        return DID_NOT_GO
    kinds = kinds_told(text)
    if GONE in kinds:
        return None
    if GOOD in kinds and (kinds == {GOOD} or sign("begins_yes", text)):
        return HELPED
    if "no_answer" in kinds:
        return NO_ANSWER
    return TURNED_AWAY if kinds - {GOOD, "went"} else None


def _unclear(turn: Turn) -> str | None:
    """Bad news in words that name no kind ("they wanted ID i dont have"), or neither yes nor no."""
    if turn.heard.act == "report_outcome" and how_it_went(turn) == FAILED:
        return TURNED_AWAY
    return NO_SUCH if sign("unsure_how", turn.heard.text, alone=True) else None


def _yes_or_no(turn: Turn) -> str | None:
    heard = turn.heard
    if heard.act in _GREETING or heard.names_something or len(heard.text.split()) > _FEW:
        return None
    if heard.act == "deny" or sign("later_no", heard.text, alone=True):
        return NOT_HELPED
    return HELPED if heard.act == "affirm" or sign("later_yes", heard.text, alone=True) else None
