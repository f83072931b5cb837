"""What the tests of calls to places share: a home with lists read and published, two callers, and a day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import store
from directory.model import Listing
from directory.verify.marks import Caller
from tests.conftest import demo_copy

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
ANA, LUIS = Caller(1, "Ana Rivera"), Caller(2, "Luis Rivera")
PLACE = "demo_plan_roster:D0011"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the home with the demo lists, in force for this test."""
    made = tmp_path / "home"
    demo_copy(demo_home, made)
    monkeypatch.setenv("PUENTE_HOME", str(made))
    monkeypatch.delenv("PUENTE_INBOX", raising=False)
    return made


def published(id: str = PLACE) -> Listing:
    """The place as people see it now."""
    with store.open_directory() as db:
        return store.listing(db, id)
