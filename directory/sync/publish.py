"""publish: directory.db is built aside, checked, and swapped whole; the last publications stay for undo."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from directory import settings, store
from directory.errors import PublishError
from directory.model import Capacity, Listing
from directory.sync import confidential, record, source, stage
from directory.sync.confidential import withhold
from directory.sync.lock import alone
from directory.sync.neighbors import Door, exposed, reachable
from directory.sync.report import PublicationReport

__all__ = ["CAPACITY_DAYS", "KEPT", "demo_present", "publish"]

KEPT = 5
CAPACITY_DAYS = 30
"""What somebody said about room is worth this many days; then nobody knows."""


def publish(now: datetime, *, allow_empty: bool = False) -> PublicationReport:
    """Publishes what is staged; PublishError (and the old directory untouched) when it does not pass its checks."""
    with alone(), stage.open_work() as work:
        listings = _safe(_drafts(work, now.date()))
        if not listings and not allow_empty:
            raise PublishError(
                "There is nothing to publish: no list has been read yet, or every row was left out. "
                "What people see stays as it was. Run `puente sync SOURCE` first."
            )
        records = [_source(work, source_id) for source_id in sorted({item.provenance.source for item in listings})]
        settings.refuse_demo_with_sender(demo=any(item.demo for item in records))
        name = _name(work, now)
        aside = _built(name, now, listings, records)
        digest = hashlib.sha256(aside.read_bytes()).hexdigest()
        with work:  # the note is written before the swap and kept after it: a full disk stops both
            stage.record_publication(
                work, name, now=now, listings=len(listings), sha256=digest, sources=[item.id for item in records]
            )
            _swap(aside, name)
    counts = Counter(item.provenance.source for item in listings)
    return PublicationReport(
        id=name,
        published_at=now,
        listings=len(listings),
        confidential=sum(item.confidential for item in listings),
        sources=tuple((item.id, counts[item.id]) for item in records),
        demo=any(item.demo for item in records),
    )


def demo_present(path: Path | None = None) -> bool:
    """Whether the published directory holds invented data; no directory holds none."""
    file = path or store.directory_path()
    if not file.exists():
        return False
    with store.open_directory(file) as connection:
        return any(item.demo for item in store.sources(connection))


_Standing = list[tuple[Listing, Door]]


def _drafts(work: sqlite3.Connection, today: date) -> _Standing:
    found = ((row, _listing(row, today)) for row in stage.active_drafts(work))
    return [(listing, Door(row.place, listing.confidential, bool(row.marked))) for row, listing in found]


def _safe(drafts: _Standing) -> list[Listing]:
    """The listings; those that another list names at the door of a refuge lose their address too."""
    hidden = set(exposed({number: door for number, (_, door) in enumerate(drafts)}))
    listings = (withhold(item) if number in hidden else item for number, (item, _) in enumerate(drafts))
    return [item for item in listings if reachable(item) or item.address]


def _listing(row: stage.Active, today: date) -> Listing:
    listing = replace(record.from_json(row.draft), id=row.listing_id)
    said = listing.capacity_on
    if listing.capacity != Capacity.UNKNOWN and (said is None or today - said > timedelta(days=CAPACITY_DAYS)):
        return replace(listing, capacity=Capacity.UNKNOWN)
    return listing


def _source(work: sqlite3.Connection, source_id: str) -> store.SourceRecord:
    found = source.load(source_id)
    run = stage.last_run(work, source_id)
    return store.SourceRecord(
        found.id, found.title, found.plan, found.url, found.licence, found.attribution,
        (run.as_of if run else None) or found.as_of, found.demo,
    )  # fmt: skip


def _name(work: sqlite3.Connection, now: datetime) -> str:
    """The second (UTC) and a number in it, never used before: by a publication, or by one that died half-way."""
    base = now.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    used = {path.stem for path in _publications().glob(f"{base}-*.db")} | stage.publications(work)
    return next(name for number in count(1) if (name := f"{base}-{number:03}") not in used)


def _publications() -> Path:
    folder = store.home() / "publications"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _built(name: str, now: datetime, listings: list[Listing], records: list[store.SourceRecord]) -> Path:
    """The new directory, checked and on the disk, beside the one in force."""
    for left in store.home().glob("directory.*.part*"):
        left.unlink()
    aside = store.home() / f"directory.{name}.part"
    try:
        store.write_directory(aside, records=listings, sources=records, publication=name, published_at=now)
        _check(aside, len(listings))
    except (PublishError, sqlite3.Error) as error:
        aside.unlink(missing_ok=True)
        if isinstance(error, PublishError):
            raise
        raise PublishError(
            f"The new directory could not be written ({error}). What people see stays as it was. "
            "Look whether the disk is full, then run `puente publish` again."
        ) from error
    _to_disk(aside)
    return aside


def _check(path: Path, expected: int) -> None:
    with store.open_directory(path) as connection:
        for why in _faults(connection, expected):
            raise PublishError(
                f"The new directory did not pass its checks: {why}. What people see stays as it was. "
                "Report this with the list that was read last."
            )


def _faults(connection: sqlite3.Connection, expected: int) -> Iterator[str]:
    if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        yield "the file is damaged"
    found = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    if found != expected:
        yield f"{expected} places went in and {found} came out"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        yield "a place names a list that is not there"
    hidden = [row["rowid"] for row in connection.execute("SELECT rowid FROM listing WHERE confidential = 1")]
    for listing in store.listings(connection, hidden) if len(hidden) < 900 else _by_parts(connection, hidden):
        if confidential.shows_place(listing):
            yield f"the confidential place {listing.id} still shows where it is"


def _by_parts(connection: sqlite3.Connection, rowids: list[int]) -> Iterator[Listing]:
    for start in range(0, len(rowids), 500):
        yield from store.listings(connection, rowids[start : start + 500])


def _to_disk(path: Path) -> None:
    for target in (path, path.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy(aside: Path, kept: Path) -> None:
    try:
        os.link(aside, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(aside, kept)


def _swap(aside: Path, name: str) -> None:
    kept = _publications() / f"{name}.db"
    try:
        _copy(aside, kept)
        aside.replace(store.directory_path())
    except OSError as error:
        for left in (aside, kept):
            left.unlink(missing_ok=True)
        raise PublishError(
            f"The new directory could not be put in its place ({error}). What people see stays as it was. "
            f"Look whether {store.home()} is yours and the disk has room, then run `puente publish` again."
        ) from error
    _to_disk(store.directory_path())
    _to_disk(kept)
    for old in sorted(_publications().glob("*.db"))[:-KEPT]:
        old.unlink()
