"""A published place by its name, as a caller says it: the one that bears it, or those that may be meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory import store
from directory.folding import bare_words
from directory.model import Listing
from directory.search.reading import reading

__all__ = ["MOST", "Named", "former_ids", "named"]

MOST = 10


@dataclass(frozen=True)
class Named:
    """What bears a name: `exact` when it is surely one place, else up to ten that may be meant of `total`."""

    exact: Listing | None
    perhaps: tuple[Listing, ...] = ()
    total: int = 0


def named(text: str, path: Path | None = None) -> Named:
    """The published place of that name (case, accents, punctuation apart); never a guess between two."""
    wanted = tuple(bare_words(text))
    if not wanted:
        return Named(None)
    with store.open_directory(path) as connection:
        rows = _all(connection)
        same = [rowid for rowid, names in rows if wanted in names]
        if len(same) == 1:
            return Named(store.listings(connection, same)[0])
        part = same or [rowid for rowid, names in rows if any(_within(wanted, name) for name in names)]
        return Named(None, tuple(store.listings(connection, part[:MOST])), len(part))


def former_ids(ids: Sequence[str], path: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """For each of those listings the ids that it had before it was found to be one place with another."""
    found: dict[str, list[str]] = {id: [] for id in ids}
    query = f"""SELECT listing.id, alias.id FROM listing JOIN listing_alias AS alias ON alias.listing = listing.rowid
                WHERE listing.id IN ({",".join("?" * len(ids))}) ORDER BY 2"""
    with reading(path) as connection:
        for id, before in connection.execute(query, tuple(ids)):
            found[id].append(before)
    return {id: tuple(before) for id, before in found.items()}


_Row = tuple[int, tuple[tuple[str, ...], ...]]
"""The row of a listing, and its name and its organization as words."""


def _all(connection: sqlite3.Connection) -> list[_Row]:
    """Every place by name. The words of the index would not do: "penas" is no beginning of a word of "Peña's"."""
    return list(map(_row, connection.execute("SELECT rowid, name, organization FROM listing ORDER BY name, id")))


def _row(row: sqlite3.Row) -> _Row:
    return row["rowid"], (tuple(bare_words(row["name"])), tuple(bare_words(row["organization"])))


def _within(wanted: Sequence[str], name: Sequence[str]) -> bool:
    return all(any(word.startswith(start) for word in name) for start in wanted)
