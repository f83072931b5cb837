"""Where a confidential place is stands in no file that people get and on no screen, whatever happened before."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory.cli import main

from .conftest import HEADINGS, ROWS, SOURCE

WORDS = ("Quetzalwood", "Clovis", "93612")
COLUMNS = f"{HEADINGS},Notes,Private"
PLACE = '{},Luna House,food_bank,Fresno,417 Quetzalwood Ave,Clovis,93612,559-555-0177,2026-10-20,"{}",{}'
OPEN = PLACE.format(1, "Come to 417 Quetzalwood Ave", "")
HIDDEN = PLACE.format(1, "Come to 417 Quetzalwood Ave", "yes")
NEARBY = PLACE.format(77, "We are near Quetzalwood, behind the park", "yes")
OTHERS = [f"{row},," for row in ROWS[1:]]
READ = (
    ("diff",), ("history",), ("show", "a:1"), ("status",), ("review",), ("organization", "list"), ("decisions",),
    ("search", "--need", "food", "--near", "Fresno County"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def sources(home: Path) -> None:
    for name in "ab":
        text = SOURCE.replace("id: small", f"id: {name}") + "  description: Notes\n  confidential: Private\n"
        (home / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.output


def take(home: Path, name: str, *rows: str) -> str:
    path = home / f"{name}.csv"
    path.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
    return run("sync", name, "--file", path, "--json", "--accept-gone")


def told(text: str | bytes) -> list[str]:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [word for word in WORDS if word.casefold() in plain.casefold()]


def exported(home: Path) -> bytes:
    """Every export, unpacked."""
    run("export", "--format", "csv", "--output", home / "out.csv", "--force")
    run("export", "--format", "hsds", "--output", home / "out.json", "--force")
    run("export", "--format", "hsds", "--tabular", "--output", home / "out.zip", "--force")
    with zipfile.ZipFile(home / "out.zip") as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return b"".join([(home / "out.csv").read_bytes(), (home / "out.json").read_bytes(), *parts])


def assert_nowhere(home: Path) -> None:
    """Not in the directory's bytes, the last report, an export, or what any command prints."""
    assert not told((home / "directory.db").read_bytes())
    newest = max(path.stem for path in (home / "reports").iterdir())
    assert not [path.name for path in (home / "reports").glob(f"{newest}.*") if told(path.read_bytes())]
    assert not told(exported(home))
    printed = [(command, run(*command, *more)) for command in READ for more in ((), ("--json",))]
    assert not [command for command, text in printed if told(text)]


def test_a_place_that_becomes_confidential_is_gone_from_every_byte(home: Path) -> None:
    take(home, "a", OPEN, *OTHERS)
    run("publish")
    assert told((home / "directory.db").read_bytes()) == list(WORDS)
    assert not told(take(home, "a", HIDDEN, *OTHERS)) and not told(run("diff", "--json"))
    run("publish")
    assert_nowhere(home)
    assert "confidential by now" in run("undo")
    assert_nowhere(home)


def test_so_is_one_that_nobody_could_reach_without_its_address(home: Path) -> None:
    take(home, "a", OPEN.replace("559-555-0177", ""), *OTHERS)
    run("publish")
    take(home, "a", HIDDEN.replace("559-555-0177", ""), *OTHERS)
    run("publish")
    assert "a:1 is shown to nobody" in run("show", "a:1")
    assert_nowhere(home)


def test_one_that_nobody_is_shown_hides_what_stands_at_its_door(home: Path) -> None:
    nothing_but_an_address = HIDDEN.replace("559-555-0177", "")
    beside = OPEN.replace("1,Luna House", "2,Luna House").replace("Come to 417 Quetzalwood Ave", "")
    assert "nothing_to_tell" in take(home, "a", nothing_but_an_address, beside, *OTHERS[1:])
    take(home, "b", beside)
    run("publish")
    assert "a:1 is shown to nobody" in run("show", "a:1") or "No published" in run("show", "a:1")
    assert not told((home / "directory.db").read_bytes())
    assert not told(exported(home))


def test_a_place_that_another_list_calls_confidential_is_hidden_with_its_street(home: Path) -> None:
    take(home, "a", OPEN, *OTHERS)
    run("publish")
    take(home, "b", NEARBY)
    run("publish")
    assert_nowhere(home)
    moved = take(home, "a", OPEN.replace("417", "419"), *OTHERS)
    assert '"id": "a:1"' in moved and not told(moved)


@pytest.mark.parametrize("field", ["address", "description", "hours_text"])
def test_what_was_decided_of_it_before_does_not_tell_it(home: Path, field: str) -> None:
    take(home, "a", OPEN, *OTHERS)
    run("decide", "a:1", "keep", "--field", field, "--from", "a", "--why", "called")
    run("notice", "a:1", "Today at 417 Quetzalwood Ave in Clovis")
    take(home, "b", NEARBY)
    run("publish")
    assert_nowhere(home)


def test_its_address_cannot_be_kept_by_a_decision(home: Path) -> None:
    take(home, "a", OPEN, *OTHERS)
    take(home, "b", NEARBY)
    said = run("decide", "a:1", "keep", "--field", "address", "--from", "a", "--why", "called")
    assert "is confidential: its address is shown to nobody" in said and not told(said)


@pytest.mark.parametrize(
    "change", [("--street", "418 Quetzalwood Ave", "--city", "Clovis"), ("--confidential", "no"), ("--cost", "Free")]
)
@pytest.mark.parametrize("stays", [True, False], ids=["on its list", "off its list"])
def test_nobody_shows_it_by_hand(home: Path, change: tuple[str, ...], stays: bool) -> None:
    take(home, "a", HIDDEN, *OTHERS)
    assert not told(run("edit", "a:1", *change))
    if not stays:
        take(home, "a", *OTHERS)
    run("publish", "--accept-gone")
    assert "Luna House" in run("show", "a:1")
    assert_nowhere(home)


def test_it_is_hidden_by_hand(home: Path) -> None:
    take(home, "a", OPEN, *OTHERS)
    run("publish")
    assert not told(run("edit", "a:1", "--confidential", "yes"))
    run("publish")
    assert_nowhere(home)


def test_side_by_side_with_an_open_row_neither_is_told(home: Path) -> None:
    take(home, "a", HIDDEN, *OTHERS)
    take(home, "b", PLACE.format(9, "Come to 417 Quetzalwood Ave", "").replace("Luna House", "Luna House Annex"))
    assert '"row": "b:9"' in run("review", "--json") and not told(run("review", "--json"))
    assert not told(run("review", "show", "b:9", "--json"))
