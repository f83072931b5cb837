"""What the report of a run says of the places that came, changed and went."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from directory import sync
from directory.commands import refresh as cli
from directory.model import Listing
from directory.sync import changes

from .conftest import HEADINGS, NOW, ROWS, Sync

MORE = tuple(f"{n},Pantry {n},food_bank,Fresno,{n} Kite Row,Fresno,93701,559-555-01{n:02d}," for n in range(11, 31))
NEW_PHONE = ROWS[0].replace("559-555-0101", "559-555-0199 ext. 4").replace("1 Kite Row", "1 Heron Row")


def lines(text: str, heading: str) -> list[str]:
    """What stands under a heading of the report, up to the next empty line."""
    return text.partition(f"\n{heading}")[2].partition("\n\n")[0].splitlines()[1:]


def test_a_person_reads_what_changed_by_name_and_id(refresh: Sync) -> None:
    refresh(*ROWS, *MORE)
    text = refresh(NEW_PHONE, *ROWS[1:], *MORE[:-1], MORE[-1].replace("30,Pantry 30", "40,Amber Table")).to_text()
    assert "New: 1. Changed: 1. No longer listed: 1." in text and "WARNING" not in text
    assert lines(text, "New (1):") == ["  Amber Table  (small:40)"]
    assert lines(text, "Changed (1):") == [
        "  Pantry 1  (small:1)",
        "      address: 1 Kite Row, Fresno, 93701 -> 1 Heron Row, Fresno, 93701",
        "      phones: 559-555-0101 -> 559-555-0199 ext. 4",
    ]
    assert lines(text, "No longer listed (1):") == ["  Pantry 30  (small:30)"]


def test_ten_of_each_are_named_and_json_names_all(refresh: Sync) -> None:
    refresh(*ROWS, *MORE)
    report = refresh(*(row.replace("Pantry", "Larder") for row in ROWS), *MORE[:8], *MORE[12:], dry_run=True)
    said = lines(report.to_text(), "Changed (10):")
    assert said[:2] == ["  Larder 1  (small:1)", "      organization: Pantry 1 -> Larder 1"]
    first = sync.run("small", file=_file(refresh, *ROWS, *MORE, *(_other(n) for n in range(50, 65))), now=NOW)
    said = lines(first.to_text(), "New (15):")
    assert len(said) == 11 and said[-1] == "  and 5 more (--json names them all)"
    plain = first.to_json()["places"]
    assert isinstance(plain, dict) and [item["id"] for item in plain["new"]] == [f"small:{n}" for n in range(50, 65)]


def _other(number: int) -> str:
    return f"{number},Tin {number},food_bank,Fresno,{number} Elm Row,Fresno,93701,559-555-0150,"


def _file(refresh: Sync, *rows: str) -> Path:
    from directory import store

    path = store.home() / "next.csv"
    path.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(("left", "warns"), [(29, False), (27, False), (26, True), (22, True)])
@pytest.mark.parametrize("dry_run", [False, True])
def test_more_than_a_tenth_gone_is_a_warning_in_every_kind_of_run(
    refresh: Sync, left: int, warns: bool, dry_run: bool
) -> None:
    refresh(*ROWS, *MORE)
    report = refresh(*[*ROWS, *MORE][:left], dry_run=dry_run)
    assert ("WARNING: " in report.to_text()) is warns
    assert (report.to_json()["warning"] is not None) is warns
    gone = 30 - left
    assert f"No longer listed ({gone}):" in report.to_text()
    if warns:
        assert f"{gone} of the 30 places of last time ({gone / 30:.0%})" in report.to_text()


def test_the_brake_names_some_and_says_how_to_see_all(refresh: Sync, home: Path) -> None:
    refresh(*ROWS)
    group = click.Group("puente")
    cli.register(group)
    path = _file(refresh, *ROWS[:2])
    stopped = CliRunner().invoke(group, ["sync", "small", "--file", str(path)])
    assert stopped.exit_code == 1 and "Pantry 3; Pantry 4; Pantry 5" in stopped.output
    words = ["sync", "small", "--file", str(path), "--dry-run", "--accept-gone", "--json"]
    plain = json.loads(CliRunner().invoke(group, words).output)
    assert [item["name"] for item in plain["places"]["gone"]] == [f"Pantry {n}" for n in range(3, 11)]
    assert plain["places"]["before"] == 10 and "8 of the 10 places" in plain["warning"]


LONG = "Boxes of food for families in all of the county, given out by volunteers in the hall behind the church, "
MIXED = """
id: mixed
title: Mixed list
as_of: 2026-11-01
format: {kind: csv}
row_id: {column: Number}
columns:
  organization: Name
  programs: Program
  counties: Counties
  address_1: Street
  phones: Phone
  confidential: Private
  description: About
  hours_text: Hours
