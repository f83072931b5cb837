"""undo: a former publication is put back in force whole, in one step; what is staged stays staged."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import settings, store
from directory.errors import DirectoryMissing, PublishError
from directory.publication import change_report, differences, moment, shelf
from directory.publication.change_report import Head
from directory.publication.differences import Kind, ListingChange
from directory.publication.shelf import Record
from directory.sync import decisions, stage
from directory.sync.lock import alone

__all__ = ["SECRET", "SHOWN", "Undone", "UndoneState", "counted", "state", "undo"]


@dataclass(frozen=True)
class Undone:
    """One undo: which publication is in force again, and what that changes for people."""

    id: str
    file: str
    published_at: str
    listings: int
    changes: tuple[ListingChange, ...]
    dry_run: bool
    next: str


@dataclass(frozen=True)
class UndoneState:
    """What people see was put back; publishing would show again what was undone.

    `lists` are those that came in between, each with the hash of what was read before (None: nothing was).
    `newer`: something was staged or decided after what was undone, so that publishing is meant.
    """

    file: str
    undone_at: str
    lists: tuple[tuple[str, str | None], ...]
    newer: bool

    def sentence(self) -> str:
        """What publishing would do now, and how to take a list back."""
        back = [
            f"puente sync {source} --again {sha256[:12]}" if sha256 else f"puente source remove {source}"
            for source, sha256 in self.lists
        ]
        lists = ", ".join(source for source, _ in self.lists)
        how = f" To take {'it' if len(back) == 1 else 'them'} back for good: {'; '.join(back)}." if back else ""
        what = f"the lists that were undone ({lists})" if lists else "what was undone"
        return f"The publication {self.file} was put back on {self.undone_at[:10]}. Publishing shows {what} again.{how}"


def undo(
    now: datetime, *, to: str | None = None, who: str | None = None, seen: str | None = None, patience: float = 0,
    dry_run: bool = False,
) -> Undone:  # fmt: skip
    """Puts the publication before the one in force (or `to`) back; PublishError when it cannot be shown any more.

    `seen` is the id of the one that is to be undone: Overtaken when another is in force; `patience` is how many seconds
    another run is waited for.
    """
    with alone(patience), stage.open_work() as work:
        shelf.settle(work)
        moment.refuse_other_publication(work, seen)
        known = shelf.records(work)
        target = _target(known, to)
        name = shelf.new_name(known, now)
        aside = shelf.part(name)
        shelf.clear_left_over()
        try:
            shelf.copy(shelf.file_of(target.file), aside)
            if shelf.sha256_of(aside) != target.sha256:
                raise PublishError(_damaged(target.file))
            head, changes = _looked_at(work, aside, name, target, now, who)
            if not dry_run:
                _put_back(work, aside, name, target, now, who, head, changes)
        finally:
            aside.unlink(missing_ok=True)
        found = state(work)
        then = found.sentence() if found and not dry_run else "Nothing was changed." if dry_run else ""
        return Undone(name, target.file, target.published_at, target.listings, changes, dry_run, then)


def state(work: sqlite3.Connection) -> UndoneState | None:
    """Whether what people see was put back; None when it is the newest publication."""
    known = shelf.records(work)
    published = [record for record in known if record.kind == "publish"]
    if not published or known[-1].kind != "undo" or known[-1].file >= published[-1].file:
        return None
    last, newest = known[-1], max(record.through_run for record in known)
    query = "SELECT 1 FROM run WHERE number > ? AND kind <> 'stopped' LIMIT 1"
    decided = decisions.last_number(work) > max(record.through_decision for record in known)
    taken_back = work.execute("SELECT 1 FROM decision WHERE undone_at > ? LIMIT 1", (last.published_at,)).fetchone()
    newer = bool(work.execute(query, (newest,)).fetchone() or decided or taken_back)
    return UndoneState(last.file, last.published_at, _lists(work, last.through_run, newest), newer)


def _lists(work: sqlite3.Connection, after: int, until: int) -> tuple[tuple[str, str | None], ...]:
    """The lists that were read between two runs, and the bytes of each before."""
    query = "SELECT DISTINCT source_id FROM run WHERE number > ? AND number <= ? AND kind = 'sync' ORDER BY source_id"
    before = (
        "SELECT list_sha256 FROM run WHERE source_id = ? AND number <= ? AND kind = 'sync' ORDER BY number DESC LIMIT 1"
    )
    found = []
    for (source,) in map(tuple, work.execute(query, (after, until))):
        row = work.execute(before, (source, after)).fetchone()
        found.append((source, row[0] if row else None))
    return tuple(found)


def _target(known: list[Record], to: str | None) -> Record:
    current = shelf.in_force(known)
    published = {record.id: record for record in known if record.kind == "publish"}
    if to is not None:
        if to not in published:
            raise PublishError(f"There is no publication {to!r}. `puente history` lists them. Nothing was changed.")
        if current and current.file == to:
            raise PublishError(f"{to} is in force already. Nothing was changed.")
        if not shelf.fits(published[to]):
            raise PublishError(_damaged(to))
        return published[to]
    before = [record for record in published.values() if current is None or record.id < current.file]
    for record in reversed(before):
        if shelf.fits(record):
            return record
    raise PublishError(
        "There is no earlier publication that could be put back: only the last five are kept, and they must be "
        "unchanged. Nothing was changed. `puente history` lists all there were."
    )


def _damaged(name: str) -> str:
    return (
        f"The file of publication {name} is gone or is not what it was, so it cannot be put back. Nothing was changed. "
        "`puente history` lists the others."
    )


def _looked_at(
    work: sqlite3.Connection, aside: Path, name: str, target: Record, now: datetime, who: str | None
) -> tuple[Head, tuple[ListingChange, ...]]:
    """What stands in the file, against what people see now; PublishError when it must not be shown again."""
    with store.open_directory(aside, any_layout=True) as former:
        if store.layout(former) != store.LAYOUT:
            raise PublishError(
                f"{target.file} was published by another version of Puente, so it cannot be searched any more. "
                "Nothing was changed. Take the list back instead: puente sync SOURCE --again SHA256"
            )
        sources = store.sources(former)
        settings.refuse_demo_with_sender(demo=any(item.demo for item in sources))
        counts = dict(former.execute("SELECT source_id, count(*) FROM listing GROUP BY source_id").fetchall())
        changes = _changes(former)
        _refuse_told(work, former)
    head = Head(
        name, "undo", now.isoformat(), who, target.listings, change_report.lists_used(work, sources, dict(counts))
    )
    return head, changes


def _changes(former: sqlite3.Connection) -> tuple[ListingChange, ...]:
    path = store.directory_path()
    if not path.is_file():
        return ()
    try:
        with store.open_directory(path, any_layout=True) as now:
            return tuple(differences.between(now, former)) if store.layout(now) == store.LAYOUT else ()
    except sqlite3.Error:  # a damaged directory shows nobody anything
        return ()


def _refuse_told(work: sqlite3.Connection, former: sqlite3.Connection) -> None:
    """PublishError when a place that is known to be confidential today would show where it is."""
    secret = {row[0] for row in work.execute(SECRET, (json.dumps(sorted(_secret_now())),))}
    shown = sorted({listing_id for listing_id, row in former.execute(SHOWN) if {listing_id, row} & secret})
    if shown:
        raise PublishError(
            f"That publication shows where {len(shown)} places are that are, or may be, confidential by now "
            f"({', '.join(shown[:3])}). Nothing was changed. Take the list back instead, which keeps them hidden: "
            "puente sync SOURCE --again SHA256"
        )


# Ids are not what they were when rows were joined or told apart in between, so each row of such a place counts by its
# own id too. A row may be left out because its place is withheld and nothing else can be told; its draft is gone then.
SECRET = """
    WITH secret AS (
        SELECT value AS listing_id FROM json_each(?)
        UNION SELECT link.listing_id FROM staged JOIN link USING (source_id, row_id) WHERE staged.confidential = 1
        UNION SELECT source_id || ':' || row_id FROM staged
            WHERE refused = 1 AND ended_on IS NULL AND instr(problems, '"no_contact"'))
    SELECT listing_id FROM secret
    UNION SELECT link.source_id || ':' || link.row_id FROM link JOIN secret USING (listing_id)
