"""Writes listings into the tables of `directory.db` as plain values, takes them out, and reads them back.

A plain listing is a mapping of field to text, number, flag, list or mapping, as `work.db` keeps it; a field at its
default is left away. Nothing here builds a dataclass: a hundred thousand of them cost more than the writing.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from directory import places
from directory.folding import spaced
from directory.model import Address, Listing, Provenance
from directory.position import position

__all__ = [
    "GIST", "MANY", "Entry", "Plain", "Said", "add", "beside", "chunks", "create", "finish", "gist", "name_key",
    "open_for_writing", "plain", "remove",
]  # fmt: skip

Plain = dict[str, Any]
T = TypeVar("T")
MANY = {
    "listing_need": ("need", "needs"),
    "listing_program": ("program", "programs"),
    "listing_plan": ("plan", "plans"),
    "service_area": ("county", "counties"),
    "listing_language": ("language", "languages"),
}
"""Table -> its column, and the field of a listing that has several of it."""
GIST = ("id", "digest", "edited_on", "as_of", "dated_on", "source_id", "source_row")
"""The columns of a listing by which two of its versions are compared."""
_SPEED = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -8192")


class Said(NamedTuple):
    """One row behind a listing that several rows name: where it agrees with what is shown, what it says elsewhere."""

    source: str
    row: str
    as_of: str | None
    agrees: tuple[str, ...]
    differs: Mapping[str, object]


class Entry(NamedTuple):
    """One listing to be written: its fields, what each row behind it said, and the ids it had before."""

    plain: Plain
    said: tuple[Said, ...] = ()
    aliases: tuple[str, ...] = ()


def create(path: Path) -> sqlite3.Connection:
    """A new directory with its tables; nothing is safe on the disk before `finish` and an fsync."""
    # Imported here: only a publication writes, and the library brings numpy, 18 MB that no reader needs.
    from sqlite_utils import Database

    from directory import schema

    connection = _opened(path)
    schema.published.apply(Database(connection))
    return connection


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A copy of a directory, to be changed; a copy that is cut off half-way is thrown away, so it keeps no journal."""
    return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    for pragma in _SPEED:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def finish(connection: sqlite3.Connection, layout: int) -> None:
    """Indexes, statistics and the number of the layout; the connection is committed."""
    from directory import schema

    for statement in schema.published_indexes():
        connection.execute(statement)
    connection.execute("ANALYZE")
    connection.execute(f"PRAGMA user_version = {layout}")
    connection.commit()


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def name_key(plain: Mapping[str, Any]) -> tuple[str, str]:
    """What listings are ordered by, however a directory was built."""
    return plain["name"].casefold(), plain["id"]


# --- writing ---------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "rowid", "id", "organization", "name", "description", "source_id", "source_row", "statewide", "reach",
    "address_1", "city", "postal_code", "state", "latitude", "longitude", "x", "y", "z", "place", "dated_on",
    "url", "email", "hours_text", "schedule",
    "wheelchair", "eligibility_text", "fees_text", "how_to_apply", "documents", "taking_referrals", "capacity",
    "capacity_on", "assured_on", "as_of", "confidential", "edited_on", "npi", "fee", "id_asked", "walk_in", "by_phone",
    "by_appointment", "wait_list", "capacity_by", "alert", "alert_until", "suspended_until", "digest",
)  # fmt: skip
_INSERT = f"INSERT INTO listing ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_NOTHING: Mapping[str, Any] = {}
_UNKNOWN = "unknown"


