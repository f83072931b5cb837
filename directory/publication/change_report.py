"""The report of each publication, for the files of a clinic: who, from which lists, and every place that changed.

Markdown to read and CSV to sort, under `reports/`; a confidential place has its public name and no value.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from directory import store, whole_files
from directory.publication.differences import FieldChange, Kind, ListingChange
from directory.sync.changes import Place, told
from directory.sync.diff import Change
from directory.tables import chunks

__all__ = [
    "Head",
    "ListUsed",
    "clear_left_over",
    "folder",
    "lines_of",
    "lists_used",
    "paths",
    "read",
    "take_away",
    "write",
]

_HEADINGS = {Kind.NEW: "New", Kind.CHANGED: "Changed", Kind.GONE: "No longer shown"}
_RUNS = frozenset("=+-@\t\r\n|%\u2212\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, full-width signs (U+FF1D and the like) too."""
_NAMED = 500
"""How many places of a kind the Markdown names: nobody reads on, and the table has them all."""
_AT_ONCE = 1000


@dataclass(frozen=True)
class ListUsed:
    """One list behind a publication: the day it bears, and the hash of its bytes under `raw/`."""

    id: str
    title: str
    as_of: str | None
    sha256: str | None
    listings: int


@dataclass(frozen=True)
class Head:
    """What stands above the changes of one publication or undo."""

    id: str
    kind: str
    published_at: str
    who: str | None
    listings: int
    lists: tuple[ListUsed, ...]


def lists_used(
    work: sqlite3.Connection, sources: Iterable[store.SourceRecord], counts: dict[str, int]
) -> tuple[ListUsed, ...]:
    """The lists behind a publication, each with the bytes that were read last."""
    query = """SELECT list_sha256 FROM run WHERE source_id = ? AND kind = 'sync' AND list_sha256 IS NOT NULL
               ORDER BY number DESC LIMIT 1"""
    found = []
    for item in sources:
        row = work.execute(query, (item.id,)).fetchone()
        day = item.as_of.isoformat() if item.as_of else None
        found.append(ListUsed(item.id, item.title, day, row[0] if row else None, counts.get(item.id, 0)))
    return tuple(found)


def folder() -> Path:
    """Where the reports lie; for their owner only."""
    found = store.home() / "reports"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def paths(publication: str) -> tuple[Path, Path]:
    """The Markdown and the CSV of that publication; they may not be there."""
    return folder() / f"{publication}.md", folder() / f"{publication}.csv"


def write(head: Head, changes: Sequence[ListingChange]) -> tuple[Path, Path]:
    """Writes both; each appears whole or not at all."""
    text, table = paths(head.id)
    _keep(text, _markdown(head, changes))
    _keep(table, _csv(changes))
    return text, table


def read(publication: str) -> tuple[ListingChange, ...]:
    """The changes of that publication as they were told, one for each place; nothing when the report is not there."""
    path = paths(publication)[1]
    if not path.exists():
        return ()
    found: dict[str, ListingChange] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = _told(row)
            before = found.get(told.id)
            found[told.id] = replace(before, fields=(*before.fields, *told.fields)) if before else told
    return tuple(found.values())


def _told(row: dict[str, str]) -> ListingChange:
    hidden = row["before"] == row["after"] == "confidential"
    said = (None, None) if hidden else (_whole(row["before"]) or None, _whole(row["after"]) or None)
    fields = (FieldChange(row["field"], *said),) if row["field"] else ()
    id, name, source, reason = (_whole(row[column]) for column in ("id", "name", "list", "reason"))
    return ListingChange(Kind(row["change"]), id, name, hidden, source, fields, reason or None)


def _whole(cell: str) -> str:
    """The cell without the mark that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RUNS else cell


def take_away(publication: str) -> None:
    """A report of what did not happen in the end."""
    for path in paths(publication):
        path.unlink(missing_ok=True)


def clear_left_over(known: set[str]) -> None:
    """Takes away reports of publications that were killed before they happened."""
    for path in folder().iterdir():
        if path.suffix == ".part" or (path.suffix in (".md", ".csv") and path.stem not in known):
            path.unlink()


def _keep(path: Path, parts: Iterable[str]) -> None:
    with whole_files.opened(path) as file:
        file.writelines(part.encode("utf-8") for part in parts)


def _markdown(head: Head, changes: Sequence[ListingChange]) -> Iterator[str]:
    counts = Counter(change.kind for change in changes)
    yield f"# {'Publication' if head.kind == 'publish' else 'Undo'} {head.id}\n\n"
    yield f"- When: {head.published_at}\n- By: {_plain(head.who or 'unknown')}\n- Places shown: {head.listings}\n"
    yield f"- New: {counts[Kind.NEW]}. Changed: {counts[Kind.CHANGED]}. No longer shown: {counts[Kind.GONE]}.\n"
    yield "\n## Lists\n\n| List | Title | As of | Places | sha256 |\n|---|---|---|---|---|\n"
    for item in head.lists:
        cells = (item.id, _plain(item.title), item.as_of or "unknown", str(item.listings), item.sha256 or "")
        yield f"| {' | '.join(cells)} |\n"
    for kind, heading in _HEADINGS.items():
        some = [change for change in changes if change.kind is kind]
        if some:
            yield f"\n## {heading} ({len(some)})\n\n"
            yield from map(_item, some[:_NAMED])
        if len(some) > _NAMED:
            yield f"\nand {len(some) - _NAMED} more: {head.id}.csv has them all.\n"


def _item(change: ListingChange) -> str:
    why = f": {_plain(change.reason)}" if change.reason else ""
    details = "".join(f"  - {_plain(line)}\n" for line in lines_of(change))
    return f"- {_plain(change.name)} (`{change.id}`){why}\n{details}"


def lines_of(change: ListingChange) -> list[str]:
    """What changed in one listing, a line for each field; for a confidential one only which fields."""
    if not change.fields:
        return []
    said = tuple(Change(change.id, item.field, item.before, item.after) for item in change.fields)
    return list(told(Place(change.id, change.name, change.hidden), said))


def _plain(text: str) -> str:
    """One line in which nothing is a link, a tag, a table or a picture."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _csv(changes: Sequence[ListingChange]) -> Iterator[str]:
    yield _lines([("change", "id", "name", "list", "field", "before", "after", "reason")])
    for part in chunks(changes, _AT_ONCE):
        yield _lines(cells for change in part for cells in _cells(change))


def _cells(change: ListingChange) -> Iterator[tuple[str, ...]]:
    head = (change.kind.value, *map(_harmless, (change.id, change.name, change.source)))
    for item in change.fields:
        values = ("confidential",) * 2 if change.hidden else (item.before or "", item.after or "")
        yield (*head, item.field, *map(_harmless, values), "")
    if not change.fields:
        yield (*head, "", "", "", _harmless(change.reason or ""))


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat[:1] in _RUNS else flat
