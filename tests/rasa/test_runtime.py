"""The runtime: the one version it stands on, lean imports that are loud, and mends that change nothing but time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Assistant, environment

pytestmark = pytest.mark.rasa


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, env=environment(home), capture_output=True, text=True
    )


def test_another_version_of_rasa_is_refused(tmp_path: Path) -> None:
    code = "from bot import runtime; runtime.RASA_VERSION = '3.7.0'; runtime.prepare()"
    result = python(code, tmp_path)
    assert result.returncode == 1
    assert "Rasa 3.6.21 is installed" in result.stderr and "make setup" in result.stderr


def test_the_running_assistant_holds_no_tensorflow_and_little_memory(assistant: Assistant) -> None:
    maps = Path(f"/proc/{assistant.process.pid}/maps").read_text()
    assert "tensorflow" not in maps
    resident = int(Path(f"/proc/{assistant.process.pid}/statm").read_text().split()[1]) * 4096 / 1e6
    assert resident < 350


def test_a_tensorflow_component_fails_loudly_when_lean(tmp_path: Path) -> None:
    code = "from bot import runtime; runtime.prepare()\nfrom rasa.utils.tensorflow.models import RasaModel\nRasaModel()"
    result = python(code, tmp_path)
    assert result.returncode == 1
    assert "LeanError" in result.stderr


def test_whoever_starts_a_model_that_needs_tensorflow_reads_how(tmp_path: Path) -> None:
    code = """
from pathlib import Path
from bot import loading, runtime; runtime.prepare()
from rasa.core.agent import Agent
class NeedsMore(Agent):
    def load_model(self, *_):
        from rasa.utils.tensorflow.models import RasaModel
        try: RasaModel()
        except Exception as error: raise ValueError("as the graph wraps it") from error
try: loading.load_into(NeedsMore(), Path("model.tar.gz"))
except runtime.AssistantError as error: print(error)
"""
    said = python(code, tmp_path).stdout
    assert "Start it with `puente up --full`, or take the component out of config.yml." in said


def test_lean_after_rasa_is_refused(tmp_path: Path) -> None:
    result = python("import rasa\nfrom bot import lean\nlean.install()", tmp_path)
    assert "LeanError" in result.stderr


def test_event_types_resolve_as_before(tmp_path: Path) -> None:
    code = """
from bot import runtime; runtime.prepare()
from rasa.shared.core import events
from rasa.shared.utils.common import all_subclasses
before = {c.type_name: events.Event.resolve_by_type(c.type_name) for c in all_subclasses(events.Event)}
runtime.mend()
after = {name: events.Event.resolve_by_type(name) for name in before}
assert before == after and len(before) > 15, (before, after)
try: events.Event.resolve_by_type("nonsense")
except ValueError: print("as before")
"""
    assert "as before" in python(code, tmp_path).stdout


def test_what_actions_answer_is_still_checked(tmp_path: Path) -> None:
    code = """
from bot import runtime; runtime.prepare(); runtime.mend()
from rasa.core.actions.action import RemoteAction
from jsonschema import ValidationError
action = RemoteAction("a", None)
slot = {"event": "slot", "timestamp": None, "name": "need", "value": {"any": ["thing"]}}
listen = {"event": "action", "timestamp": None, "name": "action_listen", "policy": None, "confidence": None}
begun = {"event": "session_started", "timestamp": None}
good = [{"events": [], "responses": []}, {"events": [slot], "responses": [{"text": "x"}]},
        {"events": [begun, slot, listen], "responses": []},
        {"events": [{"event": "followup", "name": "action_x"}], "responses": []}]
assert all(action._validate_action_result(each) for each in good)
bad = [{"events": [{"no": "event"}], "responses": []}, {"events": [{**slot, "name": 7}], "responses": []},
       {"events": [{**slot, "timestamp": "noon"}], "responses": []}, {"events": [slot], "responses": ["x"]},
       {"events": [slot], "responses": "x"}, {"events": "x", "responses": []}, [],
       {"events": [{**listen, "name": 7}], "responses": []}, {"events": [{**listen, "policy": 7}], "responses": []},
       {"events": [{**begun, "timestamp": "noon"}], "responses": []}]
for each in bad:
    try: action._validate_action_result(each)
    except ValidationError: print("refused")
"""
    assert python(code, tmp_path).stdout.split() == ["refused"] * 10


@pytest.mark.parametrize("file", ["directory/text/es.yml", "bot/components/words/lists.yml", "actions/words.yml"])
def test_yaml_says_the_same_by_libyaml(tmp_path: Path, file: str) -> None:
    code = f"""
import yaml
from pathlib import Path
before = yaml.safe_load(Path({file!r}).read_text("utf-8"))
from bot import runtime; runtime.prepare()
assert yaml.SafeLoader is yaml.CSafeLoader
assert repr(yaml.safe_load(Path({file!r}).read_text("utf-8"))) == repr(before) and len(repr(before)) > 1000
print("the same")
"""
    assert "the same" in python(code, tmp_path).stdout


def test_the_words_said_to_get_warm_are_kept_nowhere(demo_home: Path, models: Path, tmp_path: Path) -> None:
    code = """
import asyncio, os
from pathlib import Path
from bot import runtime, training
os.environ["PUENTE_MODELS"] = FOLDER
os.environ["PUENTE_HOME"] = HOME
runtime.prepare()
from bot.tracker_store import CompactingTrackerStore
store = CompactingTrackerStore(Path(FILE))
agent = runtime.load(training.model_path(), store=store)
kept = agent.processor.tracker_store
runtime.warm(agent)
assert agent.processor.tracker_store is kept
assert not asyncio.run(store.keys()) and not store._held
print("nowhere")
"""
    for name, value in (("FOLDER", models), ("HOME", demo_home), ("FILE", tmp_path / "conversations.db")):
        code = code.replace(name, repr(str(value)))
    result = python(code, tmp_path)
    assert "nowhere" in result.stdout, result.stderr[-2000:]
    assert "failed" not in result.stderr


def test_the_model_answers_in_order_what_it_answers_through_dask(tmp_path: Path, models: Path) -> None:
    code = """
import asyncio, os
from bot import runtime, training
os.environ["PUENTE_MODELS"] = FOLDER
runtime.prepare()
from rasa.core.agent import Agent
from rasa.engine.runner.dask import DaskGraphRunner
agent = Agent(); agent.load_model(str(training.model_path()))
said = ["I need food in Modesto", "quiero un raite al doctor", "thanks", "??", "my husband hits me", "qwzx"]
hear = lambda: [asyncio.run(agent.parse_message(text)) for text in said]
before, through_dask = hear(), DaskGraphRunner.run
runtime.mend()
assert DaskGraphRunner.run is not through_dask
after = hear()
assert before == after, (before, after)
print(len({each["intent"]["name"] for each in after}))
"""
    result = python(code.replace("FOLDER", repr(str(models))), tmp_path)
    assert result.returncode == 0, result.stderr[-2000:]
    assert int(result.stdout.split()[-1]) >= 4