"""
SHOWN = """
    SELECT id, source_id || ':' || source_row FROM listing WHERE confidential = 0
    UNION SELECT listing.id, said.source_id || ':' || said.source_row FROM said
        JOIN listing ON listing.rowid = said.listing WHERE listing.confidential = 0
"""


def _secret_now() -> set[str]:
    """The places that are shown without their place today, some of them because of their neighbors."""
    path = store.directory_path()
    try:
        with store.open_directory(path, any_layout=True) as now:
            return {row[0] for row in now.execute("SELECT id FROM listing WHERE confidential = 1")}
    except (sqlite3.Error, DirectoryMissing):
        return set()


def _put_back(
    work: sqlite3.Connection, aside: Path, name: str, target: Record, now: datetime, who: str | None, head: Head,
    changes: tuple[ListingChange, ...],
) -> None:  # fmt: skip
    shelf.to_disk(aside)
    record = Record(
        name, now.isoformat(), target.listings, target.sha256, target.sources, "undo", target.file,
        target.through_run, target.through_decision, who,
    )  # fmt: skip
    change_report.write(head, changes)
    try:
        with shelf.noted(work, record):
            shelf.swap(aside, None)
    except BaseException:
        change_report.take_away(name)
        raise


def counted(changes: tuple[ListingChange, ...]) -> dict[str, int]:
    """How many came, changed and went."""
    kinds = Counter(change.kind for change in changes)
    return {kind.value: kinds[kind] for kind in Kind}
