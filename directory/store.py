"""Opens databases and turns rows into dataclasses and back: the only reader and writer of records.

`directory.db` is opened read-only and per request, because it is replaced whole while people ask.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path

from directory import tables
from directory.errors import DirectoryMissing, DirectoryOutdated, UnknownListing
from directory.model import (
    Address,
    Capacity,
    Interval,
    Listing,
    Need,
    Phone,
    PhoneKind,
    Provenance,
    Reach,
    Schedule,
    Tri,
)

__all__ = [
    "LAYOUT",
    "Publication",
    "Said",
    "SourceRecord",
    "as_plain",
    "current",
    "directory_path",
    "home",
    "layout",
    "listing",
    "listings",
    "open_directory",
    "publication",
    "said",
    "sources",
    "write_directory",
]

_MANY = {table: column for table, (column, _) in tables.MANY.items()}
LAYOUT = 4
"""Which tables a published directory has, kept in its `user_version`."""
ROOM_DAYS = 30
"""What somebody said about room is worth this many days; then nobody knows."""


@dataclass(frozen=True)
class SourceRecord:
    """A list that the published directory was built from."""

    id: str
    title: str
    plan: str | None = None
    url: str | None = None
    licence: str | None = None
    attribution: str | None = None
    as_of: date | None = None
    demo: bool = False


@dataclass(frozen=True)
class Said:
    """One row behind a listing that several rows name: the fields where it agrees, and what it says in the others.

    `differs` holds pairs of field and plain value (text, list or mapping, as in a draft).
    """

    source: str
    row: str
    source_title: str
    as_of: date | None
    agrees: tuple[str, ...]
    differs: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Publication:
    """Which publication is in force, and since when (UTC)."""

    id: str
    published_at: datetime
    listings: int


def home() -> Path:
    """Where Puente's data lives: `PUENTE_HOME`, else `var/` below the working folder; made 0700 when absent."""
    path = Path(os.environ.get("PUENTE_HOME") or "var")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def directory_path() -> Path:
    """The published directory inside `home()`."""
    return home() / "directory.db"


@contextmanager
def open_directory(path: Path | None = None, *, any_layout: bool = False) -> Iterator[sqlite3.Connection]:
    """The published directory, read-only for one request; DirectoryMissing before the first publication.

    DirectoryOutdated when another version of Puente published it, unless `any_layout`: its lists can be told even then.
    """
    file = path or directory_path()
    if not file.exists():
        raise DirectoryMissing(
            f"There is no published directory at {file}, so nobody can be shown a place yet. "
            "Run `puente sync SOURCE` and then `puente publish` (or `make demo` for demo data)."
        )
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        if not any_layout and layout(connection) != LAYOUT:
            raise DirectoryOutdated(
                f"{file} was published by another version of Puente, so it cannot be searched. "
                "Run `puente publish`: it builds the directory anew from the lists that were read."
            )
        yield connection
    finally:
        connection.close()


