"""A PUENTE_HOME whose work.db is filled row by row, as lists would fill it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.sync import decisions, stage
from directory.sync.decisions import Decision, Kind

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


def draft(source: str, row: str, **fields: Any) -> dict[str, Any]:
    """A plain draft of an invented pantry in Fresno."""
    made = {
        "id": f"{source}:{row}",
        "organization": f"Kite House {row}",
        "name": f"Kite House {row}",
        "provenance": {"source": source, "row": row, "source_title": source, "as_of": "2026-11-01", "demo": False},
        "needs": ["food"],
        "programs": ["food_bank"],
        "counties": ["Fresno"],
        "phones": [{"number": "+15595550101", "kind": "voice"}],
        **fields,
    }
    return {name: value for name, value in made.items() if value is not None}


class Work:
    """What lists, people and matching would write into work.db, each call one run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = NOW

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """work.db, committed at the end."""
        with stage.open_work() as work, work:
            yield work

    def later(self, **delta: int) -> datetime:
        """The clock goes on."""
        self.now += timedelta(**delta)
        return self.now

    def run(self, work: sqlite3.Connection, source: str, kind: str = "sync") -> int:
        """A run of that list."""
        cursor = work.execute(
            """INSERT INTO run (source_id, kind, list_sha256, started_at, as_of, records, drafts, refused, added,
               changed, gone) VALUES (?, ?, hex(randomblob(4)), ?, NULL, 0, 0, 0, 0, 0, 0)""",
            (source, kind, self.now.isoformat()),
        )
        work.execute("INSERT OR IGNORE INTO source VALUES (?, ?, NULL, NULL, NULL, NULL, NULL, 0)", (source, source))
        return int(cursor.lastrowid or 0)

    def put(
        self, source: str, row: str, listing: str | None = None, *, place: str | None = None, marked: bool = False,
        said: list[str] | None = None, **fields: Any,
    ) -> None:  # fmt: skip
        """The list names that row now; `listing` is what matching links it to."""
        with self.open() as work:
            number = self.run(work, source)
            plain = draft(source, row, **fields)
            if said is not None:
                work.execute(
                    "INSERT OR REPLACE INTO raw_row VALUES (?, ?, ?, ?, ?)",
                    (source, row, f"sha{number}", json.dumps({"fields": said}), number),
                )
            work.execute(
                """INSERT INTO staged (source_id, row_id, raw_sha256, line, draft, problems, refused, first_on,
                       changed_on, place, marked, changed_run) VALUES (?, ?, ?, 1, ?, '[]', 0, ?, ?, ?, ?, ?)
                   ON CONFLICT (source_id, row_id) DO UPDATE SET draft = excluded.draft, place = excluded.place,
                       marked = excluded.marked, changed_on = excluded.changed_on, ended_on = NULL, ended_why = NULL,
                       raw_sha256 = excluded.raw_sha256, changed_run = excluded.changed_run""",
                (
                    source, row, f"sha{number}", json.dumps(plain), f"{self.now:%Y-%m-%d}", f"{self.now:%Y-%m-%d}",
                    place, int(marked), number,
                ),
            )  # fmt: skip
            work.execute(
                """INSERT INTO link VALUES (?, ?, ?, 'new', '[]', ?, ?) ON CONFLICT (source_id, row_id)
                   DO UPDATE SET listing_id = excluded.listing_id, changed_run = excluded.changed_run
                   WHERE ? IS NOT NULL AND excluded.listing_id <> link.listing_id""",
                (source, row, listing or f"{source}:{row}", self.now.isoformat(), number, listing),
            )

    def end(self, source: str, row: str) -> None:
        """The list does not name that row any more."""
        with self.open() as work:
            number = self.run(work, source)
            work.execute(
                """UPDATE staged SET ended_on = ?, ended_why = 'left the list'
                   WHERE source_id = ? AND row_id = ? AND ended_on IS NULL""",
                (f"{self.now:%Y-%m-%d}", source, row),
            )
            work.execute("INSERT INTO change VALUES (?, ?, ?, 'gone', '', NULL, NULL)", (number, source, row))

    def decide(self, kind: Kind, listing: str, **more: Any) -> int:
        """Somebody decides."""
        with self.open() as work:
            return decisions.record(work, Decision(kind, listing, "ana", "called", self.now, **more))

    def take_back(self, number: int) -> None:
        """Somebody thinks better of it."""
        with self.open() as work:
            decisions.take_back(work, number, who="ana", now=self.now)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """An empty PUENTE_HOME."""
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return Work(tmp_path)
