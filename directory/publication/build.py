"""build: a new directory beside the one in force: whole, or as a copy of it in which only what changed is replaced."""

from __future__ import annotations

import hashlib
import importlib
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from directory import store, tables
from directory.publication import differences
from directory.publication.gather import Gathered
from directory.tables import Entry, chunks

__all__ = ["GAP", "Progress", "Sources", "definition", "index", "replace", "stands", "used_sources", "whole"]

GAP = 4096
"""The room between two row ids, for names that come between them later."""
_PART = 1000
_PACKAGE = Path(__file__).resolve().parents[1]
_MADE_WITH = (
    "tables.py", "schema.py", "places/*.py", "places/*.yml", "position.py", "model.py", "folding.py", "almanac.*",
    "data/*.csv", "hours/*.py", "search/*.py", "search/*.yml",
    "publication/build.py", "publication/gather.py", "publication/merge.py", "publication/votes.py",
    "publication/normal.py", "sync/confidential.py", "sync/neighbors.py", "sync/record.py", "sync/withholding.py",
)  # fmt: skip
Sources = Callable[[Iterable[str]], Sequence[store.SourceRecord]]
Progress = Callable[[int, int], object]


@cache
def definition() -> str:
    """A hash of the code and data a directory is made with; one that was made otherwise is built anew."""
    digest = hashlib.sha256(str(store.LAYOUT).encode())
    for path in sorted(path for pattern in _MADE_WITH for path in _PACKAGE.glob(pattern)):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def whole(
    path: Path, gathered: Gathered, sources: Sources, *, name: str, now: datetime, progress: Progress | None = None
) -> sqlite3.Connection:
    """A new directory of everything that is shown; the connection to it is open and committed."""
    held = sorted(gathered.everything(), reverse=True)
    count = len(held)
    connection = tables.create(path)
    days = _Days(sources)
    while held:  # what is written is let go of
        done = count - len(held)
        part = [held.pop() for _ in range(min(_PART, len(held)))]
        rows = [(number * GAP, entry) for number, entry in enumerate(gathered.entries(part), done + 1)]
        tables.add(connection, rows, days.of(entry for _, entry in rows))
        if progress:
            progress(done + len(part), count)
    _sign(connection, sources, name=name, now=now)
    tables.finish(connection, store.LAYOUT)
    return connection


