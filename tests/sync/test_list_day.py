"""Which day a list bears, and that a doubtful one is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from directory import sync
from directory.cli import main
from directory.errors import ListError

from .conftest import HEADINGS, NOW, ROWS

OLD = date(2026, 11, 1)
NAMES = [
    ("list.csv", OLD, "from small.yml"),
    ("roster_2026-11-15.csv", date(2026, 11, 15), "file name"),
    ("Roster October 2026.csv", date(2026, 10, 1), "only the month"),
    ("Roster November 2026.csv", OLD, "from small.yml"),
    ("roster 10-05-2026.csv", date(2026, 10, 5), "file name"),
    ("roster_2027-01-01.csv", OLD, "from small.yml"),
]


@pytest.mark.parametrize(("name", "day", "why"), NAMES, ids=[name for name, _, _ in NAMES])
def test_the_day_of_a_list(home: Path, name: str, day: date, why: str) -> None:
    (home / name).write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    report = sync.run("small", file=home / name, now=NOW)
    assert report.as_of == day and why in report.to_text()


def test_the_next_list_without_a_day_is_told_and_not_called_newer(home: Path) -> None:
    path = home / "list.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    assert "earlier list" not in sync.run("small", file=path, now=NOW).to_text()
    path.write_text("\n".join([HEADINGS, *ROWS[:9]]), encoding="utf-8")
    told = sync.run("small", file=path, now=NOW)
    assert told.as_of == OLD and "--as-of" in told.to_text()
    said = sync.run("small", file=path, as_of=date(2026, 11, 20), now=NOW)
    assert said.as_of == date(2026, 11, 20) and "as you said" in said.to_text()
    again = sync.run("small", file=path, now=NOW)
    assert again.unchanged, "the same bytes keep the day that was said"


def test_a_day_that_has_not_come_is_refused(home: Path) -> None:
    path = home / "list.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    with pytest.raises(ListError, match="has not come yet"):
        sync.run("small", file=path, as_of=date(2027, 1, 1), now=NOW)


def test_a_day_of_an_earlier_list_is_told_beside_the_list_until_somebody_says_the_day(home: Path) -> None:
    path = home / "list.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]), encoding="utf-8")
    sync.run("small", file=path, now=NOW)
    sync.run("small", file=path, now=NOW)
    assert "earlier list" not in told_of_lists()
    path.write_text("\n".join([HEADINGS, *ROWS[:9]]), encoding="utf-8")
    sync.run("small", file=path, now=NOW)
    assert told_of_lists().count("day of an earlier list: say --as-of") == 2
    sync.run("small", file=path, as_of=date(2026, 11, 20), now=NOW)
    assert "earlier list" not in told_of_lists()


def told_of_lists() -> str:
    """What `puente status` and `puente source list` print."""
    return "".join(CliRunner().invoke(main, words).output for words in (["status"], ["source", "list"]))
