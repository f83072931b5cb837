"""A PUENTE_HOME whose notes are read by this process, and forgotten afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.overlay import keeping


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the notes; what is written there counts at once."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    keeping.forget()
    yield tmp_path
    monkeypatch.undo()
    keeping.forget()
    keeping.look_again()
