"""Who gives it near me?"""

from __future__ import annotations

from actions import details, looking
from actions.context import Turn
from actions.going_on import Answer
from actions.slots import Known

__all__ = ["FindProvider"]


class FindProvider(Answer):
    action = "action_find_provider"

    def otherwise(self, turn: Turn) -> Known:
        if not turn.heard.names_something and details.about_shown(turn):
            return details.tell(turn)
        return looking.answer(turn)
