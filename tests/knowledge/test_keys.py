"""The key file: made once, whole, for its owner alone, whoever starts at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directory import keys, privacy
from tests.conftest import ROOT, environment

DERIVE = "from directory import keys; print(keys.derived('x').hex())"


def test_processes_that_start_together_have_one_key(tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DERIVE], cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    assert len({process.communicate(timeout=60)[0] for process in running}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_set_aside_and_a_new_one_made(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(damaged)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DERIVE],
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60) for process in running]
    assert len({out for out, _ in said}) == 1 and all(out for out, _ in said)
    assert "".join(err for _, err in said).count("key.damaged.moved_aside") == 1
    kept, key = sorted(tmp_path.glob("secret.key.damaged-*")), tmp_path / "secret.key"
    assert [path.read_bytes() for path in kept] == [damaged] and len(key.read_bytes()) == 32
    assert {path.stat().st_mode & 0o777 for path in (*kept, key)} == {0o600}
    assert all(privacy.of_file(path.name) == ("damaged_key",) for path in kept)


def test_a_second_one_of_a_day_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    for damaged in (b"one", b"two"):
        (tmp_path / "secret.key").write_bytes(damaged)
        assert keys.is_damaged()
        moved = keys.ready()
        assert moved and moved.read_bytes() == damaged and not keys.is_damaged()
    assert keys.ready() is None and len(keys.aside()) == 2


def test_who_runs_goes_on_with_its_key_until_another_whole_one_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    before = keys.derived("x")
    (tmp_path / "secret.key").write_bytes(b"cut")
    assert keys.derived("x") == before and (tmp_path / "secret.key").read_bytes() == b"cut"
    assert (
        subprocess.run([sys.executable, "-c", DERIVE], cwd=ROOT, env=environment(tmp_path), timeout=60).returncode == 0
    )
    assert keys.derived("x") != before and keys.derived("x") == keys.derived("x")


def test_the_first_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    keys.first()
    made = (tmp_path / "secret.key").read_bytes()
    keys.first()
    assert (tmp_path / "secret.key").read_bytes() == made and len(made) == 32
