"""history: publications, undos, runs (stopped ones too) and decisions, in the order in which they happened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from directory.errors import PublishError
from directory.publication import change_report, shelf
from directory.sync import stage

__all__ = ["Event", "Shown", "history", "one"]

_PUBLICATION = {"publish": "published", "undo": "undone"}


@dataclass(frozen=True)
class Event:
    """One thing that happened: `id` is what `puente history ID` takes; `parts` says the same in codes."""

    id: str
    at: str
    kind: str
    who: str | None
    text: str
    in_force: bool = False
    kept: bool = False
    parts: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """The event as plain JSON."""
        return {name: value for name, value in vars(self).items() if name != "parts"}


@dataclass(frozen=True)
class Shown:
    """One event with all that is kept of it: pairs of name and text, and its report."""

    event: Event
    details: tuple[tuple[str, str], ...]
    report: str | None = None

    def to_json(self) -> dict[str, object]:
        """All of it as plain JSON."""
        return {**self.event.to_json(), "details": dict(self.details), "report": self.report}


def history(limit: int | None = None) -> tuple[Event, ...]:
    """What happened, the newest last; the last `limit` of it."""
    if not stage.work_path().exists():
        return ()
    with stage.open_work() as work:
        events = [*_publications(work), *_runs(work), *_decisions(work)]
    # Within one second: what was read, what was decided, then what was published of it.
    ordered = sorted(events, key=lambda event: (datetime.fromisoformat(event.at).timestamp(), _rank(event)))
    return tuple(ordered[-limit:] if limit else ordered)


def one(event_id: str) -> Shown:
    """One event by its id; PublishError when there is none."""
    found = next((event for event in history() if event.id == event_id), None)
    if found is None:
        raise PublishError(f"Nothing with the id {event_id!r} ever happened here. `puente history` lists all there is.")
    with stage.open_work() as work:
        table, key, value = _where(event_id)
        row = work.execute(f"SELECT * FROM {table} WHERE {key} = ?", (value,)).fetchone()
    details = tuple((name, str(said)) for name, said in dict(row).items() if said is not None and name not in _LONG)
    text, _ = change_report.paths(found.id)
    return Shown(found, details, text.read_text(encoding="utf-8") if text.exists() else None)


def _rank(event: Event) -> int:
    kind = event.id.partition("-")[0]
    return {"run": 0, "decision": 1}.get(kind, 2)


_LONG = frozenset({"problems", "headings", "definition"})


def _where(event_id: str) -> tuple[str, str, str]:
    kind, _, number = event_id.partition("-")
    return (kind, "number", number) if kind in ("run", "decision") else ("publication", "id", event_id)


def _publications(work: sqlite3.Connection) -> list[Event]:
    known = shelf.records(work)
    current = shelf.in_force(known)
    events = []
    for record in known:
        lists = ", ".join(json.loads(record.sources))
        told = f"{record.listings} places from {lists or 'no list'}"
        text = told if record.kind == "publish" else f"back to {record.file}: {told}"
        kept = record.kind == "publish" and shelf.file_of(record.file).is_file()
        kind = _PUBLICATION.get(record.kind, record.kind)
        parts = {"listings": record.listings, "lists": tuple(json.loads(record.sources)), "file": record.file}
        events.append(Event(record.id, record.published_at, kind, record.who, text, record == current, kept, parts))
    return events


def _runs(work: sqlite3.Connection) -> list[Event]:
    return [
        Event(
            f"run-{row['number']}", row["started_at"], row["kind"], row["who"], _run_text(row),
            parts={name: row[name] for name in ("source_id", "added", "changed", "gone", "why")},
        )
        for row in work.execute("SELECT * FROM run ORDER BY number")
    ]  # fmt: skip


def _run_text(row: sqlite3.Row) -> str:
    if row["kind"] == "stopped":
        return f"{row['source_id']}: stopped, nothing changed: {row['why'] or 'no reason was kept'}"
    counts = f"{row['added']} new, {row['changed']} changed, {row['gone']} gone"
    return f"{row['source_id']}: {counts}"


def _decisions(work: sqlite3.Connection) -> list[Event]:
    events = []
    for row in work.execute("SELECT * FROM decision ORDER BY number"):
        until = f" until {row['until']}" if row["until"] else ""
        field = f" {row['field']}" if row["field"] else ""
        back = f" (taken back by {row['undone_by']})" if row["undone_at"] else ""
        text = f"{row['kind']}{field}{until}: {row['listing_id']}: {row['why']}{back}"
        parts = {name: row[name] for name in ("kind", "listing_id", "field", "until", "why", "undone_by")}
        events.append(Event(f"decision-{row['number']}", row["decided_at"], "decided", row["who"], text, parts=parts))
    return events
