"""What the tests of `puente check` and `puente screen` share: a run on a fixed day, and how its answer is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.reply import SCHEMA

__all__ = ["KEYS", "TODAY", "VERDICT", "Puente", "puente", "text", "told"]

Puente = Callable[..., Result]
TODAY = date(2026, 11, 22)
VERDICT = {**SCHEMA["properties"]["verdict"], "type": "object"}
KEYS = [
    "program", "outcome", "reasons", "missing", "source", "as_of", "review_by", "next", "title", "why", "dated",
    "decides", "asks",
]  # fmt: skip


@pytest.fixture
def puente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Puente:
    """Runs `puente` on a fixed day in a home of its own, where nothing is published."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    noon = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    monkeypatch.setattr("directory.commands.checking.now", lambda: noon)
    return lambda line, *more: CliRunner().invoke(main, [*line.split(), *more])


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def text(result: Result) -> str:
    """What was printed, as one line: where it wraps is of no matter."""
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())
