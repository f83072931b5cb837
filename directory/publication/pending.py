"""pending: what publishing now would change for people, by listing and by field; nothing is published by looking."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.errors import PublishError
from directory.publication import brake, undo
from directory.publication.change_report import lines_of
from directory.publication.differences import Kind, ListingChange
from directory.publication.prepare import Prepared, Progress, prepare
from directory.sync import stage
from directory.sync.lock import alone

__all__ = ["Filter", "Pending", "as_json", "pending"]

_HEADINGS = {Kind.NEW: "New", Kind.CHANGED: "Changed", Kind.GONE: "No longer shown"}


@dataclass(frozen=True)
class Filter:
    """Which changes are asked for; None asks for all."""

    source: str | None = None
    county: str | None = None
    need: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Pending:
    """What publishing would change: all counts, and the changes that were asked for.

    `stops` says why the brake would stop it; `undone` what else is to be known before publishing.
    """

    unchanged: bool
    listings: int
    counts: Mapping[str, int]
    changes: tuple[ListingChange, ...]
    stops: tuple[str, ...]
    undone: str | None

    def to_json(self, limit: int | None = None) -> dict[str, object]:
        """All of it as plain JSON."""
        return {
            "unchanged": self.unchanged,
            "listings": self.listings,
            "counts": dict(self.counts),
            "found": len(self.changes),
            "stops": list(self.stops),
            "undone": self.undone,
            "changes": [as_json(change) for change in self.changes[:limit]],
        }

    def to_text(self, limit: int | None = None) -> str:
        """All of it for a person."""
        if self.unchanged:
            return "People see everything that is staged and decided: publishing would change nothing."
        counts = ". ".join(f"{_HEADINGS[kind]}: {self.counts[kind.value]}" for kind in Kind)
        lines = [f"Publishing now would show {self.listings} places. {counts}."]
        for kind, heading in _HEADINGS.items():
            some = [change for change in self.changes if change.kind is kind]
            lines += _block(heading, some, limit)
        lines += ["", f"The brake would stop it: {'; '.join(self.stops)}."] if self.stops else []
        lines += ["", self.undone] if self.undone else []
        return "\n".join([*lines, "", "Nothing was changed. Next: `puente publish` shows this to people."])


def _block(heading: str, changes: list[ListingChange], limit: int | None) -> Iterator[str]:
    if not changes:
        return
    yield from ("", f"{heading} ({len(changes)}):")
    for change in changes[:limit]:
        why = f": {change.reason}" if change.reason else ""
        yield f"  {change.name}  ({change.id}){why}"
        yield from (f"      {line}" for line in lines_of(change))
    if limit is not None and len(changes) > limit:
        yield f"  and {len(changes) - limit} more (--limit shows more of them)"


def as_json(change: ListingChange) -> dict[str, object]:
    """One change as plain JSON; of a confidential place only which fields."""
    return {
        "kind": change.kind.value,
        "id": change.id,
        "name": change.name,
        "confidential": change.hidden,
        "source": change.source,
        "fields": [item._asdict() for item in change.fields],
        "reason": change.reason,
    }


def pending(now: datetime, wanted: Filter | None = None, *, progress: Progress | None = None) -> Pending:
    """What publishing at `now` would change; PublishError when nothing could be published."""
    with alone(), stage.open_work() as work, prepare(work, now, progress=progress) as made:
        if not made.listings and made.old is None:
            raise PublishError("Nothing is staged, so there is nothing to compare. Run `puente sync SOURCE` first.")
        kinds = Counter(change.kind for change in made.changes)
        found = undo.state(work)
        return Pending(
            made.unchanged,
            made.listings,
            {kind.value: kinds[kind] for kind in Kind},
            tuple(_wanted(made, wanted or Filter())),
            () if made.unchanged else tuple(brake.reasons(made)),
            found.sentence() if found else None,
        )


def _wanted(made: Prepared, wanted: Filter) -> Iterator[ListingChange]:
    asked = ((_OF_SOURCE, wanted.source), (_OF_COUNTY, wanted.county), (_OF_NEED, wanted.need))
    sets = [_ids(made, query, value) for query, value in asked if value]
    for change in made.changes:
        if wanted.kind in (None, change.kind) and all(change.id in ids for ids in sets):
            yield change


_OF_SOURCE = """SELECT id FROM listing WHERE source_id = :value UNION
    SELECT listing.id FROM said JOIN listing ON listing.rowid = said.listing WHERE said.source_id = :value"""
_OF_COUNTY = """SELECT listing.id FROM service_area JOIN listing ON listing.rowid = service_area.listing
    WHERE county = :value UNION SELECT id FROM listing WHERE statewide = 1"""
_OF_NEED = """SELECT listing.id FROM listing_need JOIN listing ON listing.rowid = listing_need.listing
    WHERE need = :value"""


def _ids(made: Prepared, query: str, value: str) -> set[str]:
    """The listings that are so now, or would be."""
    both: list[sqlite3.Connection] = [made.connection, *([made.old] if made.old else [])]
    return {row[0] for connection in both for row in connection.execute(query, {"value": value})}
