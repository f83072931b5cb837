"""A clinic's home of its own, and sheets as Excel and LibreOffice give them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.text import catalogue


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty PUENTE_HOME; texts are loaded anew for it and after it."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    catalogue._texts.cache_clear()
    yield tmp_path / "home"
    catalogue._texts.cache_clear()
