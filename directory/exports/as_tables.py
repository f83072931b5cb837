"""HSDS 3 as a tabular data package: a zip with datapackage.json and one CSV for each table."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from directory.exports.ids import made
from directory.exports.service import Record, service
from directory.model import Listing
from directory.store import SourceRecord

__all__ = ["TABLES", "write"]

# Table -> its file and its columns; only those that we fill.
TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "organization": ("organizations.csv", ("id", "name", "description")),
    "service": (
        "services.csv",
        (
            "id", "organization_id", "name", "description", "url", "email", "status", "application_process",
            "fees_description", "wait_time", "eligibility_description", "assured_date", "alert", "last_modified",
        ),
    ),
    "service_at_location": ("service_at_location.csv", ("id", "service_id", "location_id")),
    "location": ("locations.csv", ("id", "location_type", "latitude", "longitude")),
    "address": (
        "addresses.csv",
        ("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    ),
    "accessibility": ("accessibility.csv", ("id", "location_id", "description")),
    "phone": ("phones.csv", ("id", "service_id", "number", "extension", "type", "description")),
    "schedule": (
        "schedules.csv",
        ("id", "service_id", "freq", "interval", "byday", "description", "opens_at", "closes_at"),
    ),
    "service_area": ("service_areas.csv", ("id", "service_id", "name")),
    "language": ("languages.csv", ("id", "service_id", "name", "code")),
    "required_document": ("required_documents.csv", ("id", "service_id", "document")),
    "attribute": ("attributes.csv", ("id", "link_id", "taxonomy_term_id", "link_entity", "value")),
    "taxonomy": ("taxonomies.csv", ("id", "name", "description")),
    "taxonomy_term": (
        "taxonomy_terms.csv", ("id", "code", "name", "description", "taxonomy", "language", "taxonomy_id"),
    ),
    "metadata": (
        "metadata.csv",
        (
            "id", "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name",
            "previous_value", "replacement_value", "updated_by",
        ),
    ),
}  # fmt: skip
_OF_SERVICE = {
    "phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
    "required_documents": "required_document",
}  # fmt: skip
_NUMBERS = frozenset(("extension", "latitude", "longitude", "interval"))
Row = tuple[str, Record]


def write(file: BinaryIO, listings: Iterable[Listing], sources: Mapping[str, SourceRecord]) -> None:
    """The package; its tables grow beside each other on disk before they go into the zip."""
    with tempfile.TemporaryDirectory(prefix="puente-export-") as folder:
        _tables(Path(folder), listings, sources)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_info("datapackage.json"), json.dumps(_package(sources), ensure_ascii=False, indent=1))
            for name, _ in TABLES.values():
                with (
                    (Path(folder) / name).open("rb") as table,
                    archive.open(_info(name), "w", force_zip64=True) as part,
                ):
                    shutil.copyfileobj(table, part, 1 << 20)


def _info(name: str) -> zipfile.ZipInfo:
    """No time of day in it: the same directory gives the same bytes."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _tables(folder: Path, listings: Iterable[Listing], sources: Mapping[str, SourceRecord]) -> None:
    files = {table: (folder / name).open("w", encoding="utf-8", newline="") for table, (name, _) in TABLES.items()}
    try:
        writers = {
            table: csv.DictWriter(files[table], columns, lineterminator="\r\n")
            for table, (_, columns) in TABLES.items()
        }
        for writer in writers.values():
            writer.writeheader()
        seen: set[object] = set()
        for table, row in _rows(listings, sources):
            if table in ("organization", "taxonomy", "taxonomy_term"):
                if row["id"] in seen:
                    continue
                seen.add(row["id"])
            writers[table].writerow(row)
    finally:
        for file in files.values():
            file.close()


def _rows(listings: Iterable[Listing], sources: Mapping[str, SourceRecord]) -> Iterator[Row]:
    for listing in listings:
        record = service(listing, sources[listing.provenance.source])
        own: Record = {"service_id": record["id"]}
        organization = _one(record, "organization")
        yield "organization", organization
        kept = {key: value for key, value in record.items() if not isinstance(value, (dict, list))}
        yield "service", {**kept, "organization_id": organization["id"]}
        for key, table in _OF_SERVICE.items():
            for item in _many(record, key):
                yield table, {**item, **own}
        for place in _many(record, "service_at_locations"):
            yield from _place(place, own)
        for attribute in _many(record, "attributes"):
            yield from _attribute(attribute, record["id"])
        for item in _many(record, "metadata"):
            yield "metadata", {**item, "resource_id": record["id"]}


def _place(place: Record, own: Record) -> Iterator[Row]:
    location = _one(place, "location")
    of_location: Record = {"location_id": location["id"]}
    yield "service_at_location", {"id": place["id"], **own, **of_location}
    yield "location", {key: value for key, value in location.items() if not isinstance(value, list)}
    for address in _many(location, "addresses"):
        yield "address", {**address, **of_location}
    for item in _many(location, "accessibility"):
        yield "accessibility", {**item, **of_location}


def _attribute(attribute: Record, service_id: object) -> Iterator[Row]:
    term = _one(attribute, "taxonomy_term")
    taxonomy = str(term["taxonomy"])
    key = made("taxonomy", taxonomy)
    yield "taxonomy", {"id": key, "name": taxonomy, "description": "What Puente says of a listing"}
    yield "taxonomy_term", {**term, "language": "en", "taxonomy_id": key}
    plain = {name: value for name, value in attribute.items() if name != "taxonomy_term"}
    yield "attribute", {**plain, "link_id": service_id, "taxonomy_term_id": term["id"]}


def _one(record: Record, key: str) -> Record:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _many(record: Record, key: str) -> list[Record]:
    found = record.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _package(sources: Mapping[str, SourceRecord]) -> Record:
    """datapackage.json: which table is in which file, and whose the lists are."""
    return {
        "name": "puente",
        "title": "Puente directory",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "sources": [
            {"title": item.title, **({"path": item.url} if item.url else {})} for item in sources.values()
        ],
        "licenses": [
            {"name": item.licence, "title": f"{item.title}: {item.attribution or item.licence}"}
            for item in sources.values()
            if item.licence
        ],
        "resources": [
            {
                "name": table,
                "path": name,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": c, "type": "number" if c in _NUMBERS else "string"} for c in columns],
                },
            }
            for table, (name, columns) in TABLES.items()
        ],
    }  # fmt: skip