def layout(connection: sqlite3.Connection) -> int:
    """Which tables the published directory has; 0 when it does not say."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def listing(connection: sqlite3.Connection, listing_id: str) -> Listing:
    """The published listing with that id; UnknownListing otherwise."""
    return listings(connection, [_rowid(connection, listing_id)])[0]


def said(connection: sqlite3.Connection, listing_id: str) -> tuple[Said, ...]:
    """What each row behind a published listing said, by list; empty where only one row is behind it."""
    query = """SELECT said.*, source.title, source.as_of AS source_as_of FROM said
               JOIN source ON source.id = said.source_id WHERE listing = ? ORDER BY source_id, source_row"""
    return tuple(
        Said(
            row["source_id"], row["source_row"], row["title"], _day(row["as_of"] or row["source_as_of"]),
            tuple(json.loads(row["agrees"])), tuple(json.loads(row["differs"]).items()),
        )
        for row in connection.execute(query, (_rowid(connection, listing_id),))
    )  # fmt: skip


def current(listing: Listing, today: date) -> Listing:
    """The listing as it counts on that day: room that was told over 30 days ago is unknown, a notice has its end."""
    said_on = listing.capacity_on
    if listing.capacity is not Capacity.UNKNOWN and (said_on is None or today - said_on > timedelta(days=ROOM_DAYS)):
        listing = replace(listing, capacity=Capacity.UNKNOWN, capacity_on=None, capacity_by=None, wait_list=None)
    if listing.alert_until and listing.alert_until < today:
        listing = replace(listing, alert=None, alert_until=None)
    return listing


def _rowid(connection: sqlite3.Connection, listing_id: str) -> int:
    """The row of a listing by its id, or by one that it had before; UnknownListing otherwise."""
    for query in (
        "SELECT rowid FROM listing WHERE id = ?", "SELECT listing FROM listing_alias WHERE id = ?",
    ):  # fmt: skip
        if row := connection.execute(query, (listing_id,)).fetchone():
            return int(row[0])
    raise UnknownListing(f"No published listing has the id {listing_id!r}. `puente search` prints the ids that exist.")


def listings(connection: sqlite3.Connection, rowids: Sequence[int]) -> list[Listing]:
    """The published listings with those row ids, in that order; one query for each table, however many ids."""
    if not rowids:
        return []
    marks = ",".join("?" * len(rowids))
    rows = {
        row["rowid"]: row
        for row in connection.execute(
            f"""
            SELECT listing.*, source.title AS source_title, source.as_of AS source_as_of, source.demo AS source_demo
            FROM listing JOIN source ON source.id = listing.source_id WHERE listing.rowid IN ({marks})
            """,
            rowids,
        )
    }
    many = {table: _grouped(connection, table, column, marks, rowids) for table, column in _MANY.items()}
    phones: dict[int, list[Phone]] = {}
    for row in connection.execute(f"SELECT * FROM phone WHERE listing IN ({marks}) ORDER BY listing, position", rowids):
        phones.setdefault(row["listing"], []).append(
            Phone(row["number"], row["extension"], PhoneKind(row["kind"]), row["label"])
        )
    return [
        _listing(rows[rowid], {table: values.get(rowid, ()) for table, values in many.items()}, phones.get(rowid, []))
        for rowid in rowids
        if rowid in rows
    ]


def _grouped(
    connection: sqlite3.Connection, table: str, column: str, marks: str, rowids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    query = f"SELECT listing, {column} AS value FROM {table} WHERE listing IN ({marks}) ORDER BY listing, {column}"
    for row in connection.execute(query, rowids):
        found.setdefault(row["listing"], []).append(row["value"])
    return {rowid: tuple(values) for rowid, values in found.items()}


def _listing(row: sqlite3.Row, many: dict[str, tuple[str, ...]], phones: list[Phone]) -> Listing:
    return Listing(
        id=row["id"],
        organization=row["organization"],
        name=row["name"],
        provenance=Provenance(
            source=row["source_id"],
            row=row["source_row"],
            source_title=row["source_title"],
            as_of=_day(row["as_of"] or row["source_as_of"]),
            demo=bool(row["source_demo"]),
        ),
        description=row["description"],
        needs=tuple(Need(need) for need in many["listing_need"]),
        programs=many["listing_program"],
        plans=many["listing_plan"],
        counties=many["service_area"],
        statewide=bool(row["statewide"]),
        reach=Reach(row["reach"]),
        address=_address(row),
        latitude=row["latitude"],
        longitude=row["longitude"],
        phones=tuple(phones),
        url=row["url"],
        email=row["email"],
        hours_text=row["hours_text"],
        schedule=schedule_from_json(row["schedule"]),
        languages=many["listing_language"],
        wheelchair=Tri(row["wheelchair"]),
        eligibility_text=row["eligibility_text"],
        fees_text=row["fees_text"],
        how_to_apply=row["how_to_apply"],
        documents=row["documents"],
        taking_referrals=Tri(row["taking_referrals"]),
        capacity=Capacity(row["capacity"]),
        capacity_on=_day(row["capacity_on"]),
        confidential=bool(row["confidential"]),
        assured_on=_day(row["assured_on"]),
        edited_on=_day(row["edited_on"]),
        npi=row["npi"],
        fee=Tri(row["fee"]),
        id_asked=Tri(row["id_asked"]),
        walk_in=Tri(row["walk_in"]),
        by_phone=Tri(row["by_phone"]),
        by_appointment=Tri(row["by_appointment"]),
        wait_list=row["wait_list"],
        capacity_by=row["capacity_by"],
        alert=row["alert"],
        alert_until=_day(row["alert_until"]),
        suspended_until=_day(row["suspended_until"]),
    )


def _address(row: sqlite3.Row) -> Address | None:
    if row["address_1"] is None and row["city"] is None and row["postal_code"] is None:
        return None
    return Address(row["address_1"], row["city"], row["postal_code"], row["state"] or "CA")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def schedule_to_json(schedule: Schedule | None) -> str | None:
    """A schedule as the compact JSON of the `schedule` column; None stays None (hours unknown)."""
    if schedule is None:
        return None
    return json.dumps(
        {
            "always": schedule.always,
            "holidays": schedule.holidays.value,
            "week": [[i.day, f"{i.opens:%H:%M}", f"{i.closes:%H:%M}"] for i in schedule.intervals],
        },
        separators=(",", ":"),
    )


def schedule_from_json(text: str | None) -> Schedule | None:
    """The inverse of `schedule_to_json`."""
    if not text:
        return None
    plain = json.loads(text)
    return Schedule(
        intervals=tuple(
            Interval(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in plain["week"]
        ),
        always=plain["always"],
        holidays=Tri(plain["holidays"]),
    )


def sources(connection: sqlite3.Connection) -> list[SourceRecord]:
    """The lists that the published directory was built from, by id."""
    return [
        SourceRecord(
            row["id"],
            row["title"],
            row["plan"],
            row["url"],
            row["licence"],
            row["attribution"],
            _day(row["as_of"]),
            bool(row["demo"]),
        )
        for row in connection.execute("SELECT * FROM source ORDER BY id")
    ]


def publication(connection: sqlite3.Connection) -> Publication:
    """The publication in force."""
    row = connection.execute("SELECT id, published_at FROM publication").fetchone()
    count = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
    return Publication(row["id"], datetime.fromisoformat(row["published_at"]), count)


def write_directory(
    path: Path, *, records: Iterable[Listing], sources: Iterable[SourceRecord], publication: str, published_at: datetime
) -> int:
    """Builds a whole new `directory.db` at `path` (which must not exist) and says how many listings it holds."""
    lists = tuple(sources)
    as_of = {source.id: _text(source.as_of) for source in lists}
    plain = sorted((as_plain(record) for record in records), key=tables.name_key)
    connection = tables.create(path)
    try:
        connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_source_row, lists))
        tables.add(connection, [(number, tables.Entry(item)) for number, item in enumerate(plain, 1)], as_of)
        connection.execute("INSERT INTO publication VALUES (?, ?, '')", (publication, published_at.isoformat()))
        tables.finish(connection, LAYOUT)
    finally:
        connection.close()
    return len(plain)


def _source_row(source: SourceRecord) -> tuple[object, ...]:
    return (
        source.id, source.title, source.plan, source.url, source.licence, source.attribution, _text(source.as_of),
        int(source.demo),
    )  # fmt: skip


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def as_plain(record: Listing) -> tables.Plain:
    """The listing as plain values; what it does not say is left away."""
    return {name: found for name, value in vars(record).items() if (found := _plain(value)) is not None}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Schedule):
        return schedule_to_json(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (Phone, Address, Provenance)):
        return {name: _plain(item) for name, item in vars(value).items() if item is not None}
    return value
