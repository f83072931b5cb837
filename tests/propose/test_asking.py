"""The questions of `puente source new`, asked at a terminal: a pseudo-terminal, so that the command sees one."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
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


def talk(home: Path, path: Path) -> str:
    """Runs the command and answers each question when it is on the screen; all that stood on the screen."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "directory.cli", "source", "new", str(path)]
    env = {**os.environ, "PUENTE_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env, cwd=ROOT) as process:
        os.close(follower)
        screen, at, left = "", 0, list(ANSWERS)
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
