"""The desk over a copy of the demo lists, with work.db, so that a correction goes all the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import demo_copy


@pytest.fixture
def desk_home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with lists that were read and published, in force for this test."""
    made = tmp_path / "home"
    demo_copy(demo_home, made)
    monkeypatch.setenv("PUENTE_HOME", str(made))
    monkeypatch.delenv("PUENTE_INBOX", raising=False)
    return made
