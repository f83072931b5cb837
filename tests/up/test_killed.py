"""Each process of `puente up` is killed while people write: all is back soon, and nobody is left without a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from bot import sentences
from directory import running
from tests.conftest import ROOT, environment, free_port
from tests.up.whole import Up

pytestmark = pytest.mark.rasa

AWAY = sentences.both("away")["en"]
BACK_SECONDS = 90
"""It takes ten seconds on a quiet machine; this one may have eight other things to do."""


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Up]:
    running_up = Up(tmp_path_factory.mktemp("up-home"), models)
    try:
        running_up.wait()
        yield running_up
    finally:
        running_up.process.terminate()
        running_up.process.wait(30)


class Crowd:
    """People who write all the time; what each of them got."""

    def __init__(self, up: Up) -> None:
        self.up = up
        self.answered = self.sentence = 0
        self.lost: list[str] = []
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._people = [threading.Thread(target=self._write, args=(number,)) for number in range(3)]

    def __enter__(self) -> Crowd:
        for one in self._people:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for one in self._people:
            one.join(90)

    def _write(self, number: int) -> None:
        while not self._stop.is_set():
            try:
                text = self.up.say(("I need food in Modesto", "hello", "what is calfresh")[number])
                kind = "sentence" if text.startswith(AWAY) else "answered"
            except (requests.RequestException, AssertionError) as error:
                kind = repr(error)[:200]
            with self._lock:
                if kind in ("sentence", "answered"):
                    setattr(self, kind, getattr(self, kind) + 1)
                else:
                    self.lost.append(kind)
            self._stop.wait(0.15)


@pytest.mark.parametrize("name", ["assistant", "desk", "door"])
def test_a_part_that_is_killed_is_back_and_everybody_got_something(up: Up, name: str) -> None:
    up.wait()
    before = up.part(name).pid
    with Crowd(up) as crowd:
        time.sleep(1)
        os.kill(before, signal.SIGKILL)
        _until(lambda: up.process.poll() is None and _another(up, name, before), BACK_SECONDS)
        up.wait(BACK_SECONDS)
        time.sleep(1)
    assert crowd.answered > 3
    if name == "assistant":
        assert crowd.sentence
    # What a process had in its hands when it was killed dies with it: at most one message of each person, of the
    # door's alone, and their page says that it did not go through.
    assert len(crowd.lost) <= (3 if name == "door" else 0), crowd.lost
    assert up.say("I need food in Modesto").startswith("Food near Modesto")


def _another(up: Up, name: str, before: int) -> bool:
    try:
        return up.part(name).pid != before
    except (StopIteration, psutil.Error):
        return False


def _until(check: Callable[[], bool], seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_an_assistant_that_hangs_is_ended_and_people_get_the_sentence_meanwhile(up: Up) -> None:
    up.wait()
    hung = up.part("assistant").pid
    os.kill(hung, signal.SIGSTOP)
    assert up.say("I need food in Modesto").startswith(AWAY)
    _until(lambda: _another(up, "assistant", hung), BACK_SECONDS)
    up.wait(BACK_SECONDS)
    assert "The assistant did not answer for 15 seconds and was ended" in up.log.read_text()


def test_held_it_stops_all_but_the_door_and_goes_on_afterwards(up: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    up.wait()
    monkeypatch.setenv("PUENTE_HOME", str(up.home))
    found = running.running()
    assert found is not None and found.pid == up.process.pid and found.ports["door"] == up.port
    session = requests.post(f"{up.url}session", timeout=20).json()["session"]
    with running.held("a restore"):
        assert {child.name() for child in psutil.Process(up.process.pid).children()}
        assert len(psutil.Process(up.process.pid).children()) == 1
        assert up.say("I need food in Modesto", session).startswith(AWAY)
    up.wait(BACK_SECONDS)
    assert up.say("I need food in Modesto", session).startswith("Food near Modesto")


def test_a_second_one_on_the_same_home_is_one_sentence(up: Up) -> None:
    command = [sys.executable, "-m", "directory.cli", "up", "--port", str(free_port())]
    second = subprocess.run(
        command, cwd=ROOT, env=environment(up.home, up.models), capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert "Puente is running on this home already" in second.stderr and str(up.process.pid) in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_a_killed_supervisor_leaves_nobody_behind_and_the_next_start_works_at_once(up: Up) -> None:
    up.wait()
    parts = psutil.Process(up.process.pid).children(recursive=True)
    up.process.kill()
    up.process.wait()
    _, alive = psutil.wait_procs(parts, 10)
    assert not alive
    up.start()
    up.wait(BACK_SECONDS)
    assert up.say("I need food in Modesto").startswith("Food near Modesto")


def test_the_log_holds_events_of_all_parts_and_no_word(up: Up) -> None:
    lines = (up.home / "logs" / "puente.log").read_text().splitlines()
    assert any('"event": "part.stopped"' in line and '"part": "assistant"' in line for line in lines)
    assert any('"process": "door"' in line and "door.assistant.away" in line for line in lines)
    assert all(line.startswith('{"at": "') for line in lines)
    assert not any("Modesto" in line for line in lines)


def test_it_stops_cleanly_and_in_time(up: Up) -> None:
    up.wait()
    parts = psutil.Process(up.process.pid).children(recursive=True)
    began = time.monotonic()
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(30) == 0 and time.monotonic() - began < 15
    assert not [part for part in parts if part.is_running() and part.status() != psutil.STATUS_ZOMBIE]
    assert "Traceback" not in up.log.read_text()
