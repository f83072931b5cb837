"""The questions of `puente source new`, asked at a terminal: a pseudo-terminal, so that the command sees one."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
LIST = (
    "Agency,Service,County,Reach them,Notes\n"
    "Heron House,Food bank,Fresno,559-555-0101,old\nOtter Loom,Hot box,Fresno,559-555-0102,\n"
    "Sol y Pan,Dog wash,Fresno,559-555-0103,see file\nMaple Desk,CalFresh,Fresno,559-555-0104,\n"
    "Blue Kite,WIC,Fresno,559-555-0105,\n"
)
ANSWERS = (
    ("Title that people read", "Partners of Fresno"), ("Short name for commands", "fresno"),
    ("Plan whose list it is", "nobody"), ("Plan whose list it is", "Health Net"),
    ("Column 'Reach them'", "1"), ("Column 'Notes'", "0"), ("Service 'Dog wash'", "0"), ("Service 'Hot box'", "a box"),
    ("'a box' is no program or need", "food_bank"), ("Save this as", "y"),
)  # fmt: skip


def talk(home: Path, path: Path, answers: Sequence[tuple[str, str]] = ANSWERS, *options: str) -> str:
    """Runs the command and answers each question when it is on the screen; all that stood on the screen."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "directory.cli", "source", "new", str(path), *options]
    env = {**os.environ, "PUENTE_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env, cwd=ROOT) as process:
        os.close(follower)
        screen, at, left = "", 0, list(answers)
        limit = time.monotonic() + 40
        while time.monotonic() < limit:
            if not select.select([leader], [], [], 0.2)[0]:
                if process.poll() is not None:
                    break
                if left and left[0][0] in screen[at:]:
                    at = len(screen)
                    os.write(leader, f"{left.pop(0)[1]}\n".encode())
                continue
            try:
                screen += os.read(leader, 65536).decode(errors="replace")
            except OSError:  # the other end is closed: the command has ended
                break
        process.kill()
    os.close(leader)
    assert left == [], screen[-3000:]
    return screen


def test_what_is_not_sure_is_asked_and_the_answers_are_saved(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    screen = talk(tmp_path, path)
    assert "Of 5 rows 4 would be shown, 1 would not" in screen
    saved = yaml.safe_load((tmp_path / "sources" / "fresno.yml").read_text(encoding="utf-8"))
    assert (saved["title"], saved["plan"]) == ("Partners of Fresno", "health_net")
    assert saved["columns"]["phones"] == "Reach them" and saved["ignored"] == ["Notes"]
    assert saved["columns"]["programs"]["words"]["hot box"] == "food_bank"
    assert saved["columns"]["topics"]["words"] == {"dog wash": "leave_out:other_purpose"}


BINDER = (
    "Agency,What they give,County,Phone,Days & Times,Remarks\n"
    "Heron House,Food pantry,Fresno,559-555-0101,Saturdays 8-11,ID needed\n"
    "Otter Loom,Hot meals,Fresno,559-555-0102,Mon Wed Fri 10a-12p,60+\n"
    "Sol y Pan,Rides to doctor,Fresno,559-555-0103,2nd and 4th Wed 3-5pm,48 hrs ahead\n"
)
ENTER = ("Title that people read", ""), ("Short name for commands", ""), ("Plan whose list it is", "")


def test_who_presses_enter_throughout_has_a_list_that_shows_its_places(tmp_path: Path) -> None:
    path = tmp_path / "pantries-2026-11-01.csv"
    path.write_text(BINDER, encoding="utf-8")
    answers = (*ENTER, ("Column 'What they give'", ""), ("Column 'Remarks'", "notes"), ("Save this as", ""))
    screen = talk(tmp_path, path, answers, "--id", "pantries")
    assert "programs: the services it gives, by name" in screen and "Which [1]" in screen
    assert "Of 3 rows 3 would be shown" in screen
    saved = yaml.safe_load((tmp_path / "sources" / "pantries.yml").read_text(encoding="utf-8"))
    columns = saved["columns"]
    assert (columns["programs"]["from"], columns["hours_text"]) == ("What they give", "Days & Times")
    assert columns["description"] == "Remarks"


def test_a_list_of_which_nobody_would_see_a_place_is_not_saved_by_enter(tmp_path: Path) -> None:
    path = tmp_path / "shelters.csv"
    path.write_text(BINDER, encoding="utf-8")
    answers = (*ENTER, ("Column 'What they give'", "0"), ("Column 'Remarks'", "0"), ("Save this as", ""))
    screen = talk(tmp_path, path, answers)
    assert "Of 3 rows 0 would be shown" in screen and "no place would be shown" in screen
    assert "Nothing was saved." in screen and not (tmp_path / "sources").exists()


def test_a_field_is_found_by_a_word_of_an_office(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(BINDER.replace("Days & Times", "Opn"), encoding="utf-8")
    column = "Column 'Opn'"
    answers = (
        *ENTER, ("What they give", ""), (column, "?"), ("a notice that people are shown", "huors_txt"),
        ("Do you mean hours_text", "hours"), ("Column 'Remarks'", ""), ("Save this as", ""),
    )  # fmt: skip
    talk(tmp_path, path, answers)
    saved = yaml.safe_load((tmp_path / "sources" / "list.yml").read_text(encoding="utf-8"))
    assert saved["columns"]["hours_text"] == "Opn"