class _Days:
    """The day that each source bears, asked once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._known: dict[str, str | None] = {}

    def of(self, entries: Iterable[Entry]) -> Mapping[str, str | None]:
        fresh = {entry.plain["provenance"]["source"] for entry in entries} - self._known.keys()
        for record in self._sources(sorted(fresh)) if fresh else ():
            self._known[record.id] = record.as_of.isoformat() if record.as_of else None
        return self._known


def replace(
    connection: sqlite3.Connection,
    ids: set[str],
    entries: Sequence[Entry],
    gathered: Gathered,
    sources: Sources,
    *,
    name: str,
    now: datetime,
) -> bool:
    """Merges these listings anew in a copy of the directory in force; False when the whole has to be built.

    That is when a name finds no room in its order, or a place is to be hidden: a copy keeps, in its index of words and
    in pages that are free, what was taken out of it.
    """
    old = dict(_rowids(connection, ids))
    gone = old.keys() - {entry.plain["id"] for entry in entries}
    if _newly_hidden(connection, ids, entries) or gathered.left_out(old) or gone & gathered.refuges:
        return False
    rows = _placed(connection, entries, old)
    if rows is None:
        return False
    for part in chunks(sorted(old.values()), 900):
        tables.remove(connection, part)
    days = _Days(sources)
    for fresh in chunks(rows, _PART):
        tables.add(connection, fresh, days.of(entry for _, entry in fresh))
    _new_days(connection, sources)
    _sign(connection, sources, name=name, now=now)
    return True


def _newly_hidden(connection: sqlite3.Connection, ids: Iterable[str], entries: Iterable[Entry]) -> bool:
    """Whether one of them is confidential and was not, as far as this directory knows."""
    hidden = {entry.plain["id"] for entry in entries if entry.plain.get("confidential")}
    known: set[str] = set()
    for part in chunks(sorted(hidden), 900):
        query = f"SELECT id FROM listing WHERE confidential = 1 AND id IN ({','.join('?' * len(part))})"
        known.update(row[0] for row in connection.execute(query, part))
    return not hidden <= known


def _rowids(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[tuple[str, int]]:
    for part in chunks(sorted(ids), 900):
        query = f"SELECT id, rowid FROM listing WHERE id IN ({','.join('?' * len(part))})"
        yield from map(tuple, connection.execute(query, part))


def _placed(
    connection: sqlite3.Connection, entries: Sequence[Entry], old: Mapping[str, int]
) -> list[tuple[int, Entry]] | None:
    """Each listing with its row id: its own while its name stays, else one between its neighbors; None without room."""
    names = _names(connection, old.values())
    placed, moved = [], []
    for entry in entries:
        known = old.get(entry.plain["id"])
        if known is not None and names[known] == entry.plain["name"].casefold():
            placed.append((known, entry))
        else:
            moved.append(entry)
    between = _between(connection, moved, {rowid for rowid, _ in placed}, set(old.values())) if moved else []
    return None if between is None else sorted([*placed, *between], key=lambda item: item[0])


def _names(connection: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(sorted(rowids), 900):
        query = f"SELECT rowid, name FROM listing WHERE rowid IN ({','.join('?' * len(part))})"
        found.update((rowid, text.casefold()) for rowid, text in connection.execute(query, part))
    return found


def _between(
    connection: sqlite3.Connection, entries: Sequence[Entry], staying: set[int], old: set[int]
) -> list[tuple[int, Entry]] | None:
    query = "SELECT name, id, rowid FROM listing ORDER BY rowid"
    known = [
        ((name.casefold(), listing_id), rowid)
        for name, listing_id, rowid in connection.execute(query)
        if rowid in staying or rowid not in old
    ]
    keys = [key for key, _ in known]
    together: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda item: tables.name_key(item.plain)):
        together.setdefault(bisect_left(keys, tables.name_key(entry.plain)), []).append(entry)
    found: list[tuple[int, Entry]] = []
    for at, group in together.items():
        low = known[at - 1][1] if at else 0
        high = known[at][1] if at < len(known) else low + GAP * (len(group) + 1)
        step = (high - low) // (len(group) + 1)
        if not step:
            return None
        found += [(low + step * number, entry) for number, entry in enumerate(group, 1)]
    return found


def _new_days(connection: sqlite3.Connection, sources: Sources) -> None:
    """A list that bears another day now: its rows that say no day of their own follow."""
    before = dict(connection.execute("SELECT id, as_of FROM source").fetchall())
    for record in sources(sorted(before)):
        day = record.as_of.isoformat() if record.as_of else None
        if before[record.id] != day:
            connection.execute(
                "UPDATE listing SET dated_on = ? WHERE source_id = ? AND assured_on IS NULL AND as_of IS NULL",
                (day, record.id),
            )


def _sign(connection: sqlite3.Connection, sources: Sources, *, name: str, now: datetime) -> None:
    """The lists behind what is shown, and which publication this is."""
    rows = _source_rows(connection, sources)
    connection.execute("DELETE FROM source")
    connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("DELETE FROM publication")
    connection.execute("INSERT INTO publication VALUES (?, ?, ?)", (name, now.isoformat(), definition()))
    connection.commit()


def _source_rows(connection: sqlite3.Connection, sources: Sources) -> list[tuple[object, ...]]:
    return [
        (r.id, r.title, r.plan, r.url, r.licence, r.attribution, r.as_of.isoformat() if r.as_of else None, int(r.demo))
        for r in sources(sorted(used_sources(connection)))
    ]


def stands(old: sqlite3.Connection, ids: set[str], entries: Sequence[Entry], sources: Sources) -> bool:
    """Whether a directory says already what it would say with these listings merged anew, into `entries`."""
    if [tuple(row) for row in old.execute("SELECT * FROM source ORDER BY id")] != _source_rows(old, sources):
        return False
    return differences.stands(old, entries, ids, _Days(sources).of(entries))


def used_sources(connection: sqlite3.Connection) -> set[str]:
    """The sources of all listings, and of all that was said of them; each is looked up once, not counted."""
    return {*_each(connection, "listing"), *_each(connection, "said")}


def _each(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    found = ""
    query = f"SELECT min(source_id) FROM {table} WHERE source_id > ?"
    while (found := connection.execute(query, (found,)).fetchone()[0]) is not None:
        yield found


def index(connection: sqlite3.Connection) -> None:
    """What the search reads beside the tables, where it has such a thing."""
    if find_spec("directory.search").submodule_search_locations and find_spec("directory.search.index"):  # type: ignore[union-attr]
        importlib.import_module("directory.search.index").build(connection)
        connection.commit()
