"""Hello, and picking up the thread after a word aside."""

from __future__ import annotations

from actions import asking, going_on, looking
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
    """After a fixed reply: the question that stands before a list goes on, answered if the message answers it.

    An offer is not repeated.
    """

    action = "action_go_on"

    def answer(self, turn: Turn) -> Known:
        if turn.known.asked.about not in asking.BEFORE_A_LIST:
            return turn.known
        choice = asking.picked(turn)
        if choice:
            return going_on.choose(turn, choice)
        return looking.answer(turn) if turn.heard.places else asking.put_again(turn)
