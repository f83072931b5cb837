"""A full disk: Puente can still be paused, and says that it is full."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from directory import pause, reserve
from directory.commands.telling import unusable
from directory.errors import PauseError
from tests.conftest import ROOT, environment
from tests.small_disk import fill, mounted


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with mounted(tmp_path / "disk") as folder:
        monkeypatch.setenv("PUENTE_HOME", str(folder))
        (folder / "settings.yml").write_text('clinic: Sunrise Clinic\nphone: "209-555-0123"\n')
        yield folder


def puente(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "directory.cli", *arguments], cwd=ROOT, env=environment(home), text=True,
        capture_output=True, timeout=60,
    )  # fmt: skip


def test_the_room_kept_back_is_a_small_part_of_a_small_disk(disk: Path) -> None:
    free = shutil.disk_usage(disk).free
    reserve.keep_back(disk)
    size = (disk / "room.reserve").stat().st_size
    assert 0 < size <= free // 20 and (disk / "room.reserve").stat().st_mode & 0o077 == 0
    assert reserve.spend(disk) and not reserve.spend(disk)
    fill(disk)
    reserve.keep_back(disk)
    assert not (disk / "room.reserve").exists()


def test_a_full_disk_pauses_with_the_clinics_own_sentence_from_the_room_kept_back(disk: Path) -> None:
    reserve.keep_back(disk)
    fill(disk)
    done = puente(disk, "pause", "We are closed for the storm.", "--es", "Cerramos por la tormenta.", "--by", "ana")
    assert done.returncode == 0, done.stderr
    assert "Puente is paused since" in done.stdout and "We are closed for the storm." in done.stdout
    assert pause.sentence("es").startswith("Cerramos por la tormenta.")


def test_a_full_disk_without_any_room_kept_back_pauses_with_the_fixed_sentence_and_says_so(disk: Path) -> None:
    fill(disk)
    done = puente(disk, "pause", "We are closed for the storm.")
    assert done.returncode == 0, done.stderr
    assert "Puente is paused. The disk is full, so your sentence could not be kept" in done.stdout
    assert "This chat is closed for now." in done.stdout and "storm" not in done.stdout
    assert pause.paused() == pause.Paused(damaged=True)
    assert (disk / "pause.json").stat().st_size == 0
    assert "answers again" in puente(disk, "resume").stdout and pause.paused() is None


def test_a_full_disk_does_not_take_the_sentence_away_that_people_read(disk: Path, now: datetime) -> None:
    pause.pause("Closed.", None, "ana", now)
    fill(disk)
    with pytest.raises(PauseError, match=r"stays paused with the sentence of before.*puente purge"):
        pause.pause("x" * 300, None, "ana", now)
    assert pause.paused() == pause.Paused("Closed.", None, "ana", now)


def test_a_disk_that_takes_no_file_at_all_says_how_to_silence_puente(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with mounted(tmp_path / "disk", nr_inodes=2) as folder:
        monkeypatch.setenv("PUENTE_HOME", str(folder))
        (folder / "settings.yml").write_text("")
        with pytest.raises(PauseError, match=r"not paused.*systemctl stop puente"):
            pause.pause("Closed.", None, "ana", now)
    assert pause.paused() is None


def test_a_command_that_a_full_disk_stops_says_that_it_is_full_and_what_to_do(disk: Path) -> None:
    fill(disk)
    done = puente(disk, "demo", "load")
    said = " ".join(done.stderr.split())
    assert done.returncode == 1 and "isk is full" in said and "puente purge" in said, said
    assert "Look whether" not in said


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), OSError(28, "No space left")])
def test_every_command_says_so(error: Exception) -> None:
    assert unusable(error).startswith("The disk is full, so this was not done")
