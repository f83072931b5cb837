"""The key file: made once, whole, for its owner alone, whoever starts at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directory import keys
from directory.errors import SettingsError
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
def test_a_damaged_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bytes) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "secret.key").write_bytes(damaged)
    with pytest.raises(SettingsError, match="forged"):
        keys.derived("x")
