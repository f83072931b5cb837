"""Not understood: one short question with numbered choices, then a person, then examples; never the same in a row."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, details, going_on, people
from actions.context import Turn
from actions.slots import Asked, Known
from directory.reply import Kind, Reply

__all__ = ["NotUnderstood"]


class NotUnderstood(going_on.Answer):
    action = "action_not_understood"

    understood = False

    def otherwise(self, turn: Turn) -> Known:
        if turn.heard.act == "thanks":  # a heart; words of thanks have an action of their own
            turn.dispatcher.utter_message(response="utter_thanks")
            return turn.known
        if turn.heard.act in _BY_A_SIGN or _helps(turn):
            return going_on.go_on(turn)
        return _WAYS[turn.known.asked.misses % len(_WAYS)](turn)


_BY_A_SIGN = ("affirm", "deny")
"""A thumb up or down."""


def _helps(turn: Turn) -> bool:
    """Whether the message answers what was asked or points at the list shown, whatever the model made of it."""
    return bool(turn.heard.names_something or turn.known.asked.about == asking.ABOUT_PLACE or details.about_shown(turn))


def _ask(turn: Turn) -> Known:
    asked = Asked(asking.ABOUT_NEED, asking.menu())
    return _missed(turn, asking.ask(turn, turn.known, asked, text=turn.say("talk.menu"), kind=Kind.FALLBACK))


def _hand_over(turn: Turn) -> Known:
    """A person's numbers; the numbers of the question before still pick."""
    return _missed(turn, people.hand_over(turn).having(asked=turn.known.asked))


def _examples(turn: Turn) -> Known:
    turn.utter(turn.say("fallback"), Reply(kind=Kind.FALLBACK))
    return _missed(turn, turn.known)


def _missed(turn: Turn, known: Known) -> Known:
    return known.having(asked=replace(known.asked, misses=turn.known.asked.misses + 1))


_WAYS = (_ask, _hand_over, _examples)
"""One after the other: nobody reads the same words twice in a row."""
