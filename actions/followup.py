"""More, the second, its hours, its phone, one that is nearer?"""

from __future__ import annotations

from actions import details, looking
from actions.asked_shown import followup
from actions.context import Turn
from actions.going_on import Answer
from actions.slots import Known
from actions.words import sign

__all__ = ["FollowUp"]


class FollowUp(Answer):
    action = "action_followup"

    def otherwise(self, turn: Turn) -> Known:
        if _looks_elsewhere(turn):
            return looking.answer(turn)
        if turn.heard.wanted_language and turn.known.shown.ids and not _asks_of_one(turn):
            return details.narrowed(turn)
        return details.tell(turn)


def _asks_of_one(turn: Turn) -> bool:
    """Whether one place is asked what it speaks, instead of the list for places that speak it."""
    return followup(turn.heard.text) == "languages" and not sign("who_speaks", turn.heard.text)


def _looks_elsewhere(turn: Turn) -> bool:
    """Whether the message names a place, a plan or something else than what the list was made for."""
    heard, want = turn.heard, turn.known.shown.want
    other_program = bool(heard.programs) and want.program not in heard.programs
    other_need = bool(heard.needs) and want.need not in heard.needs
    return other_program or other_need or bool(heard.places) or bool(heard.plan)
