"""The demo, published once in a PUENTE_HOME of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import store, sync
from directory.model import Listing

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo as it is published; nobody writes into it."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(home))
        sync.load_demo(NOW)
        yield home


@pytest.fixture
def demo(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Listing]:
    """All places of the demo, from the home that is now in force."""
    monkeypatch.setenv("PUENTE_HOME", str(demo_home))
    with store.open_directory() as connection:
        rowids = [row[0] for row in connection.execute("SELECT rowid FROM listing ORDER BY rowid")]
        return [item for at in range(0, len(rowids), 300) for item in store.listings(connection, rowids[at : at + 300])]
