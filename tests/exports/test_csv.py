"""CSV out: what a spreadsheet shows, and never runs."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from directory import store
from directory.exports import as_csv
from directory.exports.as_csv import harmless
from directory.model import Listing, Phone, PhoneKind
from directory.sync import fields
from directory.sync.source import load

RUN = re.compile(r"[\s\u00a0\u3000]*[=+\-@\t\r＝＋－＠]")


def written(found: list[Listing], phones: int = 3) -> bytes:
    with store.open_directory() as connection:
        sources = {item.id: item for item in store.sources(connection)}
    file = io.BytesIO()
    as_csv.write(file, found, sources, phones=phones)
    return file.getvalue()


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-2", "@SUM(A1)", "\tx", "\rx", "  =1", "\u00a0=1", "\u3000@x"),
        *("＝1+1", "＋1", "－1", "＠x", "\n=1", "%0A=1"),
    ],
)
def test_what_a_sheet_would_run_is_a_text(text: str) -> None:
    assert not RUN.match(harmless(text))
    assert fields.clean(harmless(text)) == fields.clean(text)


@pytest.mark.parametrize("text", ["", "Food", "209-555-0101", "1-800-555-0101", "(call)", "ñ", "a=b", "10%"])
def test_any_other_text_stays(text: str) -> None:
    assert harmless(text) == text


def test_no_cell_of_the_demo_runs(demo: list[Listing]) -> None:
    table = cells(written(demo))
    assert len(table) == len(demo) + 1
    assert not [cell for row in table for cell in row if RUN.match(cell)]
    assert {len(row) for row in table} == {len(table[0])}


def test_excel_reads_it_as_it_is_meant(demo: list[Listing]) -> None:
    data = written(demo[:3])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 4


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        (Phone("+12095550123"), "209-555-0123"),
        (Phone("+12095550123", "007", PhoneKind.FAX), "Fax: 209-555-0123 ext. 007"),
        (Phone("711", kind=PhoneKind.TTY), "TTY: 711"),
        (Phone("+526641234567"), "Tel: +52 664 123 4567"),
    ],
)
def test_a_phone_can_be_read(phone: Phone, shown: str, demo: list[Listing]) -> None:
    table = cells(written([replace(demo[0], phones=(phone,))], phones=1))
    assert dict(zip(*table, strict=True))["Phone 1"] == shown


def test_several_values_are_joined_and_named(demo: list[Listing]) -> None:
    listing = next(item for item in demo if len(item.counties) > 1 and len(item.plans) > 1 and item.programs)
    row = dict(zip(*cells(written([listing])), strict=True))
    assert row["Counties Served"] == "; ".join(listing.counties)
    assert row["Plans"].count("; ") == len(listing.plans) - 1
    assert row["List"].startswith("Demo")
    assert row["Attribution"] == "Puente"


def test_the_source_that_ships_knows_every_heading() -> None:
    source = load("puente_csv")
    assert set(as_csv.headings(as_csv.MOST_PHONES)) <= source.known
    assert source.required <= set(as_csv.headings(1))
