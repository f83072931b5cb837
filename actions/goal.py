"""A goal that hears first what comes before any goal: danger said just before, a paper with a deadline, a worry."""

from __future__ import annotations

from abc import abstractmethod

from actions import ahead, answering, barriers, cases, households, offer_later, unused
from actions.context import Goal as Bare
from actions.context import Turn
from actions.slots import Known

__all__ = ["Goal"]


class Goal(Bare):
    """What is said ahead answers the turn, or the goal itself does."""

    def answer(self, turn: Turn) -> Known:
        turn = barriers.learning(answering.learning(households.learning(cases.opened(turn))))
        turn = offer_later.unless_answered(turn)
        known = ahead.answered(turn)
        known = known if known is not None else answering.taken_up_again(turn, self.respond(turn))
        unused.said_back(turn)
        return offer_later.offered(turn, known)

    @abstractmethod
    def respond(self, turn: Turn) -> Known:
        """Answers the turn as this goal does."""