def add(connection: sqlite3.Connection, rows: Sequence[tuple[int, Entry]], as_of: Mapping[str, str | None]) -> None:
    """Writes listings under those row ids; `as_of` is the day of each source, for rows that bear none."""
    plains = [(rowid, entry.plain) for rowid, entry in rows]
    write = connection.executemany
    write(_INSERT, [_listing(rowid, item, as_of) for rowid, item in plains])
    write("INSERT INTO listing_word (rowid, text) VALUES (?, ?)", [(rowid, _words(item)) for rowid, item in plains])
    for table, (_, field) in MANY.items():
        values = [(rowid, value) for rowid, item in plains for value in item.get(field, ())]
        write(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", values)
    write(
        "INSERT INTO phone VALUES (?, ?, ?, ?, ?, ?)", [row for rowid, item in plains for row in _phones(rowid, item)]
    )
    write("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", [row for rowid, entry in rows for row in _said(rowid, entry)])
    aliases = [(alias, rowid) for rowid, entry in rows for alias in entry.aliases]
    write("INSERT OR REPLACE INTO listing_alias VALUES (?, ?)", aliases)


def gist(entry: Entry, as_of: Mapping[str, str | None]) -> tuple[object, ...]:
    """What tells one version of a listing from another: the columns `GIST` as `add` would write them."""
    row = dict(zip(_COLUMNS, _listing(0, entry.plain, as_of), strict=True))
    return tuple(row[name] for name in GIST)


def beside(entry: Entry) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What stands beside a listing, by its id: what each row said of it, and the ids it had."""
    listing_id = entry.plain["id"]
    said = [(listing_id, *row[1:]) for row in _said(0, entry)]
    return said, [(alias, listing_id) for alias in entry.aliases]


def remove(connection: sqlite3.Connection, rowids: Sequence[int]) -> None:
    """Takes listings out of every table."""
    ids = [(rowid,) for rowid in rowids]
    marks = ",".join("?" * len(ids))
    # The index of words keeps no text: it must be told what it forgets.
    query = f"SELECT rowid, name, organization, description FROM listing WHERE rowid IN ({marks})"
    old = [
        (rowid, _words({"name": name, "organization": organization, "description": description}))
        for rowid, name, organization, description in connection.execute(query, list(rowids)).fetchall()
    ]
    write = connection.executemany
    write("INSERT INTO listing_word (listing_word, rowid, text) VALUES ('delete', ?, ?)", old)
    for table in (*MANY, "phone", "said", "listing_alias"):
        write(f"DELETE FROM {table} WHERE listing = ?", ids)
    write("DELETE FROM listing WHERE rowid = ?", ids)


def _words(plain: Mapping[str, Any]) -> str:
    return f"{plain['name']} {plain['organization']} {plain.get('description') or ''}"


_SEVERAL = tuple(field for _, field in MANY.values())
_PLACE_OF: Mapping[str, Any] = {"address_1": None, "city": None, "postal_code": None, "state": "CA"}
_FILLED: Mapping[str, Any] = {
    **dict.fromkeys(_COLUMNS), "statewide": False, "reach": "county", "capacity": _UNKNOWN, "confidential": False,
    **dict.fromkeys(
        ("wheelchair", "taking_referrals", "fee", "id_asked", "walk_in", "by_phone", "by_appointment"), _UNKNOWN
    ),
}  # fmt: skip
_address = itemgetter("address_1", "city", "postal_code", "state")
_named = itemgetter("id", "organization", "name", "description")
_told = itemgetter(*_COLUMNS[_COLUMNS.index("url") : _COLUMNS.index("assured_on") + 1])
_rest = itemgetter(*_COLUMNS[_COLUMNS.index("npi") : _COLUMNS.index("digest")])


def _listing(rowid: int, plain: Plain, as_of: Mapping[str, str | None]) -> tuple[object, ...]:
    full = {**_FILLED, **plain}
    said_by = plain["provenance"]
    address = plain.get("address")
    where = _address({**_PLACE_OF, **address}) if address else (None, None, None, None)
    named, told, rest = _named(full), _told(full), _rest(full)
    served = full["statewide"], full["reach"], *where, full["latitude"], full["longitude"]
    day = said_by.get("as_of")
    dated_on = full["assured_on"] or day or as_of.get(said_by["source"])
    digest = _hash((named, served, told, rest, full["confidential"], _many(plain)))
    return (
        rowid, *named, said_by["source"], said_by["row"], *served, *_on_globe(plain), _place(plain), dated_on, *told,
        day, full["confidential"], full["edited_on"], *rest, digest,
    )  # fmt: skip


def _many(plain: Plain) -> list[object]:
    """What there is several of, the same however it was ordered."""
    found: list[object] = [plain.get("phones")]
    for field in _SEVERAL:
        held = plain.get(field)
        found.append(sorted(set(held)) if held and len(held) > 1 else held or None)
    return found


def _hash(what: Any) -> int:
    """Sixty-four bits of what is said; the second version of marshal writes equal values as equal bytes."""
    return int.from_bytes(blake2b(marshal.dumps(what, 2), digest_size=8).digest(), "big", signed=True)


def _phones(rowid: int, plain: Plain) -> Iterator[tuple[object, ...]]:
    for number, item in enumerate(plain.get("phones", ())):
        yield rowid, number, item["number"], item.get("extension"), item.get("kind", "voice"), item.get("label")


def _said(rowid: int, entry: Entry) -> Iterator[tuple[object, ...]]:
    for item in entry.said:
        agrees, differs = (json.dumps(part, ensure_ascii=False, sort_keys=True) for part in (item.agrees, item.differs))
        yield rowid, item.source, item.row, item.as_of, agrees, differs


def _on_globe(plain: Plain) -> tuple[float | None, float | None, float | None]:
    """Where it is, or about; for a listing that serves whole counties, where its office is."""
    latitude, longitude = plain.get("latitude"), plain.get("longitude")
    if latitude is not None and longitude is not None:
        return places.on_globe(latitude, longitude)
    address = plain.get("address")
    if not address or plain.get("statewide"):
        return None, None, None
    where = address.get("city"), address.get("postal_code"), address.get("state", "CA")
    return _about(*where, tuple(plain.get("counties", ())))


@lru_cache(maxsize=8192)
def _about(
    city: str | None, postal_code: str | None, state: str, counties: tuple[str, ...]
) -> tuple[float | None, float | None, float | None]:
    address = Address(None, city, postal_code, state)
    at = position(Listing("", "", "", Provenance("", "", ""), address=address, counties=counties))
    return places.on_globe(at.latitude, at.longitude) if at else (None, None, None)


def _place(plain: Plain) -> int:
    """One number for the services of one organization at one place: its address, else first phone and counties.

    It is a hash, so that it does not depend on what else is published.
    """
    who = [spaced(plain["organization"]), bool(plain["provenance"].get("demo"))]
    address = plain.get("address") or _NOTHING
    if address.get("address_1"):
        what: list[object] = [*who, spaced(address["address_1"]), _same_city(address.get("city") or "")]
    elif plain.get("phones"):
        first = plain["phones"][0]
        where = [address.get("city"), address.get("postal_code"), address.get("state", "CA")] if address else None
        served = sorted(set(plain.get("counties", ())))
        what = [*who, where, first["number"], first.get("extension"), served, bool(plain.get("statewide"))]
    else:
        what = [plain["id"]]
    return _hash(what)


_same_city = lru_cache(maxsize=4096)(spaced)


# --- reading back ----------------------------------------------------------------------------------------------------

_DEFAULTS: Mapping[str, object] = {
    "statewide": 0, "reach": "county", "confidential": 0, "capacity": _UNKNOWN,
    **dict.fromkeys(
        ("wheelchair", "taking_referrals", "fee", "id_asked", "walk_in", "by_phone", "by_appointment"), _UNKNOWN
    ),
}  # fmt: skip
_PLACE = ("address_1", "city", "postal_code", "state")
_WITHIN = (
    "id", "organization", "name", "description", "statewide", "reach", "latitude", "longitude", "url", "email",
    "hours_text", "schedule", "wheelchair", "eligibility_text", "fees_text", "how_to_apply", "documents",
    "taking_referrals", "capacity", "capacity_on", "capacity_by", "wait_list", "confidential", "assured_on",
    "edited_on", "npi", "fee", "id_asked", "walk_in", "by_phone", "by_appointment", "alert", "alert_until",
    "suspended_until",
)  # fmt: skip
_SELECT = ", ".join((*_WITHIN, *_PLACE, "source_id", "source_row", "as_of"))


def plain(connection: sqlite3.Connection, rowids: Sequence[int]) -> dict[int, Plain]:
    """The listings with those row ids (at most 900) as plain values; what there is several of is in order."""
    marks = ",".join("?" * len(rowids))
    cursor = connection.cursor()
    cursor.row_factory = None
    found: dict[int, Plain] = {}
    for rowid, *values in cursor.execute(f"SELECT rowid, {_SELECT} FROM listing WHERE rowid IN ({marks})", rowids):
        found[rowid] = _read(values)
    for table, (column, field) in MANY.items():
        query = f"SELECT listing, {column} FROM {table} WHERE listing IN ({marks}) ORDER BY listing, {column}"
        for rowid, value in cursor.execute(query, rowids):
            found[rowid].setdefault(field, []).append(value)
    query = f"SELECT * FROM phone WHERE listing IN ({marks}) ORDER BY listing, position"
    for rowid, _, *values in cursor.execute(query, rowids):
        phone = zip(("number", "extension", "kind", "label"), values, strict=True)
        found[rowid].setdefault("phones", []).append({name: value for name, value in phone if value is not None})
    return found


def _read(values: Sequence[Any]) -> Plain:
    own = dict(zip(_WITHIN, values, strict=False))
    found = {name: value for name, value in own.items() if value is not None and value != _DEFAULTS.get(name)}
    for flag in ("statewide", "confidential"):
        if flag in found:
            found[flag] = True
    *place, source, row, as_of = values[len(_WITHIN) :]
    address = {name: value for name, value in zip(_PLACE, place, strict=True) if value is not None}
    if address:
        found["address"] = address
    found["provenance"] = {"source": source, "row": row, "as_of": as_of}
    return found
