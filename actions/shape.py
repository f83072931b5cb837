"""How an answer should look: just the number, one thing, shorter, longer, simpler, a summary to paste.

The same facts as before, less of them or more; nothing is looked up that was not told.
"""

from __future__ import annotations

from dataclasses import replace

from actions import details, narrowing, shape_of_list, shape_of_telling, summary, talked_of
from actions.asked_shown import asks_of_shown, filters_said, shape_said
from actions.context import WORRY, Turn
from actions.slots import Known
from actions.words import ordinal, sign
from directory.model import Need

__all__ = ["answered"]

_NEVER = ("crisis", "talk_to_human", "opt_out", "report_problem")
"""Acts that are never about a shape, whatever the words."""
_OF_A_LIST = (
    "followup", "find_provider", "inform", "nlu_fallback", "deny", "affirm", "program_info", "out_of_scope", "greet",
    "check_eligibility", "how_to_apply", "report_outcome", "ask_bot", "goodbye", "thanks",
)  # fmt: skip
"""Acts for which a question about a list is often taken."""


def answered(turn: Turn) -> Known | None:
    """What is known after the same answer in the shape asked for; None for a message that asks for none."""
    turn = _without_what_is_by_the_way(turn)
    heard = turn.heard
    if heard.act in _NEVER or heard.crisis not in (None, WORRY) or heard.names_something or _another_language(turn):
        return None
    shape = shape_said(heard.text)
    if heard.act == "ask_privacy" and shape != "longer":  # "do you save this?", "who is it shared with?"
        return None
    talk = talked_of.last(turn.known) if shape else None
    if talk is None or shape is None:
        return _of_the_list(turn)
    if shape == "summary":
        return summary.tell(turn, talk)
    return shape_of_list.tell(turn, shape) if talk.of_list else shape_of_telling.tell(turn, talk, shape)


def _another_language(turn: Turn) -> bool:
    """Whether another language is asked for by its name: "in Spanish, I don't understand" asks for no simpler words."""
    return turn.heard.act == "change_language" and turn.heard.wanted_language is not None


def _without_what_is_by_the_way(turn: Turn) -> Turn:
    """The turn without needs that the words of a question name beside it: "which ones ask for no ID" looks for none.

    Nor is the second of a list ("el segundo") the city of that name.
    """
    if not _just_shown(turn):
        return turn
    asked = {asks_of_shown(turn.heard.text), *filters_said(turn.heard.text)} - {None}
    besides = {need for kind in asked for need in _BY_THE_WAY.get(str(kind), ())} - {turn.known.shown.want.need}
    places = tuple(place for place in turn.heard.places if not (place == _SECOND and ordinal(turn.heard.text)))
    needs = tuple(need for need in turn.heard.needs if need not in besides)
    return replace(turn, heard=replace(turn.heard, needs=needs, places=places))


_SECOND = "El Segundo"
_BY_THE_WAY = {
    "no_id": ("legal",),
    "bring": ("legal",),
    "kids": ("family", "work_school"),
    "bus": ("transport",),
    "get_there": ("transport",),
    "distance": ("transport",),
    "delivery": ("transport",),
    "what_to_say": ("legal", "family", "other_health"),
    "parking": ("transport",),
    "closer": ("transport",),
    "wait_list": ("housing",),
    "appointment": ("other_health", "transport"),
    "walk_in": ("other_health",),
}
"""By what is asked, the needs that its words may name."""


def _just_shown(turn: Turn) -> bool:
    return bool(turn.known.shown.ids) and not turn.known.asked.about


def _of_the_list(turn: Turn) -> Known | None:
    """A question about the list that was just shown, whatever its act was taken for."""
    if not _just_shown(turn) or turn.heard.act not in _OF_A_LIST or not details.asks_plainly(turn):
        return None
    if turn.known.shown.want.need == Need.TRANSPORT.value and narrowing.names_a_time(turn.heard.text, turn.now):
        return None  # the day of a ride, most likely: its clock goes first
    if sign("own_languages", turn.heard.text):  # of the assistant, not of the places
        return None
    return details.tell(turn)
