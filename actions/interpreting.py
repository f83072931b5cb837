"""What is told to whoever asks for a language that is not ours, or for an interpreter: it is free, and how to ask."""

from __future__ import annotations

from actions.context import Turn
from directory.reply import Kind, Reply
from directory.text import interpreters
from directory.text.names import language_code, language_name

__all__ = ["facts", "for_language", "told"]


def for_language(turn: Turn, wanted: str) -> None:
    """Asked for by name: its line, if we have one, then how to ask for an interpreter, in our own language."""
    code = language_code(wanted) or wanted
    if interpreters.line(code):
        turn.utter_interpreters(code)
    told(turn, wanted)


def told(turn: Turn, wanted: str) -> None:
    """How to ask for an interpreter of that language."""
    name = language_name(language_code(wanted) or wanted, turn.language)
    turn.utter(turn.say("language.wanted", language=name), Reply(kind=Kind.LANGUAGE, phones=("211", "911")))


def facts(turn: Turn) -> None:
    """No language named: the same for any."""
    turn.utter(turn.say("language.interpreter"), Reply(kind=Kind.LANGUAGE, phones=("211", "911")))
