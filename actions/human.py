"""Somebody asks for a person."""

from __future__ import annotations

from actions import people
from actions.context import Turn
from actions.goal import Goal
from actions.slots import Known

__all__ = ["TalkToHuman"]


class TalkToHuman(Goal):
    action = "action_talk_to_human"

    def respond(self, turn: Turn) -> Known:
        known = turn.known.having(plan=turn.heard.plan or turn.known.plan)
        return people.reached(turn, known)
