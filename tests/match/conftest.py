from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from directory import schema


@pytest.fixture
def work(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty work.db."""
    db = Database(tmp_path / "work.db")
    schema.work.apply(db)
    db.conn.row_factory = sqlite3.Row
    yield db.conn
    db.close()