"""
MIXED_HEADINGS = "Number,Name,Program,Counties,Street,Phone,Private,About,Hours"


def mixed(home: Path, row: str, name: str = "mixed") -> sync.RunReport:
    (home / "sources" / f"{name}.yml").write_text(MIXED.replace("id: mixed", f"id: {name}"), encoding="utf-8")
    path = home / f"{name}.csv"
    path.write_text(f"{MIXED_HEADINGS}\n{row}\n", encoding="utf-8")
    return sync.run(name, file=path, now=NOW)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (",", ",Mon-Fri 9-5", "hours: (nothing) -> Mon-Fri 9-5"),
        (",Mon-Fri 9-5", ",Mon-Fri 9-4", "hours: Mon-Fri 9-5 -> Mon-Fri 9-4"),
        (
            f'"{LONG}on Mondays.",',
            f'"{LONG}on Tuesdays.",',
            "description: … behind the church, on Mondays. -> … behind the church, on Tuesdays.",
        ),
    ],
)
def test_a_field_is_told_as_a_person_reads_it(home: Path, before: str, after: str, says: str) -> None:
    start = "1,Amber House,liheap,Fresno,9 Kite Row,559-555-0101,,"
    mixed(home, start + before)
    report = mixed(home, start + after)
    assert lines(report.to_text(), "Changed (1):") == ["  Amber House  (mixed:1)", f"      {says}"]


@pytest.mark.parametrize(("before", "after"), [("Y", ""), ("", "Y"), ("Y", "Y")])
def test_of_a_confidential_place_the_fields_are_named_and_no_value(home: Path, before: str, after: str) -> None:
    mixed(home, f"1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,{before},Beds.,")
    report = mixed(home, f"1,Amber House,emergency_shelter,Fresno,7 Heron Row,559-555-0102,{after},Rooms.,")
    both = json.dumps(report.to_json()) + report.to_text()
    assert not [word for word in ("Kite", "Heron", "555-01", "+1559", "Beds", "Rooms") if word in both]
    assert "confidential, so values are not shown; changed: " in report.to_text() and "phones" in both


def test_a_place_that_another_list_calls_a_refuge_is_told_like_one(home: Path) -> None:
    mixed(home, "1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,Y,,", name="secret")
    mixed(home, "1,Amber House,liheap,Fresno,9 Kite Row,559-555-0101,,,")
    report = mixed(home, "1,Amber House,liheap,Fresno,8 Elm Row,559-555-0101,,,")
    both = json.dumps(report.to_json()) + report.to_text()
    assert "Kite" not in both and "(mixed:1)" in both


def test_every_field_of_a_listing_has_a_word_for_people_and_the_word_leads_back() -> None:
    names = [item.name for item in dataclasses.fields(Listing) if item.name != "id"]
    words = {name: changes.word(name) for name in names}
    assert not [word for word in words.values() if "_" in word]
    derived = {"schedule", "latitude", "longitude", "reach"}
    assert {name: changes.field_of(word) for name, word in words.items() if name not in derived} == {
        name: name for name in names if name not in derived
    }
    assert changes.field_of("hours_text") == "hours_text"
