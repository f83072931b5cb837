"""Who gives it near me?"""

from __future__ import annotations

from actions import details, looking, may
from actions.context import Turn
from actions.going_on import Answer
from actions.slots import Known
from directory.eligibility import rules

__all__ = ["FindProvider"]


class FindProvider(Answer):
    action = "action_find_provider"

    def otherwise(self, turn: Turn) -> Known:
        if not turn.heard.names_something and details.about_shown(turn):
            return details.tell(turn)
        return (
            may.check(turn, looking.follow(turn), turn.heard.programs[0]) if _and_that(turn) else looking.answer(turn)
        )


_FEW = 4
"""How many words "and wic?" has at most."""
_SOME = 9
"""The same of "i want to know about calfresh too", said in the middle of a check."""


def _and_that(turn: Turn) -> bool:
    """Whether a program is only named, while or right after another is checked."""
    heard = turn.heard
    alone = bool(heard.programs) and heard.programs[0] in rules.programs() and not heard.places and not heard.plan
    words = len(heard.text.split())
    in_a_check = bool(turn.known.asked.check) and words <= _SOME
    return alone and (in_a_check or (bool(turn.known.asked.told) and words <= _FEW))
