"""What Rasa 3.6.21 does anew at every message, done once; tests hold that only time changes.

1. What actions answer is recognized at a glance when it is of our own few kinds, and else checked by one compiled
   validator, instead of re-checking the schema itself on every call.
2. A dictionary of event types, instead of a walk over all subclasses for every event read.
3. The nodes of the model run in an order found once, without dask, which plans and schedules anew at each run; and
   nothing is copied for debug lines that are never written.
"""

from __future__ import annotations

import graphlib
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

__all__ = ["mend"]

_OF_AN_EVENT = {
    "slot": frozenset({"event", "timestamp", "name", "value"}),
    "action": frozenset({"event", "timestamp", "name", "policy", "confidence"}),
    "session_started": frozenset({"event", "timestamp"}),
}
"""The events that our actions answer with, and what is in each."""


def _is_plain(result: Any) -> bool:
    """Whether an answer is plainly of the form that all ours have; the schema tries 23 kinds of event for each."""
    if not isinstance(result, dict) or not isinstance(result.get("responses"), list):
        return False
    return all(isinstance(response, dict) for response in result["responses"]) and all(
        isinstance(event, dict)
        and set(event) == _OF_AN_EVENT.get(event.get("event", ""))
        and isinstance(event.get("name", ""), str)
        and event.get("policy") is None
        and event.get("confidence") is None
        and (event["timestamp"] is None or isinstance(event["timestamp"], float))
        for event in result.get("events") or ()
    )


def _run_in_order(self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
    """Runs the nodes that the targets need, one after the other; what dask does with one thread."""
    wanted = tuple(targets or self._graph_schema.target_names)
    plans = self.__dict__.setdefault("_puente_plans", {})
    if wanted not in plans:
        plans[wanted] = _plan(self._graph_schema.minimal_graph_schema(list(wanted)))
    done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
    for name, needs in plans[wanted]:
        done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
    return {name: done[name][1] for name in wanted}


def _plan(schema: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The nodes of a graph, each after those it needs."""
    needs = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
    inside = {name: {need for need in wanted if need in needs} for name, wanted in needs.items()}
    return [(name, needs[name]) for name in graphlib.TopologicalSorter(inside).static_order()]


@lru_cache(maxsize=1)
def mend() -> None:
    """Applies them to the imported Rasa, once."""
    import jsonschema
    from rasa.core import processor
    from rasa.core.actions.action import RemoteAction
    from rasa.core.processor import MessageProcessor
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.shared.core import events
    from rasa.shared.utils.common import all_subclasses

    validator = jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        if not _is_plain(result):
            validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate

    types = {cls.type_name: cls for cls in reversed(all_subclasses(events.Event))}
    resolve = events.Event.resolve_by_type

    def resolve_by_type(type_name: str, default: type[events.Event] | None = None) -> type[events.Event] | None:
        return types.get(type_name) or resolve(type_name, default)

    events.Event.resolve_by_type = staticmethod(resolve_by_type)
    DaskGraphRunner.run = _run_in_order
    MessageProcessor._log_slots = staticmethod(lambda tracker: None)
    processor.copy = SimpleNamespace(deepcopy=lambda value: value)  # type: ignore[attr-defined]
