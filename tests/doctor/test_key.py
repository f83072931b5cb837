"""The key of the chats: what is said of a damaged one, and who types what it says has mended it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from directory import keys
from directory.doctor import Look
from directory.doctor.key import key

from .test_checks import NOW


def test_a_damaged_key_is_found_and_one_set_aside_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    look = Look(tmp_path, NOW)
    assert not list(key(look))
    (tmp_path / "secret.key").write_bytes(b"cut")
    for level, id in (("mend", "key.damaged"), ("look", "key.aside")):
        (finding,) = key(look)
        assert (finding.id, finding.level) == (id, level) and "chats" in finding.text
        if id == "key.damaged":
            keys.ready()
    assert finding.command
    subprocess.run(finding.command, shell=True, check=True)
    assert [finding.id for finding in key(look)] == ["key"]


def test_who_takes_the_damaged_file_away_has_mended_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "secret.key").write_bytes(b"cut")
    (finding,) = key(Look(tmp_path, NOW))
    subprocess.run(str(finding.command), shell=True, check=True)
    assert not list(key(Look(tmp_path, NOW)))
