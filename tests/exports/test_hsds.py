"""HSDS out: valid against the standard's schemas where they are at hand, and whole in itself where they are not."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from directory import store
from directory.exports import as_hsds, as_tables
from directory.exports.as_tables import TABLES
from directory.exports.service import service
from directory.model import Listing

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "samples" / "hsds-3.0" / "schema" / "compiled"
beside = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="shared/samples is not beside the project")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBERS = {"latitude": float, "longitude": float, "extension": int, "interval": int}
Tables = dict[str, list[dict[str, Any]]]


def sources() -> dict[str, store.SourceRecord]:
    with store.open_directory() as connection:
        return {item.id: item for item in store.sources(connection)}


@pytest.fixture
def services(demo: list[Listing]) -> list[dict[str, Any]]:
    file = io.BytesIO()
    as_hsds.write(file, demo, sources())
    found: list[dict[str, Any]] = json.loads(file.getvalue())
    return found


@pytest.fixture
def tables(demo: list[Listing]) -> Tables:
    """The rows of the package by table, with numbers where the standard has them."""
    file = io.BytesIO()
    as_tables.write(file, demo, sources())
    found: Tables = {}
    with zipfile.ZipFile(file) as archive:
        resources = json.loads(archive.read("datapackage.json"))["resources"]
        assert {item["path"] for item in resources} | {"datapackage.json"} == set(archive.namelist())
        for item in resources:
            lines = csv.DictReader(io.StringIO(archive.read(item["path"]).decode(), newline=""))
            assert lines.fieldnames == [field["name"] for field in item["schema"]["fields"]]
            found[item["name"]] = [
                {key: NUMBERS.get(key, str)(text) for key, text in row.items() if text or key in _KEPT} for row in lines
            ]
    return found


def test_an_organization_keeps_its_id_whichever_list_was_read_last(demo: list[Listing]) -> None:
    place = demo[0]
    source = sources()[place.provenance.source]
    newer = replace(place, provenance=replace(place.provenance, source="hand", row="0001"))
    ids = [service(one, source)["organization"]["id"] for one in (place, newer)]  # type: ignore[index]
    assert ids[0] == ids[1]


# The standard requires them, also where a list leaves one out.
_KEPT = {"address_1", "city", "postal_code"}


@beside
def test_the_services_are_valid(services: list[dict[str, Any]]) -> None:
    schema = json.loads((SCHEMAS / "service_package.json").read_text(encoding="utf-8"))
    faults = [error.message for error in Draft202012Validator(schema).iter_errors(services)]
    assert not faults[:5]


@beside
def test_the_tables_are_valid(tables: Tables) -> None:
    schema = json.loads((SCHEMAS / "tabular.json").read_text(encoding="utf-8"))
    assert set(tables) <= set(schema["properties"])
    faults = [error.message for error in Draft202012Validator(schema).iter_errors(tables)]
    assert not faults[:5]
    for table, (file, columns) in TABLES.items():
        items = schema["properties"][table]["items"]
        assert file == items["path"]
        assert not set(columns) - set(items["properties"])
        required = {*items.get("required", ()), *items.get("tabular_required", ())}
        assert not [row for row in tables[table] if not required <= row.keys()], required


def test_every_id_is_a_uuid_and_stands_once(tables: Tables) -> None:
    for table, rows in tables.items():
        ids = Counter(row["id"] for row in rows)
        assert all(UUID.fullmatch(key) for key in ids), table
        assert not [key for key, times in ids.items() if times > 1], table


def test_every_row_belongs_to_something_that_is_there(tables: Tables) -> None:
    ids = {table: {row["id"] for row in rows} for table, rows in tables.items()}
    for rows in tables.values():
        for row in rows:
            for key, value in row.items():
                owner = "service" if key in ("link_id", "resource_id") else key.removesuffix("_id")
                if key.endswith("_id"):
                    assert value in ids[owner], (key, value)


def test_an_organization_stands_once_for_all_its_services(services: list[dict[str, Any]], tables: Tables) -> None:
    named = {(item["organization"]["id"], item["organization"]["name"]) for item in services}
    assert len(named) == len(tables["organization"]) < len(services)


def test_a_confidential_service_has_no_place(demo: list[Listing], services: list[dict[str, Any]]) -> None:
    hidden = {listing.id for listing in demo if listing.confidential}
    found = [item for item in services if hidden & {a.get("value") for a in item["attributes"]}]
    assert len(found) == len(hidden) > 5
    assert not [item for item in found if "service_at_locations" in item]


def test_whose_a_listing_is_goes_with_it(services: list[dict[str, Any]]) -> None:
    for item in services:
        (said,) = item["metadata"]
        assert "licence: Apache-2.0" in said["updated_by"]
        assert "attribution: Puente" in said["updated_by"]


def test_what_was_said_of_room_goes_with_who_and_when(demo: list[Listing], services: list[dict[str, Any]]) -> None:
    known = {listing.id: listing for listing in demo if listing.capacity.value != "unknown"}
    assert known
    for item in services:
        said = {
            (a["taxonomy_term"]["taxonomy"], a["taxonomy_term"]["code"]): a.get("value") for a in item["attributes"]
        }
        if listing := known.get(str(said["Puente field", "listing"])):
            assert ("Puente capacity", listing.capacity.value) in said
            assert said["Puente field", "capacity_on"] == str(listing.capacity_on)
