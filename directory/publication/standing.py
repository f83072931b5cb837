"""standing: what publication says of a list: the row in work.db, else the source file, and the day of its last run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date

from directory import store
from directory.sync import source
from directory.sync.hand_rows import HAND

__all__ = ["source_records"]

_LAST = """SELECT as_of FROM run WHERE source_id = ? AND kind IN ('sync', 'hand') AND as_of IS NOT NULL
           ORDER BY number DESC LIMIT 1"""


def source_records(work: sqlite3.Connection, ids: Iterable[str]) -> list[store.SourceRecord]:
    """Those lists as people are told of them."""
    return [_record(work, source_id) for source_id in ids]


def _record(work: sqlite3.Connection, source_id: str) -> store.SourceRecord:
    found = work.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone()
    run = work.execute(_LAST, (source_id,)).fetchone()
    last = date.fromisoformat(run["as_of"]) if run else None
    if found:
        day = date.fromisoformat(found["as_of"]) if found["as_of"] else last
        return store.SourceRecord(
            source_id, found["title"], found["plan"], found["url"], found["licence"], found["attribution"], day,
            bool(found["demo"]),
        )  # fmt: skip
    if source_id == HAND:
        return store.SourceRecord(HAND, "Entered by the clinic", as_of=last)
    told = source.load(source_id)
    return store.SourceRecord(
        told.id, told.title, told.plan, told.url, told.licence, told.attribution, last or told.as_of, told.demo
    )
