"""A power cut at any moment of a backup or a restore: the home is whole, and a second try works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, WORDS, Home

# Dies at the n-th call that changes something on the disk; says how many there were when it came through.
STRUCK = """
import os, pathlib, signal, sys
limit, calls = int(sys.argv[1]), 0
def struck(whole):
    def call(*args, **kwargs):
        global calls
        calls += 1
        if calls == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*args, **kwargs)
    return call
for name in ("open", "link", "rename", "replace", "unlink", "mkdir", "rmdir", "fsync", "utime"):
    setattr(os, name, struck(getattr(os, name)))
accessor = pathlib._NormalAccessor  # Python 3.10 binds these when it is imported
for name in ("rename", "replace", "unlink", "mkdir"):
    setattr(accessor, name, staticmethod(struck(getattr(accessor, name))))
from directory import cli
sys.argv = ["puente", *sys.argv[2:]]
try:
    cli.main()
finally:
    sys.stderr.write(f"calls {calls}")
"""


def struck(home: Home, limit: int, *words: str, **more: str) -> int | None:
    """How many calls there were, or None when it was killed at the one with that number."""
    done = subprocess.run(
        [sys.executable, "-c", STRUCK, str(limit), *words], cwd=ROOT, env={**home.environment, **more},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == -signal.SIGKILL:
        return None
    assert done.returncode == 0, done.stderr
    return int(done.stderr.rpartition("calls ")[2])


def spread(total: int, count: int) -> list[int]:
    """So many numbers from 1 to the total, the last ones each: there the swap is."""
    return sorted(
        {1 + step * (total - 1) // (count - 1) for step in range(count)} | {max(1, total - n) for n in range(4)}
    )


@pytest.fixture(scope="module")
def small(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with little in it, so that many kills take little time."""
    home = Home(tmp_path_factory.mktemp("small") / "home")
    home.path.mkdir()
    for name in ("directory.db", "work.db", "settings.yml", "opt_outs.db"):
        shutil.copy2(full / name, home.path / name)
    return home.path


@pytest.fixture
def little(small: Path, tmp_path: Path) -> Home:
    shutil.copytree(small, tmp_path / "home")
    return Home(tmp_path / "home")


def state(home: Home) -> tuple[object, ...]:
    """All that a backup is about, as it lies on the disk."""
    places = home.rows("directory.db", "SELECT count(*) FROM listing")
    runs = home.rows("work.db", "SELECT count(*) FROM run")
    whole = home.rows("work.db", "PRAGMA integrity_check")
    return places, runs, whole, home.opted_out() >= {"before"}, (home.path / "settings.yml").read_bytes()


@pytest.mark.parametrize("encrypted", [False, True])
def test_backup_killed_anywhere(little: Home, encrypted: bool) -> None:
    words = ("backup", *(["--encrypt"] if encrypted else []))
    more = {"PUENTE_BACKUP_PASSPHRASE": WORDS} if encrypted else {}
    total = struck(little, 0, *words, **more)
    assert total and total > 20
    before, whole = state(little), len(little.json("backups"))
    killed = 0
    for limit in spread(total, 6 if encrypted else 14):
        killed += struck(little, limit, *words, **more) is None
        found = little.json("backups")
        assert len(found) - whole in (0, 1), "a half file has the name of a whole one"
        for item in found[: len(found) - whole]:
            little.puente("restore", "--drill", item["path"], **more)
        whole = len(found)
        assert state(little) == before
    assert killed > 5
    little.puente(*words, **more)
    assert little.parts() == []


