"""What the tests of privacy share: a home of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PUENTE_HOME, in force for this test."""
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    monkeypatch.setenv("PUENTE_HOME", str(made))
    return made


_SCHEMA = """CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, updated_at REAL NOT NULL, turns INTEGER NOT NULL, state TEXT NOT NULL) STRICT"""


def put(home: Path, touched: Mapping[str, datetime]) -> None:
    """Conversations as the assistant writes them, last touched then."""
    with closing(sqlite3.connect(home / "conversations.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute(_SCHEMA)
        rows = [(id, at.timestamp(), 1, '{"slots": {}, "acts": []}') for id, at in touched.items()]
        db.executemany("INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?)", rows)


def ids(home: Path) -> list[str]:
    """The conversations that are kept."""
    with closing(sqlite3.connect(home / "conversations.db")) as db:
        return [row[0] for row in db.execute("SELECT id FROM conversation ORDER BY id")]
