"""Homes in which nothing is published, or only lists of other counties."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.context import Goal
from tests.actions.conftest import NOW, Stage, home

__all__ = ["Stage", "empty", "home"]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PUENTE_HOME as it is on the first day: nothing in it."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))
    return tmp_path
