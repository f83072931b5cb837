"""The last good notes stay, in a process that runs and in one that starts; what is written counts at once."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from directory.eligibility import rules
from directory.errors import RulesError
from directory.overlay import keeping
from directory.overlay.writing import record

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
GOOD = "- {who: Ana, on: 2026-11-22, source: a letter, checked: ['table:wic_185_month']}\n"
BAD = "- {who: Ana Secret, checked: }\n"
ENTRY = {"who": "Ana", "on": TODAY, "source": "a letter", "checked": ["table:wic_185_month"]}


def checked() -> bool:
    """Whether the note counts now."""
    keeping.look_again()
    return rules.tables()["wic_185_month"].values[0].basis.status == "verified"


def started() -> bool:
    """Whether it counts for a process that starts now."""
    keeping.forget()
    return checked()


def test_without_notes_what_ships_stands_and_nothing_is_made(home: Path) -> None:
    assert not checked()
    assert not list(home.iterdir())
    assert rules.overlay() is keeping.NOTHING


def test_what_is_written_counts_without_a_restart(home: Path) -> None:
    assert not checked()
    before = rules.everything()
    (home / "overlay.yml").write_text(GOOD, "utf-8")
    assert checked()
    assert rules.everything() is not before
    assert rules.everything() is rules.everything()
    (home / "overlay.yml").write_text("[]\n", "utf-8")
    assert not checked()


def test_the_file_is_looked_at_only_every_few_seconds(home: Path) -> None:
    assert not checked()
    (home / "overlay.yml").write_text(GOOD, "utf-8")
    assert rules.tables()["wic_185_month"].values[0].basis.status != "verified"
    assert checked()


@pytest.mark.parametrize("harm", ["broken", "emptied", "gone", "locked", "a pipe"])
def test_the_last_good_notes_stay(harm: str, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = home / "overlay.yml"
    file.write_text(GOOD, "utf-8")
    assert checked()
    assert (home / "overlay.last-good.yml").read_text("utf-8") == GOOD
    _harm(file, harm)
    with caplog.at_level(logging.WARNING):
        assert checked()
        assert checked()
    assert len(caplog.records) == 1
    assert "Secret" not in caplog.text
    assert str(file) in str(rules.overlay().trouble)
    assert started()
    assert str(file) in str(rules.overlay().trouble)
    with pytest.raises(RulesError, match=r"overlay\.yml"):
        record([ENTRY], today=TODAY)
    _mend(file)
    assert checked()
    assert rules.overlay().trouble is None


@pytest.mark.parametrize("harm", ["broken", "emptied", "gone", "locked"])
def test_a_running_process_keeps_what_it_had_without_the_copy(harm: str, home: Path) -> None:
    file = home / "overlay.yml"
    file.write_text(GOOD, "utf-8")
    assert checked()
    (home / "overlay.last-good.yml").unlink()
    _harm(file, harm)
    assert checked()
    assert str(file) in str(rules.overlay().trouble)


def _harm(file: Path, harm: str) -> None:
    if harm == "gone":
        file.unlink()
    elif harm == "a pipe":  # whoever opens it waits for ever
        file.unlink()
        os.mkfifo(file)
    elif harm == "locked":
        file.unlink()
        file.mkdir()
    else:
        file.write_text(BAD if harm == "broken" else "", "utf-8")


def _mend(file: Path) -> None:
    if file.is_dir():
        file.rmdir()
    file.unlink(missing_ok=True)
    file.write_text(GOOD, "utf-8")


def test_a_bad_file_without_a_good_one_is_told_and_what_ships_stands(home: Path) -> None:
    (home / "overlay.yml").write_text(BAD, "utf-8")
    assert not started()
    assert "There is no last good copy" in str(rules.overlay().trouble)


def test_a_hand_edited_file_keeps_its_remarks(home: Path) -> None:
    by_hand = (
        "# Ours.\n\n  - who: Eva   # on the phone\n    on: 2026-11-21\n    source: x\n    checked: ['table:fpl']\n"
    )
    (home / "overlay.yml").write_text(by_hand, "utf-8")
    (note,) = record([ENTRY], today=TODAY)
    assert note.number == 2
    assert (home / "overlay.yml").read_text("utf-8").startswith(by_hand)
    assert checked()
    assert len(rules.overlay().notes) == 2


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({**ENTRY, "on": date(2026, 11, 23)}, "has not come yet"),
        ({**ENTRY, "checked": ["table:nope"]}, "there is no table 'nope'"),
        ({**ENTRY, "who": ""}, "Nothing was written: who: a text was expected"),
        ({"who": "Ana", "on": TODAY, "source": "x", "changed": {"plan": "nope", "phone": "211"}}, "no plan 'nope'"),
    ],
)
def test_what_does_not_fit_is_not_written(entry: dict[str, object], says: str, home: Path) -> None:
    with pytest.raises(RulesError, match=says):
        record([entry], today=TODAY)
    assert not (home / "overlay.yml").exists()


def test_a_dry_run_writes_nothing(home: Path) -> None:
    (note,) = record([ENTRY], today=TODAY, dry_run=True)
    assert note.number == 1
    assert not list(home.iterdir())


WRITER = """
import os, signal, sys
from datetime import date
from pathlib import Path
from directory.overlay.writing import record
if sys.argv[2] == "killed":
    Path.replace = lambda self, target: os.kill(os.getpid(), signal.SIGKILL)
for number in range(int(sys.argv[1])):
    record([{"who": sys.argv[2], "on": date(2026, 11, 22), "source": f"letter {number}", "checked": ["table:fpl"]}],
           today=date(2026, 11, 22))
"""


def writer(home: Path, count: int, who: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(count), who], cwd=ROOT, env={**os.environ, "PUENTE_HOME": str(home)}
    )


def test_killed_between_write_and_rename_the_file_is_whole(home: Path) -> None:
    record([ENTRY], today=TODAY)
    before = (home / "overlay.yml").read_bytes()
    assert writer(home, 1, "killed").wait(60) == -signal.SIGKILL
    assert (home / "overlay.yml").read_bytes() == before
    assert list(home.glob("*.part"))
    record([{**ENTRY, "source": "another"}], today=TODAY)
    assert not list(home.glob("overlay.yml*.part"))
    assert started()
    assert [note.source for note in rules.overlay().notes] == ["a letter", "another"]


def test_two_writers_at_once_lose_nothing(home: Path) -> None:
    both = [writer(home, 6, who) for who in ("Ana", "Eva")]
    assert [process.wait(120) for process in both] == [0, 0]
    keeping.forget()
    notes = [(note.who, note.source) for note in rules.overlay().notes]
    assert sorted(notes) == sorted((who, f"letter {number}") for who in ("Ana", "Eva") for number in range(6))
