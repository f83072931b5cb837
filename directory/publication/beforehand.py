"""beforehand: all that publishing now would change, looked at once and kept, so that a page can filter it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.publication import brake, moment, undo
from directory.publication.differences import Kind, ListingChange
from directory.publication.prepare import Prepared, Progress, prepare
from directory.publication.undo import UndoneState
from directory.store import SourceRecord
from directory.sync import stage
from directory.sync.changes import DERIVED
from directory.sync.lock import alone
from directory.tables import chunks

__all__ = ["Beforehand", "Item", "Wanted", "beforehand"]

_PART = 800
_ALL = "SELECT id FROM listing WHERE statewide = 1 AND id IN ({marks})"
_COUNTIES = """SELECT listing.id, county FROM service_area JOIN listing ON listing.rowid = service_area.listing
    WHERE listing.id IN ({marks})"""
_NEEDS = """SELECT listing.id, need FROM listing_need JOIN listing ON listing.rowid = listing_need.listing
    WHERE listing.id IN ({marks})"""
_SOURCES = """SELECT listing.id, said.source_id FROM said JOIN listing ON listing.rowid = said.listing
    WHERE listing.id IN ({marks})"""
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Item:
    """A change with the lists, counties (`*` for all of California) and needs of the place, before and after."""

    change: ListingChange
    lists: frozenset[str]
    counties: frozenset[str]
    needs: frozenset[str]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a person would look at; those worked out of others only where nothing else changed."""
        names = [item.field for item in self.change.fields]
        return tuple(name for name in names if name not in DERIVED) or tuple(names)


@dataclass(frozen=True)
class Wanted:
    """Which changes are asked for; empty asks for all."""

    source: str = ""
    county: str = ""
    need: str = ""
    kind: str = ""
    field: str = ""

    def fits(self, item: Item) -> bool:
        """Whether the change is one of these."""
        return (
            self.kind in ("", item.change.kind.value)
            and (not self.source or self.source in item.lists)
            and (not self.need or self.need in item.needs)
            and (not self.county or not item.counties.isdisjoint((self.county, EVERYWHERE)))
            and (not self.field or self.field in item.fields)
        )


@dataclass(frozen=True)
class Beforehand:
    """What publishing would change; `stops` says why the brake would stop it, `undone` what it would bring back.

    `mark` is the state that it was looked at in; `shown` says whether people see anything today.
    """

    mark: str
    unchanged: bool
    shown: bool
    listings: int
    confidential: int
    counts: Mapping[str, int]
    items: tuple[Item, ...]
    stops: tuple[str, ...]
    undone: UndoneState | None
    sources: tuple[SourceRecord, ...]

    def wanted(self, wanted: Wanted) -> tuple[Item, ...]:
        """The changes that are asked for."""
        return tuple(item for item in self.items if wanted.fits(item))


def beforehand(now: datetime, *, patience: float = 0, progress: Progress | None = None) -> Beforehand:
    """All that publishing at `now` would change; nothing is published by looking."""
    with alone(patience), stage.open_work() as work:
        seen = moment.mark(work, now)
        with prepare(work, now, progress=progress) as made:
            kinds = Counter(change.kind for change in made.changes)
            return Beforehand(
                seen, made.unchanged, made.old is not None, made.listings, made.confidential,
                {kind.value: kinds[kind] for kind in Kind}, tuple(_items(made)),
                () if made.unchanged else tuple(brake.reasons(made)), undo.state(work), made.sources,
            )  # fmt: skip


def _items(made: Prepared) -> Iterator[Item]:
    connections = [made.connection, *([made.old] if made.old else [])]
    for part in chunks(made.changes, _PART):
        ids = [change.id for change in part]
        lists, counties, needs = (_said(connections, query, ids) for query in (_SOURCES, _COUNTIES, _NEEDS))
        everywhere = {row[0] for one in connections for row in _rows(one, _ALL, ids)}
        for change in part:
            served = counties[change.id] | ({EVERYWHERE} if change.id in everywhere else set())
            yield Item(change, frozenset(lists[change.id] | {change.source}), frozenset(served),
                       frozenset(needs[change.id]))  # fmt: skip


def _said(connections: Iterable[sqlite3.Connection], query: str, ids: list[str]) -> Mapping[str, set[str]]:
    """Listing -> what it has there, now or then."""
    found: dict[str, set[str]] = defaultdict(set)
    for connection in connections:
        for listing_id, value in _rows(connection, query, ids):
            found[listing_id].add(value)
    return found


def _rows(connection: sqlite3.Connection, query: str, ids: list[str]) -> Iterator[tuple[str, ...]]:
    yield from map(tuple, connection.execute(query.format(marks=",".join("?" * len(ids))), ids))
