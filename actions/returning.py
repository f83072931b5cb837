"""Back after days: what was looked for can go on, or a new talk begins; begun anew or erased at a word, any time."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, cases, details, looking, safe_phone
from actions.context import OVER, Turn
from actions.slots import Asked, Choice, Known
from actions.words import sign
from directory.inbox import erase_words
from directory.reply import Kind, Reply

__all__ = ["answered", "begun_anew", "erased"]

CHOICES = (Choice("resume", "go_on"), Choice("resume", "anew"))
_VAGUE = ("greet", "affirm", "thanks", "nlu_fallback", "inform", "ask_bot")
"""Acts that say nothing of what somebody wants who comes back."""


def answered(turn: Turn) -> Known | None:
    """What is known after somebody who comes back says whether to go on; None for any other message."""
    asked, heard = turn.known.asked, turn.heard
    if asked.about != asking.RESUME:
        return None
    choice = asking.picked(turn)
    if choice is not None and choice.goal == "resume":
        return _gone_on(turn) if choice.value == "go_on" else _anew(turn)
    if asked.choices and heard.act in ("affirm", "deny") and not heard.names_something:
        return _gone_on(turn) if heard.act == "affirm" else _anew(turn)
    if heard.names_something or turn.learned or heard.act not in _VAGUE:
        return None
    if heard.act != "greet" and details.about_shown(turn):  # "hi again" asks for no list again
        return None
    what = cases.told(turn.known, turn)
    if asked.choices or not what:
        return None
    return asking.ask(turn, turn.known, Asked(asking.RESUME, CHOICES), text=turn.say("returning.ask", what=what))


def _gone_on(turn: Turn) -> Known:
    known = turn.known.having(asked=Asked())
    if known.shown.ids:
        return looking.again(replace(turn, known=known), offset=known.shown.offset, filters=known.shown.filters)
    return looking.find(turn, known, (known.want,))


def begun_anew(turn: Turn) -> Known | None:
    """What is known once somebody begins again: what was asked, shown and said of them is let go; None otherwise."""
    return _anew(turn) if _only_says("anew", turn) else None


def erased(turn: Turn) -> Known | None:
    """The same where somebody wants all of it gone, and asks for nothing else: no question follows.

    By text message what waits for that number goes too, and nothing is sent to it until somebody writes from it.
    """
    if erase_words.asks_how(turn.heard.text):
        turn.utter(turn.say("returning.erase_word"), Reply(kind=Kind.SMALLTALK))
        return turn.known
    if not _wants_gone(turn):
        return None
    done = safe_phone.forget(turn)
    turn.utter(turn.say("returning.erased" if done else "returning.erased_here"), Reply(kind=Kind.SMALLTALK))
    return Known(language=turn.known.language, asked=Asked(crisis=OVER))


_FEW = 9


def _wants_gone(turn: Turn) -> bool:
    """Whether that is all that a message wants; what its few words seem to name beside it ("mis datos") is nothing."""
    if _only_says("erase", turn):
        return True
    brief = len(turn.heard.text.split()) <= _FEW
    return erase_words.wanted(turn.heard.text) and (brief or not turn.heard.names_something)


def _only_says(name: str, turn: Turn) -> bool:
    return not turn.heard.names_something and sign(name, turn.heard.text, alone=True)


def _anew(turn: Turn) -> Known:
    """Nothing of what was said counts, but the language."""
    known = Known(language=turn.known.language)
    asked = Asked(asking.ABOUT_NEED, asking.menu())
    return asking.ask(replace(turn, known=known), known, asked, text=turn.say("anew"))
