"""A step that is looked up is the one that Rasa would find, whatever happened before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

pytestmark = pytest.mark.rasa

BEGIN = """
import json
from bot import quick, runtime, training
runtime.prepare()
from rasa.core.agent import Agent
agent = Agent(); agent.load_model(str(training.model_path()))
nodes = agent.processor.graph_runner._instantiated_nodes
runtime.mend()
"""


def python(code: str, home: Path, models: Path) -> str:
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BEGIN + code],
        cwd=ROOT,
        env=environment(home, models),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


def test_every_act_leads_to_the_same_steps(tmp_path: Path, models: Path) -> None:
    code = """
from rasa.shared.core.events import (
    ActionExecuted, ActionReverted, BotUttered, FollowupAction, Restarted, SessionStarted, SlotSet, UserUttered,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker
domain = agent.processor.domain
LISTEN = ActionExecuted("action_listen")
START = [ActionExecuted("action_session_start"), SessionStarted(), SlotSet("language", "es"), LISTEN]
def stories():
    for act in [*sorted(domain.intents), None, "unheard_of"]:
        said = [*START, UserUttered("x", {"name": act, "confidence": 1.0}, [{"entity": "need", "value": "food"}])]
        yield said
        for action in domain.user_actions:
            done = [*said, ActionExecuted(action), SlotSet("need", "food"), BotUttered("y")]
            yield done
            yield [*done, LISTEN, UserUttered("x", {"name": "affirm", "confidence": 1.0})]
        yield [*said, ActionExecuted("action_greet"), ActionExecuted("action_greet")]
        yield [*said, ActionExecuted("action_greet"), ActionReverted()]
        yield [*said, UserUtteranceReverted()]
        yield [*said, Restarted(), LISTEN]
    yield START
def steps():
    for events in stories():
        tracker = DialogueStateTracker.from_events("one", events, domain.slots, domain=domain)
        found = agent.processor._predict_next_with_tracker(tracker)
        also = [{**event.as_dict(), "timestamp": None} for event in found.events]
        yield found.max_confidence_index, round(found.max_confidence, 6), also
before = list(steps())
assert quick.quicken(nodes)
assert list(steps()) == before and list(steps()) == before
print(len(before), len({step[0] for step in before}))
"""
    tried, different = map(int, python(code, tmp_path, models).split())
    assert tried > 400 and different > 10


CHANGES = {
    "pass": True,
    "rules[json.dumps([{'user': {'intent': 'greet'}}])] = 'action_greet'": False,
    "rules[json.dumps([{**greeted, 'slots': {'need': [1.0]}}])] = 'action_greet'": False,
    "rules[json.dumps([{**greeted, 'user': {'text': 'hi'}}])] = 'action_greet'": False,
    "rules[json.dumps([{**greeted, 'user': {'intent': 'greet', 'entities': ['need']}}])] = 'action_greet'": False,
    "rules[json.dumps([greeted, greeted, greeted])] = 'action_greet'": False,
}


def test_it_stands_aside_where_it_could_not_answer_exactly(tmp_path: Path, models: Path) -> None:
    code = """
greeted = {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}
for change in CHANGES:
    agent = Agent(); agent.load_model(str(training.model_path()))
    nodes = agent.processor.graph_runner._instantiated_nodes
    rules = nodes["run_RulePolicy0"]._component.lookup["rules"]
    exec(change)
    print(quick.quicken(nodes))
"""
    told = python(f"CHANGES = {list(CHANGES)!r}\n{code}", tmp_path, models).splitlines()
    assert dict(zip(CHANGES, told, strict=True)) == {change: str(did) for change, did in CHANGES.items()}
