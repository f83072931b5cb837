"""How an answer should look: just the number, one thing, shorter, longer, simpler, a summary to paste.

The same facts as before, less of them or more; nothing is looked up that was not told.
"""

from __future__ import annotations

from actions import details, narrowing, shape_of_list, shape_of_telling, summary, talked_of
from actions.asked_shown import shape_said
from actions.context import WORRY, Turn
from actions.slots import Known
from actions.words import sign
from directory.model import Need

__all__ = ["answered"]

_NEVER = ("crisis", "talk_to_human", "opt_out", "change_language", "report_problem", "ask_privacy")
"""Acts that are never about a shape, whatever the words."""
_OF_A_LIST = (
    "followup", "find_provider", "inform", "nlu_fallback", "deny", "affirm", "program_info", "out_of_scope", "greet",
    "check_eligibility", "how_to_apply", "report_outcome", "ask_bot", "goodbye", "thanks",
)  # fmt: skip
"""Acts for which a question about a list is often taken."""


def answered(turn: Turn) -> Known | None:
    """What is known after the same answer in the shape asked for; None for a message that asks for none."""
    heard = turn.heard
    if heard.act in _NEVER or heard.crisis not in (None, WORRY) or heard.names_something:
        return None
    shape = shape_said(heard.text)
    talk = talked_of.last(turn.known) if shape else None
    if talk is None or shape is None:
        return _of_the_list(turn)
    if shape == "summary":
        return summary.tell(turn, talk)
    return shape_of_list.tell(turn, shape) if talk.of_list else shape_of_telling.tell(turn, talk, shape)


def _of_the_list(turn: Turn) -> Known | None:
    """A question about the list that was just shown, whatever its act was taken for."""
    just_shown = turn.known.shown.ids and not turn.known.asked.about
    if not just_shown or turn.heard.act not in _OF_A_LIST or not details.asks_plainly(turn):
        return None
    if sign("own_languages", turn.heard.text):  # of the assistant, not of the places
        return None
    if turn.known.shown.want.need == Need.TRANSPORT.value and narrowing.names_a_time(turn.heard.text, turn.now):
        return None  # the day of a ride, most likely: its clock goes first
    return details.tell(turn)
