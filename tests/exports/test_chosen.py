"""Which places are given out: in parts, and never one that is suspended."""

from __future__ import annotations

import io
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from directory import store
from directory.exports import Choice, Order, export
from directory.exports.chosen import listings
from directory.model import Listing, Need, Phone, Provenance

TODAY = date(2026, 11, 21)


def place(number: int, suspended_until: date | None = None) -> Listing:
    made = Provenance("made", str(number), "Made up")
    return Listing(
        f"made:{number}", f"Pantry {number:04}", f"Pantry {number:04}", made, needs=(Need.FOOD,), counties=("Fresno",),
        phones=(Phone("+15595550101"),), suspended_until=suspended_until,
    )  # fmt: skip


def publish(home: Path, *found: Listing) -> None:
    store.write_directory(
        home / "directory.db", records=found, sources=[store.SourceRecord("made", "Made up")], publication="p",
        published_at=datetime(2026, 11, 21, tzinfo=timezone.utc),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    return tmp_path


def test_what_is_suspended_is_not_given_out(home: Path) -> None:
    publish(home, place(1), place(2, TODAY), place(3, date(2026, 11, 20)))
    file = io.BytesIO()
    assert export(Order("csv", Choice(TODAY)), file).listings == 2
    assert b"Pantry 0001" in file.getvalue()
    assert b"Pantry 0002" not in file.getvalue()


def test_every_part_follows_the_one_before(home: Path) -> None:
    publish(home, *(place(number) for number in range(1001)))
    with store.open_directory() as connection:
        found = [listing.name for listing in listings(connection, Choice(TODAY, Need.FOOD, "Fresno", "made"))]
    assert found == [f"Pantry {number:04}" for number in range(1001)]


def test_nothing_that_fits_is_an_empty_list(home: Path) -> None:
    publish(home, place(1))
    file = io.BytesIO()
    assert export(Order("hsds", Choice(TODAY, county="Kern")), file).listings == 0
    assert file.getvalue() == b"[\n]\n"
