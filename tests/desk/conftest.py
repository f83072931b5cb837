"""The desk over a directory of the listings that a test names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory import store
from directory.desk.app import create_app
from directory.model import Listing
from tests.desk.listings import DEMO, LIST, NOW, OLD


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """The desk over a directory of those listings; nothing is published when there are none."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    path = tmp_path / "directory.db"

    def over(*records: Listing) -> TestClient:
        if records:
            store.write_directory(
                path,
                records=records,
                sources=(LIST, OLD, DEMO),
                publication="p",
                published_at=datetime(2026, 11, 2, tzinfo=timezone.utc),
            )
        return TestClient(create_app(lambda: path, now=lambda: NOW), raise_server_exceptions=False)

    return over
