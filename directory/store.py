"""Opens databases and turns rows into dataclasses and back: the only reader and writer of records.

`directory.db` is opened read-only and per request, because it is replaced whole while people ask.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from directory import places
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
from directory.position import position

__all__ = [
    "LAYOUT",
    "Publication",
    "SourceRecord",
    "directory_path",
    "home",
    "layout",
    "listing",
    "listings",
    "open_directory",
    "publication",
    "sources",
    "write_directory",
]

# Table -> column of what a listing may have several of.
_MANY = {
    "listing_need": "need",
    "listing_program": "program",
    "listing_plan": "plan",
    "service_area": "county",
    "listing_language": "language",
}
LAYOUT = 3
"""Which tables a published directory has, kept in its `user_version`."""


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
    row = connection.execute("SELECT rowid FROM listing WHERE id = ?", (listing_id,)).fetchone()
    if row is None:
        raise UnknownListing(
            f"No published listing has the id {listing_id!r}. `puente search` prints the ids that exist."
        )
    return listings(connection, [row["rowid"]])[0]


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
    # Imported here: only a publication writes, and the library brings numpy, 18 MB that no reader needs.
    from sqlite_utils import Database

    from directory import schema

    db = Database(path)
    schema.published.apply(db)
    lists = tuple(sources)
    as_of = {source.id: source.as_of for source in lists}
    ordered = sorted(records, key=lambda record: (record.name.casefold(), record.id))
    places_of: dict[object, int] = {}
    with db.conn:
        db.table("source").insert_all(_source_row(source) for source in lists)
        for rowid, record in enumerate(ordered, start=1):
            place = places_of.setdefault(_place_key(record), rowid)
            dated_on = record.assured_on or record.provenance.as_of or as_of.get(record.provenance.source)
            _write_listing(db.conn, rowid, record, place=place, dated_on=dated_on)
        db.table("publication").insert({"id": publication, "published_at": published_at.isoformat()})
    db.execute("ANALYZE")
    db.execute(f"PRAGMA user_version = {LAYOUT}")
    db.close()
    return len(ordered)


def _place_key(record: Listing) -> object:
    """What the services of one organization at one place share: its address, else its first phone and counties."""
    who = (_same(record.organization), record.provenance.demo)
    if record.address and record.address.address_1:
        return (*who, _same(record.address.address_1), _same(record.address.city or ""))
    if not record.phones:
        return record.id
    first = record.phones[0]
    return (*who, record.address, first.number, first.extension, frozenset(record.counties), record.statewide)


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def _source_row(source: SourceRecord) -> dict[str, object]:
    return {
        "id": source.id,
        "title": source.title,
        "plan": source.plan,
        "url": source.url,
        "licence": source.licence,
        "attribution": source.attribution,
        "as_of": source.as_of.isoformat() if source.as_of else None,
        "demo": int(source.demo),
    }


_COLUMNS = (
    "rowid", "id", "organization", "name", "description", "source_id", "source_row", "statewide", "reach",
    "address_1", "city", "postal_code", "state", "latitude", "longitude", "x", "y", "z", "place", "dated_on",
    "url", "email", "hours_text", "schedule",
    "wheelchair", "eligibility_text", "fees_text", "how_to_apply", "documents", "taking_referrals", "capacity",
    "capacity_on", "assured_on", "as_of", "confidential", "edited_on", "npi", "fee", "id_asked", "walk_in", "by_phone",
    "by_appointment", "wait_list", "capacity_by", "alert", "alert_until", "suspended_until",
)  # fmt: skip
_INSERT = f"INSERT INTO listing ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def _write_listing(
    connection: sqlite3.Connection, rowid: int, record: Listing, *, place: int, dated_on: date | None
) -> None:
    address = record.address or Address(None, None, None)
    connection.execute(
        _INSERT,
        (
            rowid, record.id, record.organization, record.name, record.description, record.provenance.source,
            record.provenance.row, int(record.statewide), record.reach.value, address.address_1, address.city,
            address.postal_code, address.state if record.address else None, record.latitude, record.longitude,
            *_on_globe(record), place, _text(dated_on), record.url, record.email, record.hours_text,
            schedule_to_json(record.schedule), record.wheelchair.value, record.eligibility_text, record.fees_text,
            record.how_to_apply, record.documents, record.taking_referrals.value, record.capacity.value,
            _text(record.capacity_on), _text(record.assured_on), _text(record.provenance.as_of),
            int(record.confidential), _text(record.edited_on), record.npi, record.fee.value, record.id_asked.value,
            record.walk_in.value, record.by_phone.value, record.by_appointment.value, record.wait_list,
            record.capacity_by, record.alert, _text(record.alert_until), _text(record.suspended_until),
        ),
    )  # fmt: skip
    _write_many(connection, rowid, record)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _on_globe(record: Listing) -> tuple[float, float, float] | tuple[None, None, None]:
    """Where it is, or about; for a listing that serves whole counties, where its office is."""
    at = position(record)
    return places.on_globe(at.latitude, at.longitude) if at else (None, None, None)


def _write_many(connection: sqlite3.Connection, rowid: int, record: Listing) -> None:
    words = " ".join((record.name, record.organization, record.description or ""))
    connection.execute("INSERT INTO listing_word (rowid, text) VALUES (?, ?)", (rowid, words))
    many = ([need.value for need in record.needs], record.programs, record.plans, record.counties, record.languages)
    for table, values in zip(_MANY, many, strict=True):
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", [(value, rowid) for value in values])
    connection.executemany(
        "INSERT INTO phone VALUES (?, ?, ?, ?, ?, ?)",
        [
            (rowid, position, phone.number, phone.extension, phone.kind.value, phone.label)
            for position, phone in enumerate(record.phones)
        ],
    )
