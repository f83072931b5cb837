"""Going on: the answer to what was asked, by its number or its words; else what a bare word may mean."""

from __future__ import annotations

from abc import abstractmethod

from actions import asking, details, looking, may, people, telling
from actions.context import Turn
from actions.goal import Goal
from actions.in_between import noted
from actions.slots import Choice, Known
from actions.words import number_said
from directory.model import Need

__all__ = ["Answer", "choose", "go_on", "noted"]


class Answer(Goal):
    """A goal whose words may also pick one of the choices offered before: then the choice counts."""

    def respond(self, turn: Turn) -> Known:
        choice = asking.picked(turn)
        return choose(turn, choice) if choice else self.otherwise(turn)

    @abstractmethod
    def otherwise(self, turn: Turn) -> Known:
        """Answers a turn that picks no choice."""


def choose(turn: Turn, choice: Choice) -> Known:
    """Does what a choice says."""
    known = looking.chosen(looking.follow(turn), choice)
    if choice.goal == "person":
        return people.reached(turn)
    if choice.goal == "may":
        return may.check(turn, known, choice.value or "")
    if choice.goal == "screen":
        return may.of_need(turn, known, Need(choice.value))
    about = "steps" if choice.goal == "how" else choice.goal
    if about in telling.TOLD:
        return telling.tell(turn, known, choice.value or "", about)
    return looking.find(turn, known, looking.waiting(turn.known, choice))


def go_on(turn: Turn) -> Known:
    """Goes on with what was asked; with nothing asked, a number means the list shown, and a bare word a search."""
    if turn.heard.names_something or turn.known.asked.about == asking.ABOUT_PLACE:
        return looking.answer(turn)
    if number_said(turn.heard.text) == 0:
        return people.reached(turn)
    if details.about_shown(turn):
        return details.tell(turn)
    if turn.known.asked.about:
        return asking.put_again(turn)
    return noted(turn) if turn.known.shown.ids else asking.ask_need(turn, turn.known)
