"""What is done sooner is the same: every act with its confidence, and every step that follows from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment

pytestmark = pytest.mark.rasa

BEGIN = """
import asyncio, json, random
from pathlib import Path
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


def test_every_message_is_understood_alike(tmp_path: Path, models: Path) -> None:
    code = """
from bench.generator import talks
said = [json.loads(line)["text"] for line in Path("tests/nlu/devset.jsonl").read_text("utf-8").splitlines()]
said += [message.text for _, (_, talk) in zip(range(36), talks(random.Random(1))) for message in talk]
said += ["?", "\\u00b4 \\u00b4", "12 345", "\\ufb01 \\u00bd a b", "I\\u00a0need", "x" * 900, "qwzx"]
hear = lambda: [asyncio.run(agent.parse_message(text)) for text in said]
before = hear()
assert quick.quicken(nodes) == (True, True)
for old, new in zip(before, hear(), strict=True):
    ranked = [(each.pop("intent_ranking"), each.pop("intent")["confidence"]) for each in (old, new)]
    assert old == new, (old, new)
    names = [[rank["name"] for rank in ranking] for ranking, _ in ranked]
    sure = [[rank["confidence"] for rank in ranking] + [first] for ranking, first in ranked]
    assert names[0] == names[1], old["text"]
    assert max(abs(a - b) for a, b in zip(*sure, strict=True)) < 1e-9, old["text"]
print(len(said))
"""
    assert int(python(code, tmp_path, models)) > 400


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
assert quick.quicken(nodes) == (True, True)
assert list(steps()) == before and list(steps()) == before
print(len(before), len({step[0] for step in before}))
"""
    tried, different = map(int, python(code, tmp_path, models).split())
    assert tried > 400 and different > 10


CHANGES = {
    "pass": (True, True),
    "model.clf.multi_class = 'ovr'": (False, True),
    "featurizer.vectorizers['text'].binary = True": (False, True),
    "featurizer.vectorizers['text'].vocabulary_['a new word'] = 10 ** 6": (False, True),
    "nodes['run_RegexMessageHandler']._component = object()": (False, True),
    "rules[json.dumps([{'user': {'intent': 'greet'}}])] = 'action_greet'": (True, False),
    "rules[json.dumps([{**greeted, 'slots': {'need': [1.0]}}])] = 'action_greet'": (True, False),
    "rules[json.dumps([{**greeted, 'user': {'text': 'hi'}}])] = 'action_greet'": (True, False),
    "rules[json.dumps([greeted, greeted, greeted])] = 'action_greet'": (True, False),
}


def test_it_stands_aside_where_it_could_not_answer_exactly(tmp_path: Path, models: Path) -> None:
    code = """
greeted = {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}
for change in CHANGES:
    agent = Agent(); agent.load_model(str(training.model_path()))
    nodes = agent.processor.graph_runner._instantiated_nodes
    part = {type(node._component).__name__: node._component for node in nodes.values()}
    model, featurizer = part["LogisticRegressionClassifier"], part["CountVectorsFeaturizer"]
    rules = part["RulePolicy"].lookup["rules"]
    exec(change)
    print(quick.quicken(nodes))
"""
    told = python(f"CHANGES = {list(CHANGES)!r}\n{code}", tmp_path, models).splitlines()
    assert dict(zip(CHANGES, told, strict=True)) == {change: str(did) for change, did in CHANGES.items()}
