"""Whether a `puente up` is alive, and holds: locks of the system, so that nobody who was killed looks alive."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory import running
from directory.errors import PauseError
from tests.conftest import ROOT, environment


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def up(home: Path) -> Iterator[running.Lock]:
    lock = running.Lock(home / "up.lock")
    assert lock.take()
    yield lock
    lock.close()


def test_nothing_runs_where_nobody_holds_the_lock_whatever_the_files_say(home: Path) -> None:
    assert running.running() is None
    running.tell(running.Running(os.getpid(), "running", {"door": 5005}))
    (home / "up.lock").touch()
    assert running.running() is None


def test_what_runs_says_its_process_state_and_ports(up: running.Lock, home: Path) -> None:
    assert running.running() == running.Running(0, "starting")
    said = running.Running(7, "running", {"door": 5005}, {"door": "ready"})
    running.tell(said)
    assert running.running() == said
    for damaged in ("", "[]", '{"pid": "x", "state": 1, "ports": []}', "{"):
        (home / "up.json").write_text(damaged)
        assert running.running() == running.Running(0, "starting")


def test_a_process_that_was_killed_runs_no_more(home: Path) -> None:
    code = f"""
import time
from pathlib import Path
from directory.running import Lock
assert Lock(Path({str(home)!r}) / "up.lock").take()
print("taken", flush=True)
time.sleep(60)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "taken\n"
    assert running.running() is not None
    assert not running.Lock(home / "up.lock").take(0.2)
    process.kill()
    process.wait()
    process.stdout.close()
    assert running.running() is None


def test_without_a_running_puente_a_hold_does_nothing(home: Path) -> None:
    with running.held("a restore") as was_running:
        assert was_running is False and not (home / "hold.json").exists()


def test_a_hold_waits_until_the_supervisor_holds_and_ends_with_the_block(up: running.Lock, home: Path) -> None:
    running.tell(running.Running(7, "running"))

    def supervise() -> None:
        while running.holding() != "a restore":
            time.sleep(0.02)
        running.tell(running.Running(7, running.HELD))

    supervisor = threading.Thread(target=supervise)
    supervisor.start()
    with running.held("a restore", patience=20) as was_running:
        assert was_running is True and running.holding() == "a restore"
        with pytest.raises(PauseError, match="held already"), running.held("an upgrade"):
            pass
        assert running.holding() == "a restore"
    supervisor.join()
    assert running.holding() is None and not (home / "hold.json").exists()


def test_a_supervisor_that_does_not_hold_is_told_and_nothing_is_held_any_more(up: running.Lock, home: Path) -> None:
    running.tell(running.Running(7, "running"))
    with pytest.raises(PauseError, match="nothing was changed"), running.held("a restore", patience=0.3):
        raise AssertionError("the block ran")
    assert running.holding() is None


def test_a_hold_whose_process_is_gone_is_over(home: Path) -> None:
    for left in ('{"why": "an upgrade", "pid": 1}', "", "{"):
        (home / "hold.json").write_text(left)
        assert running.holding() is None and not (home / "hold.json").exists()
