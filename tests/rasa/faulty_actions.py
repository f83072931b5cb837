"""Actions that fail, each in a way of its own; `faulty.py` runs an assistant with them."""

from __future__ import annotations

import os
import time
from typing import Any

from rasa_sdk import Action

from actions.context import Goal, Turn
from actions.session import SessionStart
from actions.slots import Known

__all__ = ["Raises", "RaisesBare", "RaisesInDanger", "SessionStart", "Sleeps"]

SLEEP_SECONDS = 4


class Raises(Goal):
    """A goal that breaks while it answers, with the person's words in the error."""

    action = "action_greet"

    def answer(self, turn: Turn) -> Known:
        raise ValueError(turn.heard.text)


class RaisesInDanger(Raises):
    """The same where somebody has said a danger; whoever only imports this file keeps the real one."""

    action = "action_crisis" if os.environ.get("PUENTE_FAULTY") else "action_of_nobody"


class Sleeps(Goal):
    """A goal that takes longer than anybody waits."""

    action = "action_find_provider"

    def answer(self, turn: Turn) -> Known:
        time.sleep(SLEEP_SECONDS)
        return turn.known


class RaisesBare(Action):
    """An action that nothing of ours guards."""

    def name(self) -> str:
        return "action_followup"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise KeyError(tracker.latest_message["text"])
