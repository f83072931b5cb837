"""FHIR R4 as Plan-Net has it: NDJSON (one type or many, one file or several in a zip), bundles, arrays."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from directory.errors import UnreadableList
from directory.sync.formats.fhir.resources import Resources
from directory.sync.formats.fhir.rows import rows_of
from directory.sync.formats.records import records
from directory.sync.formats.table import Cells, Table
from directory.sync.formats.values import Object, objects, text
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["MAX_FILE", "MAX_UNPACKED", "read"]

MAX_UNPACKED = 800_000_000
"""Bytes that the files in a zip may be when unpacked."""
MAX_FILE = 200_000_000
"""Bytes of one of them, which is in memory whole: as much as a list that is not packed."""
_TORN = (zipfile.BadZipFile, zlib.error, LookupError, OSError, EOFError, RuntimeError, NotImplementedError)
_BUNDLES = ("searchset", "collection")


def read(data: bytes, layout: Layout, name: str) -> Table:
    """A row for each service at each place; UnreadableList when there are no FHIR resources in the bytes."""
    return Table(("id",), _rows(data, layout, name))


def _rows(data: bytes, layout: Layout, name: str) -> Iterator[Cells]:
    found, count, last = Resources(), 0, 0
    for file, written in _files(data, name):
        for line, record in _records(_text(written, layout, file), file):
            last += 1
            if record is None:
                yield last, {"": f"{file}, line {line}"}, Code.DAMAGED_ROW
                continue
            for body, url in _resources(record):
                count += bool(text(body.get("resourceType")))
                found.add(body, last, url)
    if not count:
        raise UnreadableList(
            f"{name}, line 1: there is no FHIR resource in it (an object with a resourceType). Nothing was changed. "
            "Ask the sender for Plan-Net as NDJSON files (all in one zip) or as a bundle."
        )
    yield from rows_of(found)


def _resources(record: Object) -> Iterator[tuple[Object, str]]:
    """The resource, or those in a bundle of them with their full address; a bundle of orders to a server is none."""
    if text(record.get("resourceType")) != "Bundle":
        yield record, ""
    elif text(record.get("type")) in _BUNDLES:
        for entry in objects(record, "entry"):
            body = entry.get("resource")
            if isinstance(body, Mapping):
                yield body, text(entry.get("fullUrl"))


def _records(whole: str, name: str) -> Iterator[tuple[int, Object | None]]:
    """The objects of one file; of NDJSON a line that is none is None, and the others count."""
    first = whole.lstrip().partition("\n")[0]
    if not first.startswith("{") or _object(first) is None:
        for line, record, twice in records(whole, name):
            yield line, record if isinstance(record, Mapping) and not twice else None
        return
    for line, one in enumerate(whole.split("\n"), start=1):
        if one.strip():
            yield line, _object(one)


def _object(one: str) -> Object | None:
    try:
        plain = json.loads(one)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _files(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    if not data.startswith(b"PK"):
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [p for p in archive.infolist() if p.filename.casefold().endswith((".ndjson", ".json", ".jsonl"))]
            sizes = [part.file_size for part in parts]
            if sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_FILE:
                raise EOFError
            for part in sorted(parts, key=lambda part: part.filename):
                yield part.filename, archive.read(part)
    except _TORN as error:
        raise UnreadableList(
            f"{name}: the zip is damaged, locked or larger than {MAX_UNPACKED // 1_000_000} MB when unpacked "
            f"(one file: {MAX_FILE // 1_000_000} MB). Nothing was changed. Ask the sender for it again."
        ) from error


def _text(data: bytes, layout: Layout, name: str) -> str:
    try:
        return data.decode(layout.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableList(
            f"{name}: the text is not UTF-8, so it cannot be read without guessing. Nothing was changed. "
            "Ask the sender for it as UTF-8, as FHIR asks."
        ) from error
