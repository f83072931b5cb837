"""On what a dated value stands: its days, how well it is known, who said so, and by when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.eligibility.strict import Entry, Period, read

__all__ = ["BASIS", "STATUSES", "Basis", "Source", "load_sources", "parse_basis"]

STATUSES = ("verified", "computed", "recalled")
"""Seen in a source; worked out from verified values; general knowledge that nobody has confirmed."""

BASIS = ("from", "until", "status", "checked_on", "review_by", "sources")
"""The keys that stand beside every dated value of our files."""


@dataclass(frozen=True)
class Source:
    """Where a value was seen; `date` is the publisher's own words for it, `url` None where none was recorded."""

    id: str
    title: str
    publisher: str
    date: str
    url: str | None
    note: str | None = None


@dataclass(frozen=True)
class Basis:
    """On what a dated value stands: when it is in force, how well it is known, and when to look again."""

    period: Period
    status: str
    checked_on: date
    review_by: date
    sources: tuple[str, ...]


def load_sources(path: Path) -> dict[str, Source]:
    """The sources by id."""
    return {key: _source(key, entry) for key, entry in read(path).items()}


def _source(key: str, entry: Entry) -> Source:
    found = entry.fields(("title", "publisher", "date", "url"), ("note",))
    note = found.get("note")
    return Source(
        key,
        found["title"].text(),
        found["publisher"].text(),
        found["date"].text(),
        found["url"].maybe(Entry.text),
        note.text() if note else None,
    )


def parse_basis(found: Mapping[str, Entry], sources: Iterable[str]) -> Basis:
    """The dates, status and sources that stand beside a value; a source nobody knows is refused."""
    known = frozenset(sources)
    return Basis(
        Period(found["from"].maybe(Entry.day), found["until"].maybe(Entry.day)),
        found["status"].one_of(STATUSES),
        found["checked_on"].day(),
        found["review_by"].day(),
        _source_ids(found["sources"], known),
    )


def _source_ids(entry: Entry, known: frozenset[str]) -> tuple[str, ...]:
    ids = entry.texts()
    if not ids:
        raise entry.refuse("no source is named. A value without a source is not shown; name one, S_GK if need be.")
    for source in ids:
        if source not in known:
            raise entry.refuse(f"the source '{source}' is not in sources.yml. Add it there, or mend the id.")
    return ids
