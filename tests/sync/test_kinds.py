"""A file that is something else than its source says: one sentence that says what it is and what to do."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from directory import sync
from directory.errors import ListError
from directory.sync import RunReport

from .conftest import HEADINGS, NOW, ROWS, SOURCE

TABLE = "\n".join([HEADINGS, *ROWS])
GET = "as a spreadsheet (CSV or Excel)."


def book() -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    for line in TABLE.split("\n"):
        made.worksheets[0].append(line.split(","))
    made.save(file)
    return file.getvalue()


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, TABLE)
    return file.getvalue()


def lines() -> bytes:
    names = HEADINGS.split(",")
    return "\n".join(json.dumps(dict(zip(names, row.split(","), strict=True))) for row in ROWS).encode()


@pytest.fixture
def sources(home: Path) -> None:
    """Sources of the same list in the two other formats."""
    for kind in ("jsonl", "xlsx"):
        text = SOURCE.replace("id: small", f"id: {kind}").replace("kind: csv", f"kind: {kind}")
        (home / "sources" / f"{kind}.yml").write_text(text, encoding="utf-8")


def refused(home: Path, source: str, data: bytes) -> str:
    path = home / "list.csv"
    path.write_bytes(data)
    with pytest.raises(ListError) as caught:
        sync.run(source, file=path, now=NOW)
    assert "othing was changed. " in str(caught.value) and "\n" not in str(caught.value)
    assert not (home / "raw").exists()
    return str(caught.value)


FOREIGN = [
    (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "list.csv: this is a PDF, but ", "Ask the sender for the usual list"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a picture", GET),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a picture", GET),
    (b"GIF89a\1\0", "this is a picture", GET),
    (b"\0\0\0\x18ftypheic\0\0", "this is a picture", GET),
    (b"<!DOCTYPE html>\n<html><body>Sign in, please</body>", "this is a web page (HTML)", "download the list itself"),
    (b'\n<?xml version="1.0"?>\n<html lang="en">', "this is a web page (HTML)", "download the list itself"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "this is an old Office file (.xls", "Open it in Excel"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "this is an Office file with a password",
        "without a password",
    ),
    (b"\x1f\x8b\x08\0list", "this is a packed file", "Unpack it"),
    (packed("list.csv"), "this is a packed file", "Unpack it"),
    (packed("[Content_Types].xml", "word/document.xml"), "this is a Word document", GET),
    (packed("mimetype", "content.xml"), "this is an OpenDocument spreadsheet", "Open it in Excel"),
    (b"{\\rtf1 Pantry}", "this is a text document (RTF)", GET),
    (b'[\n  {"Name": "Pantry"}\n]', "this is JSON, but not one object a line", "write `kind: json` under"),
]


@pytest.mark.parametrize("source", ["small", "xlsx", "jsonl"])
@pytest.mark.parametrize(("data", "is_what", "do"), FOREIGN)
def test_what_is_no_list_is_named(sources: None, home: Path, source: str, data: bytes, is_what: str, do: str) -> None:
    said = refused(home, source, data)
    assert is_what in said and do in said


@pytest.mark.parametrize(
    ("source", "data", "says"),
    [
        ("small", book(), ("an Excel workbook (.xlsx)", "as CSV UTF-8", "`kind: xlsx` under `format` in small.yml")),
        ("small", lines(), ("a list of JSON lines", "Ask the sender", "`kind: jsonl` under `format` in small.yml")),
        ("xlsx", TABLE.encode(), ("a text file with columns (CSV)", "as Excel workbook", "`kind: csv` under `format`")),
        ("xlsx", TABLE.encode("utf-16"), ("a text file with columns (CSV)",)),
        ("xlsx", TABLE.replace(",", ";").encode("cp1252"), ("a text file with columns (CSV)",)),
        ("jsonl", TABLE.encode(), ("a text file with columns (CSV)", "`kind: csv` under `format` in jsonl.yml")),
        ("jsonl", book(), ("an Excel workbook (.xlsx)", "`kind: xlsx` under `format` in jsonl.yml")),
    ],
)
def test_a_list_in_another_format_is_named(
    sources: None, home: Path, source: str, data: bytes, says: tuple[str, ...]
) -> None:
    said = refused(home, source, data)
    assert [words for words in says if words not in said] == [], said


@pytest.mark.parametrize(("source", "data"), [("small", TABLE.encode()), ("xlsx", book()), ("jsonl", lines())])
def test_a_list_of_its_own_format_is_read_whatever_its_file_is_called(
    sources: None, home: Path, source: str, data: bytes
) -> None:
    path = home / "list.pdf"
    path.write_bytes(data)
    assert sync.run(source, file=path, now=NOW).drafts == 10


@pytest.mark.parametrize(
    ("delimiter", "says", "written"),
    [(";", "a semicolon ( ; )", ";"), ("\t", "a tab", "\\t"), ("|", "a bar ( | )", "|")],
)
def test_another_delimiter_is_named_and_the_way_it_is_told_works(
    home: Path, delimiter: str, says: str, written: str
) -> None:
    data = TABLE.replace(",", delimiter).encode()
    own = home / "sources" / "small.yml"
    own.write_text(SOURCE.replace("kind: csv", 'kind: csv, delimiter: ","'), encoding="utf-8")
    said = refused(home, "small", data)
    assert f"the columns are separated by {says}, and Small list names a comma ( , )" in said
    assert f'`delimiter: "{written}"` under `format` in small.yml' in said and "save it as CSV with a comma" in said
    own.write_text(SOURCE.replace("kind: csv", f'kind: csv, delimiter: "{written}"'), encoding="utf-8")
    report: RunReport = sync.run("small", file=home / "list.csv", now=NOW)
    assert report.drafts == 10
    assert "separated by a comma" in refused_beside(home)


def refused_beside(home: Path) -> str:
    (home / "list.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(ListError) as caught:
        sync.run("small", file=home / "list.csv", now=NOW)
    return str(caught.value)


@pytest.mark.parametrize("heading", ["Name;Other;Third", HEADINGS.replace("Phone", "Telephone;Fax")])
def test_other_headings_stay_other_headings(home: Path, heading: str) -> None:
    said = refused(home, "small", "\n".join([heading, *ROWS]).encode())
    assert "the headings are not those of Small list" in said
