"""What the tests of privacy share: a home of their own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PUENTE_HOME, in force for this test."""
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    monkeypatch.setenv("PUENTE_HOME", str(made))
    return made