def test_restore_killed_anywhere(little: Home, tmp_path: Path) -> None:
    file = little.backup("--to", str(tmp_path))
    old = state(little)
    little.write("settings.yml", "clinic: Another Clinic\n")
    little.opt_out("after")
    little.execute("work.db", "DELETE FROM run")
    new = state(little)
    shutil.copytree(little.path, tmp_path / "kept")
    words = ("restore", str(file), "--yes")
    total = struck(little, 0, *words)
    assert total and state(little) == old
    seen = set()
    for limit in spread(total, 22):
        shutil.rmtree(little.path)
        shutil.copytree(tmp_path / "kept", little.path)
        assert struck(little, limit, *words) is None or limit > total - 4
        little.puente("status")  # any command ends what was begun
        found = state(little)
        assert found in (old, new), limit
        assert little.opted_out() == {"before", "after"}
        assert not (little.path / "restore.json").exists()
        seen.add(found == old)
        little.puente(*words)
        assert state(little) == old and little.opted_out() == {"before", "after"}
        assert little.parts() == []
    assert seen == {True, False}, "no kill before the swap, or none after it had begun"


def test_ending_a_restore_is_killed_too(little: Home, tmp_path: Path) -> None:
    file = little.backup("--to", str(tmp_path))
    old = state(little)
    little.write("settings.yml", "clinic: Another Clinic\n")
    total = struck(little, 0, "restore", str(file), "--yes")
    assert total
    little.write("settings.yml", "clinic: Another Clinic\n")
    begun = next(n for n in range(total // 2, total) if _begun(little, n, str(file)))
    assert begun
    for limit in range(1, 12):
        struck(little, limit, "status")
    little.puente("status")
    assert state(little) == old and little.parts() == []


def _begun(home: Home, limit: int, file: str) -> bool:
    struck(home, limit, "restore", file, "--yes")
    return (home.path / "restore.json").exists()


def test_commands_that_come_at_once_end_a_restore_together(little: Home, tmp_path: Path) -> None:
    file = str(little.backup("--to", str(tmp_path)))
    little.write("settings.yml", "clinic: Another Clinic\n")
    shutil.copytree(little.path, tmp_path / "kept")
    total = struck(little, 0, "restore", file, "--yes")
    assert total
    for limit in range(total // 2, total):
        shutil.rmtree(little.path)
        shutil.copytree(tmp_path / "kept", little.path)
        if _begun(little, limit, file):
            break
    assert (little.path / "restore.json").exists()
    running = [little.start("status") for _ in range(3)]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.wait() for process in running] == [0, 0, 0], told
    assert "Another backup" not in "".join(told) and "".join(told).count("goes on where it stopped") == 1
    assert little.parts() == []


def test_two_at_once(little: Home) -> None:
    first, second = little.start("backup"), little.start("backup")
    done = [(*process.communicate(timeout=60), process.returncode) for process in (first, second)]
    for process in (first, second):
        process.wait()
    assert {code for *_, code in done} <= {0, 1} and 0 in {code for *_, code in done}
    for _, complaint, code in done:
        assert code == 0 or "Another backup is being made" in complaint


def mounted(folder: Path, size: str) -> bool:
    if os.geteuid() != 0:
        return False
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path):  # type: ignore[no-untyped-def]
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mounted(folder, "9m"):
        pytest.skip("only root can mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_sentence_and_changes_nothing(little: Home, small_disk: Path) -> None:
    disk = Home(small_disk / "home")
    shutil.copytree(little.path, disk.path)
    before, file = state(disk), little.backup()
    filling = small_disk / "filling"
    with filling.open("wb") as full, pytest.raises(OSError):
        while True:
            full.write(bytes(1 << 16))
            full.flush()
    assert "The disk is full" in disk.refused("backup")
    told = disk.refused("restore", str(file), "--yes")
    assert "MB free" in told or "full" in told
    filling.unlink()
    assert state(disk) == before and disk.parts() == []
    with filling.open("wb") as some:  # room for the manifest's sum, not for the rest
        some.write(bytes(os.statvfs(small_disk).f_bavail * 4096 - (2 << 20)))
    assert disk.run("backup").returncode == 1
    filling.unlink()
    assert state(disk) == before and disk.json("backups") == [] and disk.parts() == []
