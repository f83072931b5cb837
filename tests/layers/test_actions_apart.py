"""`actions` as a server of its own: small, and a stranger to Rasa and TensorFlow."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).parents[2]
MEGABYTES = 80
HEAVY = {"rasa", "tensorflow", "jax", "keras", "sklearn", "scipy", "spacy", "zipcodes", "lingua"}
LOAD_AS_THE_SERVER_DOES = """
import json, sys, rasa_sdk.endpoint
from rasa_sdk.executor import ActionExecutor
ActionExecutor().register_package("actions")
sys.stdout.write("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


@pytest.fixture
def environment(demo_home: Path) -> dict[str, str]:
    return {**os.environ, "PUENTE_HOME": str(demo_home), "SANIC_HOST": "127.0.0.1"}


def test_actions_import_nothing_heavy(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD_AS_THE_SERVER_DOES], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    packages = set(json.loads(done.stdout.splitlines()[-1]))
    assert {"actions", "directory", "rasa_sdk"} <= packages
    assert not packages & HEAVY


@pytest.fixture
def server(environment: dict[str, str], tmp_path: Path) -> Iterator[tuple[psutil.Process, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", str(port)]
    with (tmp_path / "actions.log").open("wb") as log:
        process = psutil.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(10)


def call(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_until_up(process: psutil.Process, url: str, log: Path) -> None:
    for _ in range(100):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            call(f"{url}/health")
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the action server did not answer within 20 s:\n{log.read_text(encoding='utf-8')}")


def tracker(text: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    message = {"text": text, "intent": {"name": "find_provider", "confidence": 1.0}, "entities": entities}
    heard = {"event": "user", "timestamp": time.time(), "parse_data": message, **message}
    return {
        "sender_id": "somebody",
        "slots": {"language": "en"},
        "latest_message": message,
        "events": [heard],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
        "latest_input_channel": "web",
    }


def test_the_action_server_stays_small(server: tuple[psutil.Process, str], tmp_path: Path) -> None:
    process, url = server
    wait_until_up(process, url, tmp_path / "actions.log")
    entities = [{"entity": "need", "value": "food"}, {"entity": "place", "value": "Modesto"}]
    body = {"tracker": tracker("food in Modesto", entities), "domain": {}, "sender_id": "somebody"}
    answer = call(f"{url}/webhook", {"next_action": "action_find_provider", **body})
    said = [response.get("response") or response.get("text") for response in answer["responses"]]
    assert said and "utter_failed" not in said, (tmp_path / "actions.log").read_text(encoding="utf-8")
    assert "555-01" in str(said), "the action looked into the directory"
    family = [process, *process.children(recursive=True)]
    resident = sum(member.memory_info().rss for member in family) / 1_000_000
    assert resident < MEGABYTES, f"{resident:.0f} MB"
    loaded = {Path(region.path).name for member in family for region in member.memory_maps()}
    assert not [name for name in loaded if "tensorflow" in name or "_pywrap_tf" in name]
