"""differences: what people would see otherwise, listing by listing and field by field, between two directories."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from directory import tables
from directory.tables import Plain, chunks

__all__ = ["FieldChange", "Kind", "ListingChange", "between", "first", "same_tables"]

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


@dataclass(frozen=True)
class ListingChange:
    """One listing that came, changed or went; of a confidential one only its name and which fields changed.

    `source`, `needs` and `counties` are those it has now, or had before it went.
    """

    kind: Kind
    id: str
    name: str
    hidden: bool
    source: str
    fields: tuple[FieldChange, ...] = ()
    reason: str | None = None
    needs: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()


def between(old: sqlite3.Connection, new: sqlite3.Connection, ids: Iterable[str]) -> Iterator[ListingChange]:
    """What differs for these listings between two directories, in the order of the ids."""
    for part in chunks(sorted(set(ids)), _PART):
        before, after = _plains(old, part), _plains(new, part)
        for listing_id in part:
            found = _change(before.get(listing_id), after.get(listing_id))
            if found:
                yield found


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
    if before == after:
        return None
    states = [state for state in (after, before) if state]
    hidden = any(state.get("confidential") for state in states)
    named = next((state for state in states if state.get("confidential")), states[0])
    kind = Kind.NEW if before is None else Kind.GONE if after is None else Kind.CHANGED
    fields = tuple(_fields(before, after, hidden)) if before and after else ()
    now = states[0]
    return ListingChange(
        kind, now["id"], named["name"], hidden, now["provenance"]["source"], fields, None,
        tuple(now.get("needs", ())), tuple(now.get("counties", ())),
    )  # fmt: skip


def _fields(before: Mapping[str, object], after: Mapping[str, object], hidden: bool) -> Iterator[FieldChange]:
    for name in {**before, **after}:
        if name not in _QUIET and before.get(name) != after.get(name):
            told = (None, None) if hidden else (_text(before.get(name)), _text(after.get(name)))
            yield FieldChange(name, *told)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_SMALL = ("SELECT id, title, plan, url, licence, attribution, as_of, demo FROM source ORDER BY id",)
_BESIDE = (
    """SELECT listing.id, said.source_id, said.source_row, said.as_of, agrees, differs FROM said
       JOIN listing ON listing.rowid = said.listing WHERE listing.id IN ({marks}) ORDER BY 1, 2, 3""",
    """SELECT listing_alias.id, listing.id FROM listing_alias JOIN listing ON listing.rowid = listing_alias.listing
       WHERE listing.id IN ({marks}) ORDER BY 1""",
)


def same_tables(old: sqlite3.Connection, new: sqlite3.Connection, ids: Iterable[str]) -> bool:
    """Whether what stands beside these listings is the same too: lists, what each said, former ids."""
    if any(_rows(old, query) != _rows(new, query) for query in _SMALL):
        return False
    for part in chunks(sorted(set(ids)), _PART):
        for text in _BESIDE:
            query = text.format(marks=",".join("?" * len(part)))
            if _rows(old, query, part) != _rows(new, query, part):
                return False
    return True


def _rows(connection: sqlite3.Connection, query: str, values: list[str] | None = None) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(query, values or ())]
