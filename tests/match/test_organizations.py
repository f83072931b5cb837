"""Organizations come from the names of lists; what people write of them is never overwritten."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.sync.match import organizations

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


def take(work: sqlite3.Connection, source: str, *rows: tuple[str, str | None, str]) -> None:
    """Stages rows (organization, NPI, listing) of a list and takes up their organizations."""
    for number, (name, npi, listing) in enumerate(rows):
        key = f"{source}{number}{name}{npi}"
        draft = {"organization": name, "name": name, **({"npi": npi} if npi else {})}
        work.execute(
            """INSERT INTO staged (source_id, row_id, raw_sha256, line, draft, problems, refused, first_on, changed_on)
               VALUES (?, ?, '', 1, ?, '[]', 0, '', '')""",
            (source, key, json.dumps(draft)),
        )
        outcome = "new" if listing.startswith(source) else "same"
        work.execute(
            """INSERT INTO link (source_id, row_id, listing_id, outcome, reasons, since)
               VALUES (?, ?, ?, ?, '[]', '')""",
            (source, key, listing, outcome),
        )
    organizations.update(work, source, NOW)


def grouped(work: sqlite3.Connection) -> set[tuple[str, ...]]:
    return {tuple(name for _, name in found.names) for found in organizations.all(work)}


def test_one_name_of_one_list_is_one_organization(work: sqlite3.Connection) -> None:
    take(work, "a", ("Mesa Food Bank", None, "a:1"), ("Mesa Food Bank", None, "a:2"), ("Olivo Clinic", None, "a:3"))
    take(work, "b", ("Mesa Food Bank", None, "b:1"))
    assert sorted(found.name for found in organizations.all(work)) == [
        "Mesa Food Bank", "Mesa Food Bank", "Olivo Clinic"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "ours", "together"),
    [
        (("Mesa Food Bank", None, "a:1"), ("MESA FOOD BANK, INC.", None, "a:1"), True),  # one place, one name
        (("Mesa Food Bank", None, "a:1"), ("MESA FOOD BANK, INC.", None, "b:1"), False),  # a name alone is none
        (("Mesa Food Bank", None, "a:1"), ("Olivo Clinic", None, "a:1"), False),
        (("Mesa Food Bank", "7", "a:1"), ("Olivo Clinic", "7", "b:1"), True),
        (("Mesa Food Bank", "7", "a:1"), ("Olivo Clinic", "8", "b:1"), False),
    ],
)
def test_names_of_two_lists(
    work: sqlite3.Connection, theirs: tuple[str, str | None, str], ours: tuple[str, str | None, str], together: bool
) -> None:
    take(work, "a", theirs)
    take(work, "b", ours)
    assert ((theirs[0], ours[0]) in grouped(work)) == together
    assert len(organizations.all(work)) == (1 if together else 2)


def test_an_npi_that_differs_between_sites_is_that_of_none(work: sqlite3.Connection) -> None:
    take(work, "a", ("Mesa Food Bank", "7", "a:1"), ("Mesa Food Bank", "8", "a:2"))
    assert organizations.all(work)[0].npi is None


def test_what_people_wrote_stays(work: sqlite3.Connection) -> None:
    take(work, "a", ("Mesa Food Bank", None, "a:1"))
    take(work, "b", ("Olivo Clinic", None, "b:1"))
    mine = organizations.find(work, "b", "Olivo Clinic") or ""
    assert organizations.describe(work, mine, owner="Ana", partnership="referral agreement")
    assert organizations.describe(work, mine, owner="", note="asks for a call first")
    take(work, "b", ("Mesa Food Bank", "7", "a:1"))
    take(work, "a", ("Mesa Food Bank", "7", "a:1"))
    found = next(item for item in organizations.all(work) if item.id == mine)
    assert (found.owner, found.partnership, found.note) == (None, "referral agreement", "asks for a call first")


def test_two_that_people_wrote_of_stay_two_and_else_the_written_one_is_kept(work: sqlite3.Connection) -> None:
    take(work, "a", ("Mesa Food Bank", None, "a:1"), ("Olivo Clinic", None, "a:2"))
    take(work, "b", ("Mesa Pantry", None, "b:1"), ("Olivo Health", None, "b:2"))
    ids = {name: organizations.find(work, source, name) or "" for source, name in (
        ("a", "Mesa Food Bank"), ("b", "Mesa Pantry"), ("b", "Olivo Health"))}  # fmt: skip
    for id in ids.values():
        organizations.describe(work, id, note="ours")
    work.execute("UPDATE organization SET npi = '7' WHERE name LIKE 'Mesa%'")
    work.execute("UPDATE organization SET npi = '8' WHERE name LIKE 'Olivo%'")
    organizations.update(work, "b", NOW)
    assert {found.id for found in organizations.all(work)} == set(ids.values())
    assert organizations.find(work, "a", "Olivo Clinic") == ids["Olivo Health"]


def test_nobody_is_described_who_is_not_there(work: sqlite3.Connection) -> None:
    assert not organizations.describe(work, "a:nobody", note="x")
    assert organizations.find(work, "a", "Nobody") is None
