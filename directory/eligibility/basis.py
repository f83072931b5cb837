"""On what a dated value stands: its days, how well it is known, who said so, and by when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.eligibility.strict import Entry, Period, read

__all__ = ["BASIS", "DOUBTS", "STATUSES", "Basis", "Doubt", "Source", "load_sources", "parse_basis"]

STATUSES = ("verified", "computed", "recalled")
"""Seen in a source; worked out from verified values; general knowledge that nobody has confirmed."""

DOUBTS = ("ended", "overdue", *STATUSES[1:])
"""Why something is told with a hedge; each has its words in hedges.yml."""
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
class Doubt:
    """Why a value is told with a hedge, by its name in hedges.yml, and the day that the hedge names."""

    reason: str
    day: date


@dataclass(frozen=True)
class Basis:
    """On what a dated value stands: when it is in force, how well it is known, and when to look again."""

    period: Period
    status: str
    checked_on: date
    review_by: date
    sources: tuple[str, ...]

    @classmethod
    def of_look(cls, verified: bool, checked_on: date, review_by: date, source: str) -> Basis:
        """The basis of what has no days of its own, such as a phone: somebody looked at it, or nobody ever did."""
        return cls(Period(), "verified" if verified else "recalled", checked_on, review_by, (source,))

    def doubt(self, on: date) -> Doubt | None:
        """Why less may be claimed that day: it is over, overdue or was never confirmed; None where it stands."""
        if self.period.until and on > self.period.until:
            return Doubt("ended", self.period.until)
        if on > self.review_by:
            return Doubt("overdue", self.checked_on)
        return None if self.status == "verified" else Doubt(self.status, self.checked_on)

    def stands(self, on: date) -> bool:
        """Whether it may be told that day without a hedge."""
        return self.doubt(on) is None


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
    basis = Basis(
        Period(found["from"].maybe(Entry.day), found["until"].maybe(Entry.day)),
        found["status"].one_of(STATUSES),
        found["checked_on"].day(),
        found["review_by"].day(),
        _source_ids(found["sources"], known),
    )
    refuse_days(basis, found["review_by"], found["until"])
    return basis


def refuse_days(basis: Basis, review_by: Entry, until: Entry) -> None:
    """RulesError where the days contradict each other; the two entries are where the days stand in the file."""
    end = basis.period.until
    if basis.review_by < basis.checked_on:
        raise review_by.refuse(f"it lies before 'checked_on' {basis.checked_on}. Mend the dates.")
    if end and basis.checked_on <= end < basis.review_by:  # what was over when it was looked at needs no second look
        key = until.key.rpartition(".")[2]
        raise review_by.refuse(f"it lies after '{key}' {end}. Look again by then at the latest.")
    if end and basis.period.start and end < basis.period.start:
        raise until.refuse(f"it lies before 'from' {basis.period.start}. Mend the dates.")


def _source_ids(entry: Entry, known: frozenset[str]) -> tuple[str, ...]:
    ids = entry.texts()
    if not ids:
        raise entry.refuse("no source is named. A value without a source is not shown; name one, S_GK if need be.")
    for source in ids:
        if source not in known:
            raise entry.refuse(f"the source '{source}' is not in sources.yml. Add it there, or mend the id.")
    return ids
