"""look says what a file is, how it is written and where its headings stand; what it says reads the file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from directory.errors import UnreadableList
from directory.sync import formats
from directory.sync.formats import Look, look

from . import making

ROWS = [["Organization", "City", "Phone"], ["Amber Pantry", "Fresno", "559-555-0101"], ["B", "Kern", "661-555-0101"]]
HEADINGS = ("Organization", "City", "Phone")
GROUPED = [
    ["Organization", "Services", None, "Notes"],
    [None, "Food", "Rides", None],
    ["Amber Pantry", "X", None, "n"],
    ["B", None, "X", None],
]


def text(rows: list[list[Any]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def short(value: object) -> str:
    """The beginning of a file, as a name for its case."""
    return value[:4].hex() if isinstance(value, bytes) else str(value)


def seen(data: bytes) -> Look:
    found = look(data, "list")
    assert found.layout is not None
    table = formats.read(data, found.layout, "list")
    assert table.headings == found.headings
    return found


@pytest.mark.parametrize(
    ("data", "heading_row"),
    [
        (text(ROWS).encode(), 1),
        (text(ROWS, ";").encode("cp1252"), 1),
        (text(ROWS, "\t").encode("utf-16"), 1),
        (b"Partner list; of November\n\n" + text(ROWS, "|").encode(), 3),
        (text([["Partner list"], [], *ROWS]).encode(), 3),
        (text([["Updated", "11/2/2026"], *ROWS]).encode(), 2),
        (making.book([{"rows": ROWS}]), 1),
        (making.book([{"rows": [["Partner list", None, None], [], *ROWS], "merged": ["A1:C1"]}]), 3),
        (making.book([{"name": "Read me", "rows": [["About this list"]]}, {"name": "List", "rows": ROWS}]), 1),
        (making.pages([{"above": ["Partner list"], "rows": ROWS}]), 1),
    ],
    ids=short,
)
def test_where_the_headings_stand(data: bytes, heading_row: int) -> None:
    found = seen(data)
    assert (found.heading_row, found.heading_rows, found.headings) == (heading_row, 1, HEADINGS)
    assert found.rows[0] == {"Organization": "Amber Pantry", "City": "Fresno", "Phone": "559-555-0101"}


@pytest.mark.parametrize(
    "data",
    [
        text(GROUPED).encode(),
        making.book([{"rows": GROUPED, "merged": ["A1:A2", "B1:C1", "D1:D2"]}]),
        making.pages([{"rows": [[cell or "" for cell in row] for row in GROUPED]}]),
    ],
    ids=short,
)
def test_two_heading_rows(data: bytes) -> None:
    found = seen(data)
    assert (found.heading_row, found.heading_rows) == (1, 2)
    assert found.headings == ("Organization", "Services / Food", "Services / Rides", "Notes")


def test_how_a_text_is_written() -> None:
    found = seen(text(ROWS, ";").encode("utf-16"))
    assert (found.kind, found.encoding, found.delimiter) == ("csv", "utf-16-le", ";")


def test_the_sheets_of_a_workbook_and_the_one_with_the_list() -> None:
    found = seen(making.book([{"name": "Read me", "rows": [["x"]]}, {"name": "List", "rows": ROWS}]))
    assert found.sheets == ("Read me", "List") and found.layout is not None and found.layout.sheet == "List"


@pytest.mark.parametrize(
    ("data", "kind", "records"),
    [
        (b'{"a": 1}\n{"a": 2}\n', "jsonl", None),
        (b'[{"a": 1}, {"a": 2}]', "json", None),
        (b'{"count": 2, "data": [{"a": 1}, {"a": 2}]}', "json", "data"),
        (b'{\n "data": [{"a": 1}]\n}', "json", "data"),
        (b'{"id": "1", "services": [{"id": "2"}]}\n{"id": "3", "services": [{"id": "4"}]}\n', "hsds", None),
        (b'{"resourceType": "Location", "id": "1"}\n', "fhir", None),
        (b'{\n  "resourceType": "Bundle"\n}', "fhir", None),
    ],
)
def test_nested_files(data: bytes, kind: str, records: str | None) -> None:
    found = look(data, "list")
    assert found.kind == kind and found.layout is not None and found.layout.records == records


def test_a_data_package_is_hsds() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({}))
        archive.writestr("organization.csv", "id,name\n")
    assert look(file.getvalue(), "list").kind == "hsds"


@pytest.mark.parametrize(
    ("data", "said"), [(b"\x89PNG\r\n\x1a\n", "a picture"), (b"<html><body>", "a web page (HTML)")]
)
def test_what_is_no_list_has_no_kind(data: bytes, said: str) -> None:
    found = look(data, "list")
    assert found == Look(None, said, do=found.do) and found.do


def test_what_is_damaged_is_said() -> None:
    with pytest.raises(UnreadableList, match="damaged"):
        look(making.book([{"rows": ROWS}])[:-300], "list")
