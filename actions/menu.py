"""Not understood: first a gentle word with examples, then a numbered menu, then a person."""

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
        if _helps(turn):
            return going_on.go_on(turn)
        misses = turn.known.asked.misses + 1
        if misses == 1:
            return _rephrase(turn)
        if misses == 2:
            asked = Asked(asking.ABOUT_NEED, asking.menu(), misses=misses)
            return asking.ask(turn, turn.known, asked, text=turn.say("menu.head"), kind=Kind.MENU)
        return people.hand_over(turn)


def _helps(turn: Turn) -> bool:
    """Whether the message answers what was asked or points at the list shown, whatever the model made of it."""
    return bool(turn.heard.names_something or turn.known.asked.about == asking.ABOUT_PLACE or details.about_shown(turn))


def _rephrase(turn: Turn) -> Known:
    turn.utter(turn.say("fallback"), Reply(kind=Kind.FALLBACK))
    return turn.known.having(asked=replace(turn.known.asked, misses=1))
