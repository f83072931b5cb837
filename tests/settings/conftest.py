"""A home of its own for each test, and `puente` in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PUENTE_HOME, empty."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("PUENTE_HOME", str(folder))
    monkeypatch.delenv("PUENTE_USER", raising=False)
    return folder


@pytest.fixture
def puente() -> Callable[..., Result]:
    """`puente` with these words; `typed` are lines that a person types."""

    def run(*words: str, typed: tuple[str, ...] = ()) -> Result:
        result = CliRunner().invoke(main, list(words), input="".join(f"{line}\n" for line in typed))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
