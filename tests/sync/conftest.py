"""A small list of our own in a PUENTE_HOME of its own, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory import sync
from directory.sync import RunReport

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
HEADINGS = "Number,Name,Program,Counties,Street,City,ZIP,Phone,Checked"
ROWS = tuple(
    f"{n},Pantry {n},food_bank,Fresno,{n} Kite Row,Fresno,93701,559-555-01{n:02d},2026-10-{n:02d}" for n in range(1, 11)
)
SOURCE = """
id: small
title: Small list
as_of: 2026-11-01
format: {kind: csv}
row_id: {column: Number}
columns:
  organization: Name
  programs: Program
  counties: Counties
  address_1: Street
  city: City
  postal_code: ZIP
  phones: Phone
  assured_on: Checked
"""

Sync = Callable[..., RunReport]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PUENTE_HOME that knows the source `small`."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "small.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def refresh(home: Path) -> Sync:
    """Syncs `small` from these rows."""

    def run(*rows: str, headings: str = HEADINGS, **options: object) -> RunReport:
        path = home / "small.csv"
        path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
        return sync.run("small", file=path, now=NOW, **options)  # type: ignore[arg-type]

    return run
