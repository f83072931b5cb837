"""An assistant that runs on a full disk, or over damaged files: whoever writes gets an answer, and it is kept again."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.conftest import ROOT, Assistant, environment, free_port, puente
from tests.records.conftest import fill, rows, small, until

__all__ = ["small"]

pytestmark = pytest.mark.rasa


@pytest.fixture
def starts(models: Path, tmp_path: Path) -> Iterator[Callable[[Path], Assistant]]:
    """Starts assistants whose log lies on another disk than their home."""
    running: list[Assistant] = []

    def start(home: Path) -> Assistant:
        port, log = free_port(), tmp_path / f"log-{len(running)}"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "directory.cli", "assistant", "--port", str(port)],
                cwd=ROOT, env=environment(home, models), stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
        running.append(Assistant(f"http://127.0.0.1:{port}/webhooks/web/", home, log, process))
        until(lambda: ready(running[-1]), 120)
        return running[-1]

    yield start
    for each in running:
        end(each)


def ready(running: Assistant) -> bool:
    assert running.process.poll() is None, running.log.read_text()[-2000:]
    try:
        return requests.get(f"{running.url}health", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def end(running: Assistant) -> None:
    running.process.terminate()
    running.process.wait(20)


def kept(home: Path) -> int:
    try:
        with closing(sqlite3.connect(home / "conversations.db")) as db:
            return int(db.execute("SELECT count(*) FROM conversation").fetchone()[0])
    except sqlite3.Error:
        return -1


def recorded(home: Path) -> int:
    try:
        return len(rows(home / "records.db")) if (home / "records.db").exists() else 0
    except sqlite3.Error:
        return -1


def food(running: Assistant, session: str) -> None:
    """Somebody looks for food and picks the second of what is offered: the talk is known from one turn to the next."""
    (none,) = running.say(session, "I need food in Modesto")
    assert none["custom"]["kind"] == "none_found" and "211" in str(none["text"])  # type: ignore[index]
    (told,) = running.say(session, "2")
    assert told["custom"]["program"] == "calfresh", told  # type: ignore[index]


def noise(home: Path, name: str) -> None:
    for path in home.glob(f"{name}*"):
        path.write_bytes(os.urandom(path.stat().st_size or 4096))


def test_on_a_full_disk_people_are_answered_and_it_is_kept_once_there_is_room(
    small: Path, starts: Callable[[Path], Assistant]
) -> None:
    running = starts(small)
    session = running.session()
    food(running, session)
    full = fill(small)
    others = [running.session() for _ in range(4)]
    for other in others:
        food(running, other)
    (again,) = running.say(session, "how do I get it")
    assert "calfresh" in str(again["custom"]).casefold(), "what was told before the disk was full is known"
    until(lambda: "conversations.not_written" in running.log.read_text())
    full.unlink()
    time.sleep(5.5)
    food(running, others[0])
    assert kept(small) == 5
    until(lambda: recorded(small) == 13, 45)
    end(running)
    log = running.log.read_text()
    assert log.count("conversations.not_written") == 1 and log.count("records.not_written") <= 1
    assert "Traceback" not in log and "Modesto" not in log
    later = starts(small)
    (goes_on,) = later.say(others[1], "how do I get it")
    assert "calfresh" in str(goes_on["custom"]).casefold(), "what was said while the disk was full outlives a restart"


def test_files_damaged_before_the_start_are_moved_aside_and_said(
    tmp_path: Path, starts: Callable[[Path], Assistant]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("conversations.db", "records.db"):
        (home / name).write_bytes(b"noise" * 3000)
    running = starts(home)
    food(running, running.session())
    end(running)
    log = running.log.read_text()
    assert log.count("conversations.damaged.moved_aside") == 1 and log.count("records.damaged.moved_aside") == 1
    assert kept(home) == 1 and len(rows(home / "records.db")) == 2
    assert [path.read_bytes() for path in sorted(home.glob("*.damaged-*.db"))] == [b"noise" * 3000] * 2


def test_files_damaged_while_it_runs_cost_nobody_an_answer(tmp_path: Path, starts: Callable[[Path], Assistant]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    running = starts(home)
    session = running.session()
    food(running, session)
    until(lambda: recorded(home) == 2)
    noise(home, "conversations.db")
    noise(home, "records.db")
    for _ in range(2):
        food(running, session)
    end(running)
    assert kept(home) == 1 and len(rows(home / "records.db")) == 4
    log = running.log.read_text()
    assert log.count("conversations.damaged.moved_aside") == 1 and log.count("records.damaged.moved_aside") == 1


def test_what_people_ask_of_a_running_assistant_is_counted(tmp_path: Path, starts: Callable[[Path], Assistant]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    running = starts(home)
    session = running.session()
    food(running, session)
    running.say(session, "my husband hits me and I live in Markleeville")
    running.say(session, "gracias")
    end(running)
    told = puente(home, "answers", "--by", "outcome")
    assert "1  the lines for a danger" in told and "1  no place was found" in told
    danger = [row for row in rows(home / "records.db") if row["danger"]]
    assert [(row["danger"], row["county"], row["act"]) for row in danger] == [("violence", None, None)]
    stored = b"".join(path.read_bytes() for path in home.glob("records.db*"))
    assert b"Markleeville" not in stored and b"husband" not in stored and session.encode() not in stored
