"""Records under trouble: a locked, full, damaged or replaced file costs nobody an answer, and few records."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from directory import records
from directory.records import Recorder
from directory.reply import Kind
from tests.conftest import ROOT, environment
from tests.records.conftest import NOON, events, fill, lines, reply, rows, until


def take(recorder: Recorder, times: int = 1) -> None:
    for _ in range(times):
        recorder.add("find_provider", [reply(Kind.NONE_FOUND, need="food")], now=NOON, channel="web")


def written(file: Path) -> int:
    try:
        return len(rows(file))
    except sqlite3.Error:
        return 0


def test_it_is_written_behind_without_anybody_asking(file: Path, recorder: Recorder) -> None:
    take(recorder, 3)
    until(lambda: written(file) == 3)


def test_a_locked_file_loses_nothing_and_holds_up_nobody(
    file: Path, recorders: Callable[..., Recorder], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("directory.records.file.BUSY_SECONDS", 0.05)
    recorder = recorders()
    take(recorder)
    until(lambda: written(file) == 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        take(recorder, 5)
        assert time.monotonic() - began < 0.05
        until(lambda: "records.not_written" in events(caplog))
        take(recorder, 5)
        time.sleep(0.3)
        other.execute("ROLLBACK")
    until(lambda: written(file) == 11)
    until(lambda: "records.written_again" in events(caplog))
    assert events(caplog).count("records.not_written") == 1, "one line for one trouble"


def test_only_the_newest_wait_and_those_given_up_are_counted(
    file: Path, recorders: Callable[..., Recorder], caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()  # cannot be a file
    recorder = recorders(most=10, again=60)
    for number in range(25):
        recorder.add("inform", [reply(Kind.NONE_FOUND, need=f"n{number}")], now=NOON, channel="web")
    assert not recorder.flush()
    file.rmdir()
    assert recorder.flush()
    assert {row["need"] for row in rows(file)} == {f"n{number}" for number in range(15, 25)}
    assert [line["lost"] for line in lines(caplog) if line["event"] == "records.written_again"] == [15]


@pytest.mark.parametrize(
    "garbage", [b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 9000], ids=["text", "a header alone"]
)
def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(
    file: Path, recorder: Recorder, garbage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(garbage)
    take(recorder, 2)
    assert recorder.flush()
    assert len(rows(file)) == 2 and stat.S_IMODE(file.stat().st_mode) == 0o600
    aside = file.with_name("records.damaged-2026-11-21.db")
    assert aside.read_bytes() == garbage
    assert {"event": "records.damaged.moved_aside", "file": aside.name} in lines(caplog)


def test_damaged_while_it_is_open_the_next_answers_are_kept(file: Path, recorder: Recorder) -> None:
    take(recorder, 3)
    assert recorder.flush()
    for path in (file, file.with_name("records.db-wal")):
        path.write_bytes(os.urandom(path.stat().st_size or 4096))
    take(recorder, 2)
    assert recorder.flush() and len(rows(file)) == 2
    assert file.with_name("records.damaged-2026-11-21.db").exists()


def test_another_file_put_in_its_place_is_written_to(file: Path, recorder: Recorder) -> None:
    take(recorder, 3)
    recorder.flush()
    file.rename(file.with_name("before.db"))
    for log in ("-wal", "-shm"):
        file.with_name(f"records.db{log}").unlink()
    take(recorder, 2)
    assert recorder.flush() and len(rows(file)) == 2


def test_on_a_full_disk_records_wait_and_are_written_when_there_is_room(
    small: Path, caplog: pytest.LogCaptureFixture
) -> None:
    full = fill(small)
    recorder = Recorder(small / "records.db", batch=0.01, again=0.05)
    take(recorder, 200)
    until(lambda: "records.not_written" in events(caplog))
    take(recorder, 200)
    time.sleep(0.3)
    full.unlink()
    until(lambda: written(small / "records.db") == 400)
    recorder.close()
    assert events(caplog).count("records.not_written") == 1 and events(caplog)[-1] == "records.written_again"


def test_it_gets_full_while_it_writes(small: Path, caplog: pytest.LogCaptureFixture) -> None:
    recorder = Recorder(small / "records.db", batch=0.01, again=0.05)
    take(recorder, 5)
    assert recorder.flush()
    full = fill(small)
    for _ in range(20):
        take(recorder, 100)
        time.sleep(0.02)
    until(lambda: "records.not_written" in events(caplog))
    full.unlink()
    recorder.flush()
    until(lambda: written(small / "records.db") == 2_005)
    recorder.close()
    with closing(sqlite3.connect(small / "records.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


MANY = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from directory.records import Recorder
recorder = Recorder(Path(sys.argv[1]) / "records.db", batch=0.001)
for number in range(300):
    now = datetime.now(timezone.utc)
    recorder.add("find_provider", [{"kind": "none_found", "need": "food"}], now=now, channel="web")
    if number % 10 == 0:
        recorder.flush()
recorder.close()
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", MANY, str(tmp_path)], cwd=ROOT, env=environment(tmp_path))
        for _ in range(4)
    ]
    assert [process.wait(60) for process in started] == [0] * 4
    assert len(rows(tmp_path / "records.db")) == 1200
    assert not list(tmp_path.glob("*damaged*"))


NOTES = """
import signal, sys, time
from datetime import datetime, timezone
from directory import records
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
for number in range(50):
    now = datetime.now(timezone.utc)
    records.recorder().add(None, [{"kind": "paused"}], now=now, channel="web", language="es")
print("noted", flush=True)
time.sleep(60)
"""


def test_a_process_that_is_asked_to_end_writes_what_waits(tmp_path: Path) -> None:
    command, where = [sys.executable, "-c", NOTES], environment(tmp_path)
    with subprocess.Popen(command, cwd=ROOT, env=where, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"noted\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    found = rows(tmp_path / "records.db")
    assert len(found) == 50 and {row["outcome"] for row in found} == {"paused"}


@pytest.mark.parametrize("odd", [None, [None], ["text"], [{"kind": 7, "language": b"x"}], [{"listings": [{}]}]])
def test_what_cannot_be_kept_breaks_nothing_and_takes_nothing_along(
    file: Path, recorder: Recorder, odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    take(recorder)
    recorder.add("inform", odd, now=NOON, channel="web")  # type: ignore[arg-type]
    take(recorder)
    until(lambda: recorder.flush() and sum(row["need"] == "food" for row in rows(file)) == 2)


def test_purged_records_are_gone_from_the_bytes_too(file: Path, recorder: Recorder) -> None:
    for days, need in ((0, "food"), (-365, "ahead"), (400, "oldmarker"), (401, "oldermarker")):
        recorder.add("inform", [reply(Kind.NONE_FOUND, need=need)], now=NOON - timedelta(days=days), channel="web")
    recorder.close()
    assert b"oldmarker" in file.read_bytes()
    today = date(2026, 11, 21)
    assert records.purge(today - timedelta(days=399), today=today) == 2
    kept = sorted((row["need"], row["day"]) for row in rows(file))
    assert kept == [("ahead", "2026-11-21"), ("food", "2026-11-21")], "one of a wrong clock is kept no year longer"
    assert not any(b"marker" in path.read_bytes() for path in file.parent.iterdir())
    assert records.purge(date(2020, 1, 1), file.with_name("absent.db"), today=today) == 0
    assert not file.with_name("absent.db").exists()
