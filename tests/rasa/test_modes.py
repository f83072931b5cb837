"""The same conversations pass with all of Rasa imported, and with the actions as a server of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT, Assistant, environment, free_port, start_assistant, stop
from tests.conversations.runner import Script, play, scripts
from tests.rasa.test_up import eventually

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def full(demo_home: Path, models: Path) -> Iterator[Assistant]:
    running = start_assistant(demo_home, models, "--full")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def apart(demo_home: Path, models: Path) -> Iterator[Assistant]:
    port = free_port()
    actions = subprocess.Popen(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)],
        cwd=ROOT,
        env=environment(demo_home, SANIC_HOST="127.0.0.1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    eventually(lambda: requests.get(f"{url}/health", timeout=5).status_code == 200, "the actions did not start")
    running = start_assistant(demo_home, models, "--actions-url", f"{url}/webhook")
    yield running
    stop(running)
    actions.terminate()
    actions.wait(20)


# Every conversation with PUENTE_ALL_MODES=1; otherwise every fifth, so that the whole run stays short.
CHOSEN = scripts() if os.environ.get("PUENTE_ALL_MODES") else scripts()[::5]


@pytest.mark.parametrize("script", CHOSEN, ids=str)
def test_with_all_of_rasa(script: Script, full: Assistant) -> None:
    assert "tensorflow" in Path(f"/proc/{full.process.pid}/maps").read_text()
    play(script, full)


@pytest.mark.parametrize("script", CHOSEN, ids=str)
def test_with_the_actions_apart(script: Script, apart: Assistant) -> None:
    play(script, apart)
