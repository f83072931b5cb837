"""Hello, and the fixed replies; each picks up the thread after a word aside."""

from __future__ import annotations

from actions import asking, details, did_it_help, going_on, looking, privacy, wrong_listing
from actions.asked_shown import followup
from actions.context import Turn
from actions.goal import Goal
from actions.slots import Asked, Known
from actions.words import sign
from directory.reply import Kind
from directory.text import catalogue

__all__ = ["Aside", "Greet"]


class Greet(Goal):
    action = "action_greet"

    def respond(self, turn: Turn) -> Known:
        if turn.heard.names_something:
            return going_on.go_on(turn)
        if turn.known.asked.about and turn.known.asked.about != asking.ABOUT_NEED:
            return asking.put_again(turn)
        asked = Asked(asking.ABOUT_NEED, asking.menu())
        return asking.ask(turn, turn.known, asked, text=turn.say("greet"), kind=Kind.SMALLTALK)


class Aside(Goal):
    """A fixed reply, unless the message tells of something that is lacking or asks of the list shown.

    After words that hand nothing over, the question that stands before a list goes on.
    """

    action = "action_aside"

    def respond(self, turn: Turn) -> Known:
        heard = turn.heard
        if heard.act in ("affirm", "deny"):  # a thumb, whatever the model made of it
            return going_on.go_on(turn)
        if sign("lacking", heard.text) and (heard.needs or heard.programs):
            return looking.answer(turn)
        of_us = sign("own_languages", heard.text)
        closed = heard.act == "report_problem" and followup(heard.text) == "open_ones"  # "thats closed, any open?"
        asks = closed or (heard.act in _ASKS_OF_A_LIST and _of_the_list(heard.text))
        if asks and turn.known.shown.ids and not of_us:
            return details.tell(turn)
        if heard.act == "report_problem":
            return wrong_listing.unclear(turn)
        if heard.act == "report_outcome":
            return did_it_help.tell_how(turn)
        if heard.act == "ask_privacy":
            privacy.tell(turn)
        else:
            turn.dispatcher.utter_message(response=f"utter_{heard.act}")
        if heard.act == "opt_out":  # nothing waits for an answer any more, and what was said of the person is let go
            return turn.known.having(asked=Asked(), facts={})
        return _go_on(turn) if heard.act in _GOES_ON else turn.known


_GOES_ON = ("thanks", "ask_privacy", "ask_bot", "out_of_scope")
_ASKS_OF_A_LIST = ("goodbye", "opt_out", "ask_bot", "out_of_scope")


def _of_the_list(text: str) -> bool:
    return followup(text) not in (None, "more", "again", "not_that", "another")


def _go_on(turn: Turn) -> Known:
    """The question that stands before a list, answered if the message answers it; an offer is not repeated."""
    if turn.known.asked.about == asking.ABOUT_FACT and turn.heard.act != "thanks":
        return asking.put_again(turn, before=catalogue.say("verdict.back", turn.language), counts=False)
    if turn.known.asked.about not in asking.BEFORE_A_LIST:
        return turn.known
    choice = asking.picked(turn)
    if choice:
        return going_on.choose(turn, choice)
    return looking.answer(turn) if turn.heard.places else asking.put_again(turn)
