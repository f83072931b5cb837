"""A publication that is cut off around its swap, and a report that is cut down: what is told, no more and no less."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from directory import store, sync
from directory.publication import history, shelf
from directory.sync import stage

from .conftest import Work

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from datetime import datetime
from directory import sync
from directory.publication import shelf
name, when, now = sys.argv[1:]
whole = getattr(shelf, name)
def struck(*args, **kwargs):
    if when == "after":
        whole(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(shelf, name, struck)
sync.publish(datetime.fromisoformat(now))
"""


def killed(work: Work, name: str, when: str) -> None:
    words = (sys.executable, "-c", KILLED, name, when, work.later(minutes=1).isoformat())
    run = subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr


def told() -> list[tuple[str, bool]]:
    return [(event.id, event.in_force) for event in history.history() if event.kind == "published"]


@pytest.mark.parametrize(("when", "count"), [("before", 1), ("after", 2)])
def test_what_people_see_is_in_the_history_after_a_kill_and_nothing_else(work: Work, when: str, count: int) -> None:
    work.put("a", "1")
    sync.publish(work.now)
    work.put("a", "2")
    killed(work, "swap", when)
    with store.open_directory() as connection:
        seen = store.publication(connection)
    assert seen.listings == count
    assert len(told()) == count and told()[-1] == (seen.id, True)
    again = sync.publish(work.later(minutes=1))
    assert again.unchanged is (when == "after")
    assert len(told()) == 2 and told()[-1][1]
    text, table = reports(told()[-1][0])
    assert text.exists() and table.exists()
    with stage.open_work() as connection:
        assert not connection.execute("SELECT 1 FROM publication WHERE settled = 0").fetchone()
        assert shelf.in_force(shelf.records(connection))


def reports(publication: str) -> tuple[Path, Path]:
    folder = store.home() / "reports"
    return folder / f"{publication}.md", folder / f"{publication}.csv"


def test_a_long_report_names_five_hundred_places_and_its_table_all(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.publication.change_report._NAMED", 3)
    for number in range(5):
        work.put("a", str(number))
    text, table = reports(sync.publish(work.now).id)
    assert text.read_text("utf-8").count("Kite House") == 3
    assert f"and 2 more: {table.name} has them all" in text.read_text("utf-8")
    assert table.read_text("utf-8").count("Kite House") == 5
