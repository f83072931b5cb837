"""Two rows of one list that seem to be one place: told at sync, kept apart, and joined by a person only."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory import store, sync
from directory.sync import RunReport, review, stage

from .conftest import NOW

SOURCE = """
id: twice
title: Twice
as_of: 2026-11-01
format: {kind: csv}
row_id: {hash: [Name, Street, Hours]}
columns:
  organization: Name
  programs: Program
  counties: Counties
  address_1: Street
  city: City
  postal_code: ZIP
  phones: Phone
  hours_text: Hours
  eligibility_text: For
"""
HEADINGS = "Name,Program,Counties,Street,City,ZIP,Phone,Hours,For"
FIRST = "Old Mill Pantry,food_bank,Merced,437 S 1st,Merced,95340,209-555-0101,Mon 9-5,"
SECOND = "Old Mill Pantry,food_bank,Merced,437 S. 1st Street,Merced,95340,209-555-0101,Mon 9-5,"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "twice.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def read(home: Path, *rows: str) -> RunReport:
    path = home / "twice.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return sync.run("twice", file=path, now=NOW)


def waiting() -> list[tuple[str, list[str]]]:
    with stage.open_work() as work:
        return [(item.id, [one.listing_id for one in item.candidates]) for item in review.waiting(work)]


def published() -> int:
    sync.publish(now=NOW, accept_gone=True)
    with store.open_directory() as connection:
        return int(connection.execute("SELECT count(*) FROM listing").fetchone()[0])


def test_a_row_written_twice_is_told_and_stays_two_until_a_person_joins_it(home: Path) -> None:
    report = read(home, FIRST, SECOND)
    assert "Perhaps the same place; somebody has to decide (1):" in report.to_text()
    [(row, [listing])] = waiting()
    assert row != listing and {row.split(":")[0], listing.split(":")[0]} == {"twice"}
    assert published() == 2
    with stage.open_work() as work:
        review.together(work, row, listing, who="Ana", why="the same door", now=NOW)
    assert (waiting(), published()) == ([], 1)
    read(home, FIRST, SECOND, FIRST.replace("437 S 1st", "12 Kite Row").replace("0101", "0109"))
    assert (waiting(), published()) == ([], 2)


def test_who_decided_that_they_are_two_is_not_asked_again(home: Path) -> None:
    read(home, FIRST, SECOND)
    [(row, [listing])] = waiting()
    with stage.open_work() as work:
        review.apart(work, row, listing, who="Ana", why="two doors", now=NOW)
    read(home, FIRST, SECOND, FIRST.replace("437 S 1st", "12 Kite Row").replace("0101", "0109"))
    assert waiting() == []


def test_a_row_that_comes_later_is_the_one_in_doubt(home: Path) -> None:
    read(home, FIRST)
    first = sync_rows()
    read(home, SECOND, FIRST)
    [(row, listings)] = waiting()
    assert listings == first and row not in first


def sync_rows() -> list[str]:
    with stage.open_work() as work:
        return list(stage.links(work, "twice").values())


@pytest.mark.parametrize(
    "other",
    [
        SECOND.replace("437 S. 1st Street", "437 N. 1st Street"),
        SECOND.replace("437 S. 1st Street", "1200 Lantern Row"),
        SECOND.replace("Mon 9-5", "Tue 9-5"),
        SECOND.replace("0101", "0102"),
        SECOND.replace("food_bank", "emergency_shelter"),
        SECOND.replace("Old Mill Pantry", "Kite Legal Aid"),
        SECOND + "Women only",
    ],
)
def test_rows_that_differ_in_what_matters_are_no_question(home: Path, other: str) -> None:
    report = read(home, FIRST + "Men only" if other.endswith("only") else FIRST, other)
    assert report.drafts == 2 and waiting() == []
