"""What the tests of the inbox share: a home of their own (or a database server), two people, and a day."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from directory.inbox import doubts, who

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what spaCy imports warns on its own account
    import spacy  # noqa: F401

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)
"""A Monday, ten in the morning where the clinic is."""
ANA, BETO = "+12095550123", "+12095550147"
SERVER = os.environ.get("PUENTE_TEST_INBOX")
"""The URL of an empty database of a server; without it everything is tried on SQLite."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty PUENTE_HOME, in force for this test; the tables of a server are emptied before it."""
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    monkeypatch.setenv("PUENTE_HOME", str(made))
    monkeypatch.delenv("PUENTE_INBOX", raising=False)
    if not SERVER:
        yield made
        return
    emptied(SERVER)
    monkeypatch.setenv("PUENTE_INBOX", SERVER)
    yield made


def emptied(url: str) -> None:
    """Takes every row out of that database, and lets its ids begin at 1 again."""
    from sqlalchemy import create_engine

    from directory.inbox.shapes import OF_STORE

    engine = create_engine(url, future=True)
    with engine.begin() as db:
        for tables in OF_STORE.values():
            tables.create_all(db)
            names = ", ".join(table.name for table in tables.sorted_tables)
            db.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    engine.dispose()
    doubts.read_anew()


@pytest.fixture
def ana(home: Path) -> str:
    """The conversation of a person with a phone."""
    return who.conversation(ANA)


@pytest.fixture
def beto(home: Path) -> str:
    """The conversation of another person."""
    return who.conversation(BETO)
