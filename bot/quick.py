"""The next step of a loaded model, sooner: Rasa tries all rules anew at each step, over all states of a conversation.

Ours depend on the act and on what was done since, so a step is looked up once and then remembered. Where a rule asks
for more than that, nothing is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["quicken"]

_STEPS_REMEMBERED = 2_000
_PASSING = frozenset({"slot", "bot", "user_featurization"})
"""Events after a message that no rule looks at, if no rule speaks of slots."""


def quicken(nodes: Mapping[str, Any]) -> bool:
    """Makes the rules among the nodes of a loaded model remember; whether it did."""
    policies = [node._component for node in nodes.values() if type(node._component).__name__ == "RulePolicy"]
    if len(policies) != 1 or not all(_of_an_act(json.loads(key)) for key in policies[0].lookup["rules"]):
        return False
    policy, predict = policies[0], policies[0]._predict
    remembered: dict[tuple[str | None, ...], Any] = {}

    def looked_up(tracker: Any, domain: Any) -> Any:
        step = _step(tracker)
        if step is None:
            return predict(tracker, domain)
        if step not in remembered:
            if len(remembered) > _STEPS_REMEMBERED:
                remembered.clear()
            remembered[step] = predict(tracker, domain)
        return remembered[step]

    policy._predict = looked_up
    return True


def _of_an_act(states: list[dict[str, Any]]) -> bool:
    """Whether a rule asks for nothing but an act and the action right after it."""
    plain = all(set(state) == {"prev_action", "user"} and set(state["user"]) == {"intent"} for state in states)
    return plain and len(states) <= 2 and states[0]["prev_action"] == {"action_name": "action_listen"}


def _step(tracker: Any) -> tuple[str | None, ...] | None:
    """The act of the last message and the actions since; None where something else happened that a rule may look at."""
    if tracker.active_loop_name or tracker.latest_message is None:
        return None
    since: list[str] = []
    for event in reversed(tracker.events):
        if event.type_name == "action":
            since.append(event.action_name)
        elif event.type_name == "user":
            return (tracker.latest_message.intent.get("name"), *since)
        elif event.type_name not in _PASSING:
            return None
    return None
