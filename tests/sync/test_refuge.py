"""A refuge takes its address from whatever stands at its door, and from what it was before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory import store, sync
from directory.sync import stage
from directory.sync.problems import Code

from .conftest import NOW

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
"""


@pytest.mark.parametrize(
    ("refuge", "others", "hidden"),
    [
        ("1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,Y,", 6, 7),
        ("1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,,A shelter for battered women.", 1, 2),
        ("1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,,A shelter for battered women.", 3, 1),
        ("1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,N,Beds for families.", 3, 0),
    ],
)
def test_what_stands_at_the_door_of_a_refuge_loses_its_address_too(
    home: Path, refuge: str, others: int, hidden: int
) -> None:
    (home / "sources" / "mixed.yml").write_text(MIXED, encoding="utf-8")
    path = home / "mixed.csv"
    rows = [f"{n},Amber House,liheap,Fresno,9 Kite Row,559-555-0101,," for n in range(2, others + 2)]
    far = "90,Copper Mill,liheap,Fresno,9 Kite Row,559-555-0109,,"
    path.write_text("\n".join(["Number,Name,Program,Counties,Street,Phone,Private,About", *rows, far]), "utf-8")
    sync.run("mixed", file=path, now=NOW)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + refuge)
    report = sync.run("mixed", file=path, now=NOW)
    assert report.counts.get(Code.ADDRESS_WITHHELD, 0) == hidden
    with stage.open_work() as work:
        drafts = {row_id: row.draft or "" for row_id, row in stage.staged(work, "mixed").items()}
    assert sum("9 Kite Row" not in draft for draft in drafts.values()) == hidden
    assert "9 Kite Row" in drafts["90"]


def test_a_row_that_becomes_confidential_tells_its_old_address_to_nobody(home: Path) -> None:
    (home / "sources" / "mixed.yml").write_text(MIXED, encoding="utf-8")
    path = home / "mixed.csv"
    for private in ("", "Y"):
        row = f"1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,{private},At 9 Kite Row."
        path.write_text(f"Number,Name,Program,Counties,Street,Phone,Private,About\n{row}\n", "utf-8")
        report = sync.run("mixed", file=path, now=NOW)
    assert {change.field for change in report.changed} >= {"address", "confidential"}
    assert "Kite" not in json.dumps(report.to_json()) + report.to_text()


def test_a_refuge_in_one_list_is_hidden_in_the_other(home: Path) -> None:
    headings = "Number,Name,Program,Counties,Street,Phone,Private,About"
    for name, private in (("mixed", "Y"), ("other", "")):
        (home / "sources" / f"{name}.yml").write_text(MIXED.replace("id: mixed", f"id: {name}"), "utf-8")
        path = home / f"{name}.csv"
        rows = (
            f"1,Amber House,emergency_shelter,Fresno,9 Kite Row,559-555-0101,{private},",
            "2,Tin,liheap,Fresno,9 Kite Row,559-555-0102,,",
        )
        path.write_text("\n".join([headings, *rows]), "utf-8")
        sync.run(name, file=path, now=NOW)
    assert sync.publish(NOW).confidential >= 1
    with store.open_directory() as connection:
        streets = set(map(tuple, connection.execute("SELECT organization, address_1 FROM listing")))
    assert streets == {("Amber House", None), ("Tin", "9 Kite Row")}
