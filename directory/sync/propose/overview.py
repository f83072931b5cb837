"""The lists that are known: what each is, when it last came, how it is read in words, and taking one out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from directory.errors import PuenteError, SourceError
from directory.sync import runs, stage
from directory.sync.lock import alone
from directory.sync.propose.saving import own_path
from directory.sync.source import Column, Source, ids, load

__all__ = ["Known", "Removal", "in_words", "known", "remove"]

_HAND = "hand"
"""The source of what the clinic itself entered."""


@dataclass(frozen=True)
class Known:
    """One list: whether it is the clinic's own, its day, its last run, how many rows it has and how many are shown;
    `problem` where its source file is refused, `day_of_earlier` where the day is that of a list before it."""

    id: str
    title: str
    kind: str
    own: bool
    demo: bool
    as_of: str | None = None
    last_run: str | None = None
    rows: int = 0
    shown: int = 0
    problem: str | None = None
    day_of_earlier: bool = False

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON."""
        return asdict(self)


def known() -> tuple[Known, ...]:
    """Every list with a source file, and every list whose rows are in force without one."""
    with stage.open_work() as work:
        names = sorted({*ids(), *stage.real_sources(work), *stage.demo_sources(work)})
        return tuple(_known(work, source_id) for source_id in names)


def _known(work: sqlite3.Connection, source_id: str) -> Known:
    last, (rows, shown) = stage.last_run(work, source_id), _counts(work, source_id)
    day = last.as_of.isoformat() if last and last.as_of else None
    when = last.started_at.date().isoformat() if last else None
    own = own_path(source_id).exists()
    try:
        source = load(source_id)
    except PuenteError as error:
        return Known(source_id, source_id, "?", own, False, day, when, rows, shown, str(error))
    day = day or (source.as_of.isoformat() if source.as_of else None)
    earlier = runs.earlier_day(work, source_id)
    return Known(
        source_id, source.title, source.layout.kind, own, source.demo, day, when, rows, shown, day_of_earlier=earlier
    )


def _counts(work: sqlite3.Connection, source_id: str) -> tuple[int, int]:
    """Rows in the list today, and those of them that are places."""
    query = "SELECT count(*), coalesce(sum(refused = 0), 0) FROM staged WHERE source_id = ? AND ended_on IS NULL"
    rows, shown = work.execute(query, (source_id,)).fetchone()
    return int(rows), int(shown)


# In words


def in_words(source: Source) -> str:
    """How a list is read, for a person."""
    return "\n".join(_words(source))


def _words(source: Source) -> Iterator[str]:
    yield f"{source.title} ({source.id}), {source.layout.kind}, headings in row {source.layout.heading_row}."
    if source.plan:
        yield f"Every place of it is given the plan {source.plan}."
    yield "A row is known by: " + (" and ".join([*source.row_id, *(_hashed(source))]) or "nothing")
    for field, column in source.columns.items():
        yield f"  {field}: {_column(column)}"
    for heading, stands in source.checks.items():
        yield f"  a mark under {heading}: {', '.join(stands)}"
    for item in source.filters:
        yield f"Left out ({item.reason.value}): {item.path} {item.how} {', '.join(sorted(item.words))}"
    for heading, others in source.also.items():
        yield f"{heading} is also called {', '.join(others)}."
    if unused := sorted(source.known - source.required):
        yield f"Known and not used: {', '.join(unused)}"


def _hashed(source: Source) -> list[str]:
    return [" + ".join(source.row_hash)] if source.row_hash else []


def _column(column: Column) -> str:
    said = (f" {column.join!r} " if column.join is not None else " or ").join(part.path for part in column.parts)
    words = f", {len(column.words)} words with a meaning of their own" if column.words else ""
    return f"{said}{words}"


# Taking one out


@dataclass(frozen=True)
class Removal:
    """What taking a list out does: its places, how many of them other lists name too (those stay), and whether it
    was done."""

    source_id: str
    places: int
    elsewhere: int
    done: bool

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON."""
        return asdict(self)

    def to_text(self) -> str:
        """The counts for a person."""
        if not self.places:
            told = "was" if self.done else "would be"
            return f"No place of {self.source_id} was in force. Its source file {told} deleted."
        stay = f" {self.elsewhere} of them stand in other lists too and stay." if self.elsewhere else ""
        if not self.done:
            return f"{_places(self.places)} of {self.source_id} would be removed.{stay}"
        told = f"{_places(self.places)} of {self.source_id} removed.{stay}"
        return f"{told}\nPeople go on seeing them until you run: puente publish"


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def remove(source_id: str, *, now: datetime, dry_run: bool, with_file: bool = False) -> Removal:
    """Ends every row of a list in one transaction; nothing is deleted but, if wanted, the clinic's own source file."""
    if source_id == _HAND:
        raise SourceError(
            "What was entered by hand is no list that came from somebody, so it is not taken out as one. "
            "Nothing was changed. Say of each place that it is closed, or correct it: puente edit LISTING"
        )
    with alone(), stage.open_work() as work:
        places, elsewhere = _counts(work, source_id)[1], _elsewhere(work, source_id)
        if not places and not (with_file and own_path(source_id).exists()):
            raise SourceError(
                f"No place of {source_id} is in force, so there is nothing to take out. Nothing was changed. "
                "The lists that have places: puente source list"
            )
        if not dry_run:
            if places:
                stage.end_source(work, source_id, now=now, why="list taken out")
            if with_file:
                own_path(source_id).unlink(missing_ok=True)
    return Removal(source_id, places, elsewhere, not dry_run)


def _elsewhere(work: sqlite3.Connection, source_id: str) -> int:
    """How many listings of the list have a row of another list behind them."""
    query = """SELECT count(DISTINCT mine.listing_id) FROM link AS mine
               JOIN staged AS here ON here.source_id = mine.source_id AND here.row_id = mine.row_id
               JOIN link AS theirs ON theirs.listing_id = mine.listing_id AND theirs.source_id <> mine.source_id
               JOIN staged AS there ON there.source_id = theirs.source_id AND there.row_id = theirs.row_id
               WHERE mine.source_id = ? AND here.ended_on IS NULL AND here.refused = 0
                 AND there.ended_on IS NULL AND there.refused = 0"""
    return int(work.execute(query, (source_id,)).fetchone()[0])
