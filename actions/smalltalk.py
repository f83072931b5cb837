"""Hello, and picking up the thread after a word aside."""

from __future__ import annotations

from actions import asking, going_on
from actions.context import Goal, Turn
from actions.slots import Asked, Known
from directory.reply import Kind

__all__ = ["GoOn", "Greet"]


class Greet(Goal):
    action = "action_greet"

    def answer(self, turn: Turn) -> Known:
        if turn.heard.names_something:
            return going_on.go_on(turn)
        if turn.known.asked.about and turn.known.asked.about != asking.ABOUT_NEED:
            return asking.put_again(turn)
        asked = Asked(asking.ABOUT_NEED, asking.menu())
        return asking.ask(turn, turn.known, asked, text=turn.say("greet"), kind=Kind.SMALLTALK)


class GoOn(Goal):
    """After a fixed reply: puts again the question that stands before a list; an offer is not repeated."""

    action = "action_go_on"

    def answer(self, turn: Turn) -> Known:
        return asking.put_again(turn) if turn.known.asked.about in asking.BEFORE_A_LIST else turn.known
