"""The same conversations pass with all of Rasa imported, and with the actions as a server of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from tests.conftest import ROOT, Assistant, environment, free_port, start_assistant, stop
from tests.conversations.phone import Phone, open_door
from tests.conversations.runner import Script, play, scripts
from tests.rasa.test_up import eventually

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def full(demo_home: Path, models: Path) -> Iterator[Assistant]:
    running = start_assistant(demo_home, models, "--full")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def full_phone(full: Assistant) -> Iterator[Phone]:
    yield from opened(full)


@pytest.fixture(scope="module")
def actions_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("apart") / "actions.log"


@pytest.fixture(scope="module")
def apart(demo_home: Path, models: Path, actions_log: Path) -> Iterator[Assistant]:
    port = free_port()
    with actions_log.open("wb") as log:
        actions = subprocess.Popen(
            [sys.executable, "-m", "directory.cli", "actions", "--port", str(port)],
            cwd=ROOT,
            env=environment(demo_home, PUENTE_LOG_LEVEL="DEBUG", LOG_LEVEL="DEBUG"),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    eventually(lambda: requests.get(f"{url}/health", timeout=5).status_code == 200, "the actions did not start")
    running = start_assistant(demo_home, models, "--actions-url", f"{url}/webhook")
    yield running
    stop(running)
    actions.terminate()
    actions.wait(20)


@pytest.fixture(scope="module")
def apart_phone(apart: Assistant) -> Iterator[Phone]:
    yield from opened(apart)


def opened(assistant: Assistant) -> Iterator[Phone]:
    """A door before that assistant, for whoever writes by text message."""
    phone = open_door(assistant)
    yield phone
    phone.process.terminate()
    phone.process.wait(20)


# Every conversation with PUENTE_ALL_MODES=1; otherwise every fifth, so that the whole run stays short.
CHOSEN = scripts() if os.environ.get("PUENTE_ALL_MODES") else scripts()[::5]


@pytest.mark.parametrize("script", CHOSEN, ids=str)
def test_with_all_of_rasa(script: Script, full: Assistant, full_phone: Phone) -> None:
    assert "tensorflow" in Path(f"/proc/{full.process.pid}/maps").read_text()
    play(script, full, full_phone)


@pytest.mark.parametrize("script", CHOSEN, ids=str)
def test_with_the_actions_apart(script: Script, apart: Assistant, apart_phone: Phone) -> None:
    play(script, apart, apart_phone)


def test_actions_apart_log_no_word_of_a_person(apart: Assistant, actions_log: Path) -> None:
    url = next(argument for argument in psutil.Process(apart.process.pid).cmdline() if argument.endswith("/webhook"))
    apart.say(apart.session(), "zanahoria-verde-7391 food in Modesto")
    broken = {"next_action": "zanahoria-verde-7391", "tracker": {"sender_id": "zanahoria-verde-7391"}}
    worse = {"next_action": "action_greet", "tracker": "zanahoria-verde-7391"}
    assert [requests.post(url, json=body, timeout=20).status_code for body in (broken, worse)] == [404, 500]
    written = actions_log.read_text()
    assert "rasa_sdk.endpoint" in written and "zanahoria" not in written


def test_actions_apart_listen_on_loopback_only(apart: Assistant) -> None:
    url = next(argument for argument in psutil.Process(apart.process.pid).cmdline() if argument.endswith("/webhook"))
    port = f"{int(url.split(':')[2].split('/')[0]):04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port}")} == {f"0100007F:{port}"}
