"""Recorders on real files, and replies as the assistant makes them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from directory.model import Tri
from directory.records import Recorder
from directory.reply import Kind, Reply, ShownListing, Verdict

NOON = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


def reply(kind: Kind, **values: Any) -> dict[str, Any]:
    """A reply as it stands beside a message."""
    return Reply(kind, **{"language": "en", **values}).to_json()


def shown(*ids: str) -> tuple[ShownListing, ...]:
    """Listings of a reply, in the order in which they are shown."""
    return tuple(ShownListing(id, "A place", "209-555-0101", 1.5, Tri.UNKNOWN, None) for id in ids)


def verdict(outcome: str) -> Verdict:
    """What the rules say of CalFresh."""
    return Verdict("calfresh", outcome, ("low income",), (), "A source", "2026-11-21", None, None)


def rows(file: Path) -> list[dict[str, Any]]:
    """All that the file holds of each answer, without its key."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        found = [dict(row) for row in db.execute("SELECT * FROM answer")]
    return [{name: value for name, value in row.items() if name != "key"} for row in found]


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The names of the events of the log."""
    return [line["event"] for line in lines(caplog)]


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The events of the log with their ids."""
    return [record.__dict__["puente"] for record in caplog.records]


def until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits until it is so."""
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, "it did not come about in time"
        time.sleep(0.02)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        pytest.skip("this machine lets nobody make a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # also where a test that failed left a file open


def fill(folder: Path) -> Path:
    """A file that takes all the room there is."""
    full = folder / "full"
    with full.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            return full


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the records of this home lie."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path / "records.db"


@pytest.fixture
def recorders(file: Path) -> Iterator[Callable[..., Recorder]]:
    """Recorders that write at once and try again at once, closed at the end."""
    made: list[Recorder] = []

    def make(**options: Any) -> Recorder:
        made.append(Recorder(file, **{"batch": 0.01, "again": 0.05, **options}))
        return made[-1]

    yield make
    for recorder in made:
        recorder.close()


@pytest.fixture
def recorder(recorders: Callable[..., Recorder]) -> Recorder:
    """One of them."""
    return recorders()
