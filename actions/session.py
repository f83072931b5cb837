"""A new session keeps the language, what was needed, where, the plan and the list shown, and nothing else."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted
from rasa_sdk.executor import CollectingDispatcher

from actions import slots

__all__ = ["SessionStart"]


class SessionStart(Action):
    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Starts the session; sensitive answers and questions in the air end with the one before it."""
        carried = slots.carried_over(tracker.slots)
        return [SessionStarted(), *carried, *slots.resuming(tracker.slots), ActionExecuted("action_listen")]
