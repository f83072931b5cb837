"""What is this program, how do I get it, may I?"""

from __future__ import annotations

from actions import details, may, telling
from actions.context import Turn
from actions.going_on import Answer
from actions.slots import Known

__all__ = ["CheckEligibility", "HowToApply", "ProgramInfo"]


class ProgramInfo(Answer):
    action = "action_program_info"

    def otherwise(self, turn: Turn) -> Known:
        if not turn.heard.names_something and details.about_shown(turn):
            return details.tell(turn)
        return telling.tell_or_ask(turn, "program")


class HowToApply(Answer):
    action = "action_how_to_apply"

    def otherwise(self, turn: Turn) -> Known:
        if turn.known.shown.focus and not turn.heard.names_something and details.about_shown(turn):
            return details.tell(turn)
        return telling.tell_or_ask(turn, "steps")


class CheckEligibility(Answer):
    """Asks what can still change the outcome, and tells what may be so; nobody is promised anything."""

    action = "action_check_eligibility"

    def otherwise(self, turn: Turn) -> Known:
        if not turn.heard.names_something and details.about_shown(turn):
            return details.tell(turn)
        return may.asked_about(turn)
