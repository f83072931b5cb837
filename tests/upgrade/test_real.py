"""This very project, upgraded from a local remote: tables, layout and publication move on, and come back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import free_port

from .conftest import git, kill_all

pytestmark = pytest.mark.rasa
ROOT = Path(__file__).resolve().parents[2]
MIGRATION = """

@work()
def tomorrow(db: Database) -> None:
    db.execute("ALTER TABLE run ADD COLUMN tomorrow TEXT")
"""


def copied(source: Path) -> None:
    """The project as it stands here, committed or not."""
    names = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in (name for name in names if (ROOT / name).is_file()):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)


def environment(root: Path) -> None:
    """A .venv of the checkout's own that borrows our packages and says that it has the lock."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    site = next((root / ".venv" / "lib").glob("python3.10/site-packages"))
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join([str(root), *borrowed]) + "\n", encoding="utf-8")
    (root / ".venv" / "bin" / "puente").write_text("#!/bin/sh\n", encoding="utf-8")
    (root / ".venv" / "bin" / "puente").chmod(0o755)
    stamps = root / ".venv" / ".puente"
    stamps.mkdir()
    (stamps / "root").write_text(f"{root}\n", encoding="utf-8")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(root / name, stamps / name)


class Clinic:
    """A checkout of this project with its home, and a remote that has a newer version."""

    def __init__(self, folder: Path, home: Path, models: Path) -> None:
        self.folder, self.root, self.home, self.models = folder, folder / "puente", folder / "home", models
        source = folder / "source"
        source.mkdir()
        copied(source)
        git(source, "init", "--quiet", "--initial-branch", "main")
        self.commit(source, "v0.1.0")
        git(folder, "clone", "--quiet", str(source), str(self.root))
        environment(self.root)
        shutil.copytree(home, self.home)
        (self.home / "settings.yml").write_text("clinic: Kite Clinic\nphone: 559-555-0100\n", encoding="utf-8")
        with (source / "directory" / "schema.py").open("a", encoding="utf-8") as file:
            file.write(MIGRATION)
        store = source / "directory" / "store.py"
        text = store.read_text(encoding="utf-8")
        number = int(text.partition("\nLAYOUT = ")[2].split()[0])
        store.write_text(text.replace(f"\nLAYOUT = {number}\n", f"\nLAYOUT = {number + 1}\n"), encoding="utf-8")
        with (source / "CHANGELOG.md").open("a", encoding="utf-8") as file:
            file.write("- Tomorrow is kept.\n")
        self.layouts = (number, number + 1)
        self.commit(source, "v0.2.0")

    @staticmethod
    def commit(source: Path, tag: str) -> None:
        git(source, "add", "--all")
        git(source, "commit", "--quiet", "--message", "A version")
        git(source, "tag", tag)

    def start(self, *words: str) -> subprocess.Popen[str]:
        more = {"PUENTE_HOME": str(self.home), "PUENTE_MODELS": str(self.models)}
        kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTEST_CURRENT_TEST")}
        return subprocess.Popen(
            [str(self.root / ".venv" / "bin" / "python"), "-m", "directory.cli", *words], cwd=self.root,
            env={**kept, **more}, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def puente(self, *words: str) -> str:
        with self.start(*words) as process:
            out, _ = process.communicate(timeout=400)
        assert process.returncode == 0, out
        return out

    def state(self) -> tuple[bool, int, Any]:
        """Whether the tables are of tomorrow, the layout of what is published, and what people are shown."""
        with closing(sqlite3.connect(self.home / "work.db")) as db:
            tomorrow = "tomorrow" in [row[1] for row in db.execute("PRAGMA table_info(run)")]
        with closing(sqlite3.connect(self.home / "directory.db")) as db:
            layout = int(db.execute("PRAGMA user_version").fetchone()[0])
        found = json.loads(self.puente("search", "--need", "food", "--near", "95354", "--json"))
        return tomorrow, layout, [item["id"] for item in found["listings"]]


@pytest.fixture
def clinic(tmp_path: Path, demo_home: Path, models: Path) -> Clinic:
    return Clinic(tmp_path, demo_home, models)


def test_a_clinic_moves_on_and_comes_back(clinic: Clinic) -> None:
    before = clinic.state()
    assert before[:2] == (False, clinic.layouts[0]) and before[2]
    told = clinic.puente("upgrade", "--yes")
    assert "- Tomorrow is kept." in told and "Done: v0.2.0" in told
    assert clinic.state() == (True, clinic.layouts[1], before[2])
    assert "counts" in clinic.puente("backups", "--json") or list((clinic.home / "backups").iterdir())
    told = " ".join(clinic.puente("upgrade", "--back", "--yes").split())
    assert "Whatever was done here after" in told and "what ran before the upgrade runs again" in told
    assert clinic.state() == before
    assert git(clinic.root, "describe", "--tags") == "v0.1.0" and not git(clinic.root, "status", "--porcelain")


def test_after_a_power_cut_the_service_starts_with_what_ran_before(clinic: Clinic, ports: dict[str, int]) -> None:
    before = clinic.state()
    process = clinic.start("upgrade", "--yes")
    journal = clinic.home / "upgrade" / "journal.json"
    while process.poll() is None and not (journal.exists() and '"step": "model"' in journal.read_text()):
        time.sleep(0.005)
    kill_all(process)
    assert clinic.state()[:2] != before[:2]
    with serving(clinic, ports) as status:
        assert status() == 200
    assert clinic.state() == before and not journal.exists()


@pytest.fixture
def ports() -> dict[str, int]:
    return {"--port": free_port(), "--desk-port": free_port()}


@contextmanager
def serving(clinic: Clinic, ports: dict[str, int]) -> Iterator[Callable[[], int]]:
    """The clinic's service; what the chat page answers at this moment (its status)."""
    words = [str(word) for pair in ports.items() for word in pair]
    log = (clinic.folder / "up.log").open("w", encoding="utf-8")
    process = clinic.start("up", *words)
    address = f"http://127.0.0.1:{ports['--port']}/webhooks/web/"

    def status() -> int:
        try:
            return requests.get(f"{address}health", timeout=5).status_code
        except requests.ConnectionError:
            return 0

    try:
        wait_until(lambda: process.poll() is not None or status() == 200)
        yield status
    finally:
        process.terminate()
        log.write(process.communicate(timeout=60)[0])
        log.close()


def test_the_door_answers_all_the_while(clinic: Clinic, ports: dict[str, int]) -> None:
    page = f"http://127.0.0.1:{ports['--port']}/webhooks/web/"
    answers = []
    with serving(clinic, ports) as status:
        assert status() == 200
        with clinic.start("upgrade", "--yes") as process:
            while process.poll() is None:
                answers.append(requests.get(page, timeout=10).status_code)
                time.sleep(0.2)
            told = process.stdout.read() if process.stdout else ""
        assert process.returncode == 0, told
        assert "Letting the service start" in told and status() == 200
        assert clinic.state()[:2] == (True, clinic.layouts[1])
        file = next((clinic.home / "backups").iterdir())
        clinic.puente("restore", str(file), "--yes")
        wait_until(lambda: status() == 200)
    assert set(answers) == {200} and len(answers) > 10


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.3)
