"""differences: what people would see otherwise, listing by listing and field by field, between two directories."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import Any, NamedTuple

from directory import tables
from directory.tables import Entry, Plain, chunks

__all__ = ["FieldChange", "Kind", "ListingChange", "between", "first", "same", "stands"]

_QUIET = frozenset({"id", "provenance", "edited_on"})
_PART = 800


class Kind(str, Enum):
    """What became of a listing."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class FieldChange(NamedTuple):
    """One field before and after, as text or JSON; None where nothing was or is said, or must not be told."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ListingChange:
    """One listing that came, changed or went; of a confidential one only its name and which fields changed.

    `source` is the one it has now, or had before it went; `reason` says why it went.
    """

    kind: Kind
    id: str
    name: str
    hidden: bool
    source: str
    fields: tuple[FieldChange, ...] = ()
    reason: str | None = None


def between(
    old: sqlite3.Connection, new: sqlite3.Connection, ids: Iterable[str] | None = None
) -> Iterator[ListingChange]:
    """What people would see otherwise of these listings (of all, without ids), in the order of the ids."""
    for part in chunks(sorted(_differing(old, new, ids)), _PART):
        before, after = _plains(old, part), _plains(new, part)
        for listing_id in part:
            found = _change(before.get(listing_id), after.get(listing_id))
            if found:
                yield found


def _differing(old: sqlite3.Connection, new: sqlite3.Connection, ids: Iterable[str] | None) -> Iterator[str]:
    before, after = (dict(_of(connection, "id, digest", ids)) for connection in (old, new))
    return (listing_id for listing_id in {**before, **after} if before.get(listing_id) != after.get(listing_id))


def _of(connection: sqlite3.Connection, columns: str, ids: Iterable[str] | None) -> Iterator[tuple[Any, ...]]:
    """Those columns of the listings with these ids, or of all, by id."""
    cursor = connection.cursor()
    cursor.row_factory = None
    if ids is None:
        yield from cursor.execute(f"SELECT {columns} FROM listing ORDER BY id")
        return
    for part in chunks(sorted(set(ids)), _PART):
        yield from cursor.execute(
            f"SELECT {columns} FROM listing WHERE id IN ({','.join('?' * len(part))}) ORDER BY id", part
        )


def first(new: sqlite3.Connection) -> Iterator[ListingChange]:
    """Every listing of a directory that comes after none."""
    query = "SELECT id, name, confidential, source_id FROM listing ORDER BY rowid"
    for listing_id, name, confidential, source in new.execute(query):
        yield ListingChange(Kind.NEW, listing_id, name, bool(confidential), source)


def _plains(connection: sqlite3.Connection, ids: list[str]) -> dict[str, Plain]:
    query = f"SELECT rowid FROM listing WHERE id IN ({','.join('?' * len(ids))})"
    rowids = [row[0] for row in connection.execute(query, ids)]
    return {item["id"]: item for item in tables.plain(connection, rowids).values()} if rowids else {}


def _change(before: Plain | None, after: Plain | None) -> ListingChange | None:
    states = [state for state in (after, before) if state]
    hidden = any(state.get("confidential") for state in states)
    named = next((state for state in states if state.get("confidential")), states[0])
    kind = Kind.NEW if before is None else Kind.GONE if after is None else Kind.CHANGED
    fields = tuple(_fields(before, after, hidden)) if before and after else ()
    if kind is Kind.CHANGED and not fields:
        return None
    now = states[0]
    return ListingChange(kind, now["id"], named["name"], hidden, now["provenance"]["source"], fields)


def _fields(before: Mapping[str, object], after: Mapping[str, object], hidden: bool) -> Iterator[FieldChange]:
    for name in {**before, **after}:
        if name not in _QUIET and before.get(name) != after.get(name):
            told = (None, None) if hidden else (_text(before.get(name)), _text(after.get(name)))
            yield FieldChange(name, *told)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_GIST = ", ".join(tables.GIST)
_SMALL = ("SELECT id, title, plan, url, licence, attribution, as_of, demo FROM source ORDER BY id",)
_BESIDE = (
    """SELECT listing.id, said.source_id, said.source_row, said.as_of, agrees, differs FROM said
       JOIN listing ON listing.rowid = said.listing {where} ORDER BY 1, 2, 3""",
    """SELECT listing_alias.id, listing.id FROM listing_alias JOIN listing ON listing.rowid = listing_alias.listing
       {where} ORDER BY 1""",
)


def same(old: sqlite3.Connection, new: sqlite3.Connection, ids: Iterable[str] | None) -> bool:
    """Whether these listings, and what stands beside them, are the same: days, lists, what each said, former ids."""
    if any(_rows(old, query) != _rows(new, query) for query in _SMALL):
        return False
    if any(one != other for one, other in zip_longest(_of(old, _GIST, ids), _of(new, _GIST, ids))):
        return False
    if ids is None:
        return all(_rows(old, text.format(where="")) == _rows(new, text.format(where="")) for text in _BESIDE)
    return all(_same_beside(old, new, part) for part in chunks(sorted(set(ids)), _PART))


def stands(
    old: sqlite3.Connection, entries: Sequence[Entry], ids: Iterable[str], as_of: Mapping[str, str | None]
) -> bool:
    """Whether that directory says of these ids exactly what the entries say: nothing has to be written to know it."""
    if sorted(tables.gist(entry, as_of) for entry in entries) != list(_of(old, _GIST, ids)):
        return False
    told = [tables.beside(entry) for entry in entries]
    expected = (sorted(row for said, _ in told for row in said), sorted(row for _, names in told for row in names))
    found: tuple[list[tuple[object, ...]], ...] = ([], [])
    for part in chunks(sorted(set(ids)), _PART):
        where = f"WHERE listing.id IN ({','.join('?' * len(part))})"
        for rows, text in zip(found, _BESIDE, strict=True):
            rows += _rows(old, text.format(where=where), part)
    return all(sorted(rows) == other for rows, other in zip(found, expected, strict=True))


def _same_beside(old: sqlite3.Connection, new: sqlite3.Connection, ids: list[str]) -> bool:
    where = f"WHERE listing.id IN ({','.join('?' * len(ids))})"
    return all(
        _rows(old, text.format(where=where), ids) == _rows(new, text.format(where=where), ids) for text in _BESIDE
    )


def _rows(connection: sqlite3.Connection, query: str, values: list[str] | None = None) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(query, values or ())]
