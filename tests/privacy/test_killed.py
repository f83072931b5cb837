"""A purge that is killed anywhere leaves everything whole, and the next one goes on; a full disk is made room on."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory.cli import main
from directory.purge import STEPS, purge, short
from tests.conftest import ROOT, environment
from tests.privacy.conftest import ids, put
from tests.privacy.test_purge import listed, old, three_versions
from tests.small_disk import fill, mounted

__all__ = ["listed", "three_versions"]

DAYS = 800


def killed(home: Path, step: str, when: str) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed.py")), step, when, str(DAYS)],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


def whole(home: Path) -> None:
    for path in home.rglob("*.db"):
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", path
    with closing(sqlite3.connect(home / "work.db")) as work:
        query = """SELECT count(*) FROM staged LEFT JOIN raw_row ON raw_row.source_id = staged.source_id
                   AND raw_row.row_id = staged.row_id AND raw_row.sha256 = staged.raw_sha256
                   WHERE ended_on IS NULL AND raw_row.sha256 IS NULL"""
        assert work.execute(query).fetchone()[0] == 0, "each row in force has its untouched row"
        for source, sha256 in work.execute(
            "SELECT source_id, max(list_sha256) FROM run WHERE number IN "
            "(SELECT max(number) FROM run GROUP BY source_id) GROUP BY source_id"
        ):
            assert (home / "raw" / source / sha256).exists()


BACKUP = "backups/puente-backup-20260101T000000Z.tar.gz"


@pytest.fixture
def used(listed: Path) -> Path:
    """A home with something too old of every kind."""
    now = datetime.now(timezone.utc)
    put(listed, {f"old {number}": now - timedelta(days=31) for number in range(1200)})
    for name in ("logs/a.log", "logs/b.log", "uploads/x.csv", "uploads/y.csv", BACKUP,
                 BACKUP.replace("01T", "02T"), "overlay.yml.x.part", "before-restore-1/work.db"):  # fmt: skip
        old(listed / name, 1000)
    old(listed / "conversations.damaged-2024-01-01.db", 1000).unlink()
    return listed


@pytest.mark.parametrize(
    ("step", "when"),
    [*((step, "1") for step in STEPS), ("raw_rows", "5"), ("conversations", "6"), ("records", "after")],
)
def test_killed_anywhere_it_goes_on_the_next_time(used: Path, step: str, when: str) -> None:
    killed(used, step, when)
    for path in used.glob("before-restore-*/work.db"):
        path.unlink()
    whole(used)
    report = purge(used, datetime.now(timezone.utc) + timedelta(days=DAYS), now_is_right=True)
    assert report.whole, report
    whole(used)
    assert ids(used) == []
    assert sorted(path.name for path in (used / "backups").iterdir()) == [Path(BACKUP).name.replace("01T", "02T")]
    assert not [*(used / "logs").iterdir(), *(used / "uploads").iterdir()]
    assert len(list((used / "publications").glob("*.db"))) == 2


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home on a disk of 12 MB."""
    with mounted(tmp_path / "disk") as folder:
        monkeypatch.setenv("PUENTE_HOME", str(folder))
        yield folder


@pytest.mark.parametrize("somebody_reads", [True, False])
def test_on_a_full_disk_rows_go_with_the_room_kept_back(small_disk: Path, somebody_reads: bool) -> None:
    now = datetime.now(timezone.utc)
    put(small_disk, {f"old {number} " + "x" * 900: now - timedelta(days=31) for number in range(3000)})
    put(small_disk, {"new": now})
    (small_disk / "room.reserve").write_bytes(bytes(2 << 20))
    with closing(sqlite3.connect(small_disk / "conversations.db")) as other:
        if somebody_reads:
            other.execute("SELECT count(*) FROM conversation").fetchone()
        fill(small_disk)
        report = purge(small_disk, now)
    assert report.whole, report
    assert ids(small_disk) == ["new"]
    assert (small_disk / "conversations.db").read_bytes().count(b"old ") < 30, "there is no room to write it anew"


def test_on_a_full_disk_old_logs_make_the_room(small_disk: Path) -> None:
    now = datetime.now(timezone.utc)
    put(small_disk, {"old": now - timedelta(days=31), "new": now})
    log = small_disk / "logs" / "puente.log.1"
    log.parent.mkdir()
    log.write_bytes(bytes(1 << 20))
    old(log, 31)
    fill(small_disk)
    assert purge(small_disk, now).whole
    assert ids(small_disk) == ["new"] and not log.exists()


def test_where_nothing_is_old_and_the_disk_is_full_the_purge_says_so_and_what_is_big(small_disk: Path) -> None:
    for name, megabytes in (
        ("publications/20260101T000000000000.db", 3),
        (BACKUP, 2),
    ):
        (small_disk / name).parent.mkdir()
        (small_disk / name).write_bytes(bytes(megabytes << 20))
    fill(small_disk)
    done = CliRunner().invoke(main, ["purge"])
    said = " ".join(done.output.split())
    assert done.exit_code == 0, said
    assert "Nothing is older than it may be. Nothing was deleted. The disk is full (12.6 MB)" in said
    assert "The directories that people saw before: 3.1 MB. Keep fewer days" in said
    assert "- Backups: 2.1 MB. Copy older ones to another disk and delete them here; the newest must stay." in said
    assert said.index("saw before") < said.index("Backups")
    json.loads(CliRunner().invoke(main, ["purge", "--json"]).output)


def test_where_there_is_room_nothing_is_said_of_it(home: Path) -> None:
    assert short.told(home) == []
