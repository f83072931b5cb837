"""What works while Puente starts and has no model yet: the door's sentence, and the whole desk."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import requests

from bot import sentences
from directory import running
from directory.doctor.finding import Look
from directory.doctor.process import up as looked
from tests.conftest import ROOT, environment, free_port

PATIENCE = 90


@pytest.fixture
def starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str, Path]]:
    """A `puente up --demo` whose model is never there: its training waits for another one."""
    home, models = tmp_path / "home", tmp_path / "models"
    home.mkdir()
    models.mkdir()
    monkeypatch.setenv("PUENTE_HOME", str(home))
    port, desk = free_port(), free_port()
    command = [sys.executable, "-m", "directory.cli", "up", "--demo", "--port", str(port), "--desk-port", str(desk)]
    with (models / "training.lock").open("a") as held, (home / "up.txt").open("ab") as said:
        fcntl.flock(held, fcntl.LOCK_EX)
        process = subprocess.Popen(command, cwd=ROOT, env=environment(home, models), stdout=said, stderr=said)
        try:
            yield f"http://127.0.0.1:{port}/webhooks/web/", f"http://127.0.0.1:{desk}/", home
        finally:
            process.terminate()
            process.wait(30)


def _until(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not _safely(done):
        assert time.monotonic() < limit
        time.sleep(0.2)


def _safely(done: Callable[[], bool]) -> bool:
    try:
        return done()
    except requests.RequestException:
        return False


def test_the_desk_looks_places_up_while_the_model_is_trained(starting: tuple[str, str, Path]) -> None:
    chat, desk, home = starting
    asked, browser = {"what": "food", "near": "Modesto"}, requests.Session()
    _until(lambda: browser.post(f"{desk}look-around", data={"role": "chw"}, timeout=10).status_code == 200)
    _until(lambda: "/place/" in browser.get(desk, params=asked, timeout=10).text)
    session = requests.post(f"{chat}session", timeout=20).json()["session"]
    body = {"session": session, "message": "I need food please"}
    said = requests.post(f"{chat}message", json=body, timeout=20).json()["messages"][0]["text"]
    assert said.startswith(sentences.both("away")["en"])
    assert "room.reserve" in {path.name for path in home.iterdir()}
    now = running.running()
    assert now is not None and (now.state, now.parts["desk"], now.parts["assistant"]) == ("starting", "ready", "away")


@pytest.mark.parametrize(
    ("name", "says"),
    [("desk", "people who write are answered"), ("assistant", "fixed sentence"), ("door", "until it is back")],
)
def test_doctor_says_who_misses_what(
    name: str, says: str, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    alive = running.Lock(tmp_path / "up.lock")
    assert alive.take()
    try:
        parts = {"door": "ready", "assistant": "ready", "desk": "ready", name: "away"}
        running.tell(running.Running(1, "running", {}, parts))
        (told,) = (finding.text for finding in looked(Look(home=tmp_path, now=now)) if finding.id == f"up.{name}")
    finally:
        alive.close()
    assert says in told and ("fixed sentence" in told) == (name == "assistant")


def test_puente_up_loads_no_other_rooms_before_it_opens_the_door() -> None:
    code = """
import sys, click
from directory.cli import main
assert main.get_command(click.Context(main), "up") is not None
print(*sorted(name for name in sys.modules if name.startswith("directory.commands.")))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["directory.commands.telling"], done.stderr
