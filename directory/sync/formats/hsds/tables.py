"""The tabular data package: CSV tables in a zip, put together again as full services, one at a time."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import PurePosixPath

from directory.errors import UnreadableList
from directory.sync.formats.encoding import LONGEST_LINE

__all__ = ["MAX_UNPACKED", "packaged"]

MAX_UNPACKED = 800_000_000
"""Bytes that the tables may be when unpacked: 100,000 services with all their attributes are 300 MB."""

_MAX_DESCRIPTION = 5_000_000
"""Bytes of datapackage.json, which only names the tables."""
_MAX_LINES = 5_000_000
"""Lines of one table: 100,000 services with 30 attributes each are 3 million."""
_TORN = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, EOFError, RuntimeError, csv.Error)
_NAMES = {
    "organization": "organizations", "service": "services", "service_at_location": "service_at_location",
    "location": "locations", "phone": "phones", "address": "addresses", "schedule": "schedules",
    "service_area": "service_areas", "required_document": "required_documents", "language": "languages",
    "accessibility": "accessibility", "cost_option": "cost_options", "contact": "contacts", "program": "programs",
    "organization_identifier": "organization_identifiers", "attribute": "attributes",
    "taxonomy_term": "taxonomy_terms", "taxonomy": "taxonomies",
}  # fmt: skip
_PARENTS = ("organization", "service", "service_at_location", "location", "contact")


def packaged(data: bytes, name: str) -> Iterator[tuple[int, object, bool]]:
    """The services of a data package, each whole; line is where it stands in the table of services."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, _Tables() as tables:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise ValueError("too large")
            paths = _paths(archive)
            if "service" not in paths and "organization" not in paths:
                raise ValueError("no table of services")
            for table, path in paths.items():
                tables.load(table, _table(archive, path))
            tables.index()
            yield from tables.services()
    except _TORN as error:
        raise UnreadableList(
            f"{name}: this is not a tabular data package of HSDS 3 (a zip with services.csv, organizations.csv and the "
            f"like), or it is damaged or larger than {MAX_UNPACKED // 1_000_000} MB. Nothing was changed. "
            "Ask the sender for it again."
        ) from error


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Table -> its path in the zip: as datapackage.json names it, else by the usual name."""
    inside = {PurePosixPath(path).name.casefold(): path for path in archive.namelist()}
    named = {table: f"{file}.csv" for table, file in _NAMES.items()}
    for resource in _resources(archive, inside.get("datapackage.json")):
        table, path = (resource.get("name"), resource.get("path")) if isinstance(resource, dict) else (None, None)
        if isinstance(table, str) and isinstance(path, str) and table in named:
            named[table] = PurePosixPath(path).name
    found = {table: inside.get(file.casefold()) or inside.get(f"{table}.csv") for table, file in named.items()}
    return {table: path for table, path in found.items() if path}


def _resources(archive: zipfile.ZipFile, path: str | None) -> list[object]:
    if path and archive.getinfo(path).file_size > _MAX_DESCRIPTION:
        return []
    try:
        plain = json.loads(archive.read(path).decode("utf-8-sig")) if path else None
    except (ValueError, RecursionError):  # the tables may still have their usual names
        return []
    found = plain.get("resources") if isinstance(plain, dict) else None
    return found if isinstance(found, list) else []


def _table(archive: zipfile.ZipFile, path: str) -> Iterator[dict[str, str]]:
    with archive.open(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        lines = csv.reader(iter(partial(text.readline, LONGEST_LINE), ""))
        headings = [heading.strip() for heading in next(lines, [])]
        for number, cells in enumerate(lines):
            if number > _MAX_LINES:
                raise ValueError("too many lines")
            if row := {key: cell for key, cell in zip(headings, cells, strict=False) if key and cell.strip()}:
                yield row


class _Tables:
    """The tables on disk, by what their rows belong to: a package may be larger than the memory."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("")
        self.db.execute("CREATE TABLE part (kind TEXT, parent TEXT, name TEXT, row TEXT)")
        self.db.execute("CREATE TABLE whole (kind TEXT, id TEXT, row TEXT)")
        self.terms: dict[str, dict[str, object]] = {}
        self.taxonomies: dict[str, dict[str, object]] = {}
        self.organization = lru_cache(maxsize=4096)(lambda key: self.with_parts("organization", key))

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def load(self, table: str, rows: Iterator[dict[str, str]]) -> None:
        if table in ("taxonomy_term", "taxonomy"):
            kept = self.terms if table == "taxonomy_term" else self.taxonomies
            kept.update({row.get("id", ""): dict(row) for row in rows})
        elif table in ("organization", "service", "location", "program"):
            self.db.executemany("INSERT INTO whole VALUES (?, ?, ?)", ((table, r.get("id"), _json(r)) for r in rows))
        else:
            self.db.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", self.parts(table, rows))

    def parts(self, table: str, rows: Iterator[dict[str, str]]) -> Iterator[tuple[str, str, str, str]]:
        for row in rows:
            if table == "attribute":
                yield row.get("link_entity", "").casefold(), row.get("link_id", ""), "attributes", _json(row)
                continue
            parents = ("service",) if table == "service_at_location" else _PARENTS
            for parent in parents:
                if f"{parent}_id" in row:
                    key = "service_at_locations" if table == "service_at_location" else _NAMES[table]
                    yield parent, row[f"{parent}_id"], key, _json(row)

    def index(self) -> None:
        self.db.execute("CREATE INDEX part_by_parent ON part(parent)")
        self.db.execute("CREATE INDEX whole_by_id ON whole(id)")

    def services(self) -> Iterator[tuple[int, object, bool]]:
        served: set[str] = set()
        query = "SELECT row FROM whole WHERE kind = 'service' ORDER BY rowid"
        for line, (row,) in enumerate(self.db.execute(query), start=2):
            service = json.loads(row)
            served.add(service.get("organization_id", ""))
            yield line, self.service(service), False
        query = "SELECT id FROM whole WHERE kind = 'organization' ORDER BY rowid"
        for line, (key,) in enumerate(self.db.execute(query), start=2):
            if key not in served:
                yield line, self.organization(key), False

    def service(self, service: dict[str, object]) -> dict[str, object]:
        parts = self.children("service", service.get("id"))
        found: dict[str, object] = {**service, **parts}
        found["organization"] = self.organization(service.get("organization_id"))
        found["program"] = self.whole("program", service.get("program_id"))
        for place in parts.get("service_at_locations", []):
            place.update(self.children("service_at_location", place.get("id")))
            place["location"] = self.with_parts("location", place.get("location_id"))
        return found

    def with_parts(self, kind: str, key: object) -> dict[str, object]:
        return {**self.whole(kind, key), **self.children(kind, key)}

    def whole(self, kind: str, key: object) -> dict[str, object]:
        query = "SELECT row FROM whole WHERE id = ? AND kind = ?"
        row = self.db.execute(query, (key, kind)).fetchone() if key else None
        return dict(json.loads(row[0])) if row else {}

    def children(self, kind: str, key: object) -> dict[str, list[dict[str, object]]]:
        """What belongs to one record, by the key it has in JSON."""
        found: dict[str, list[dict[str, object]]] = {}
        if not key:
            return found
        for owner, name, row in self.db.execute(
            "SELECT kind, name, row FROM part WHERE parent = ? ORDER BY rowid", (key,)
        ):
            if owner == kind or (name == "attributes" and owner.rstrip("s") not in _PARENTS):
                plain = json.loads(row)
                if name == "attributes":
                    plain["taxonomy_term"] = self.term(str(plain.get("taxonomy_term_id", "")))
                if name == "contacts" and kind != "contact":  # a contact has phones, and no contacts of its own
                    plain.update(self.children("contact", plain.get("id")))
                found.setdefault(name, []).append(plain)
        return found

    def term(self, key: str) -> dict[str, object]:
        term = self.terms.get(key, {})
        return {**term, "taxonomy_detail": self.taxonomies.get(str(term.get("taxonomy_id", "")), {})}


def _json(row: dict[str, str]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
