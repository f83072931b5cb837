"""A checkout with a remote, small enough that an upgrade of it takes a second: real git, files, databases, processes.

Its `directory.cli` has the commands that an upgrade calls (backup, settle, train, understand, restore), its version B
changes the tables, the packages, and which files there are.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ("upgrade.py", "upgrade_steps.py", "upgrade_checkout.py")
CLI = """
import json, os, shutil, sqlite3, sys, time
from pathlib import Path
root, home = Path(__file__).parents[1], Path(os.environ["PUENTE_HOME"])
word = sys.argv[1]
version = (root / "VERSION").read_text().strip()
lock = (root / ".venv" / "lock").read_text()
assert lock == (root / "requirements.lock").read_text(), "packages of another version"
with (home / "calls.log").open("a") as log:
    log.write(f"{version} {' '.join(sys.argv[1:])}\\n")
time.sleep(0.15)
if word in (root / "FAILS").read_text().split():
    sys.exit(f"{word} of {version} is broken")
db = sqlite3.connect(home / "work.db")
columns = [row[1] for row in db.execute("PRAGMA table_info(run)")]
if word == "backup":
    (home / "backups").mkdir(exist_ok=True)
    shutil.copy(home / "work.db", home / "backups" / f"of-{version}.db")
    print(json.dumps({"path": str(home / "backups" / f"of-{version}.db"), "databases": ["work.db", "directory.db"]}))
elif word == "settle" and version == "B" and "more" not in columns:
    db.execute("ALTER TABLE run ADD COLUMN more TEXT")
    time.sleep(0.15)
elif word == "restore" and "--yes" in sys.argv:
    shutil.copy(sys.argv[2], home / "work.db.part")
    (home / "work.db.part").replace(home / "work.db")
elif word == "restore":
    print("what came later would be lost")
"""
RUNNING = """
import os
from contextlib import contextmanager
from pathlib import Path
hold = Path(os.environ["PUENTE_HOME"]) / "hold.json"
states = Path(os.environ["PUENTE_HOME"]) / "states"
class Found:
    def __init__(self, state, *away):
        self.state, self.parts = state, dict.fromkeys(away, "away")
def running():
    first, *rest = states.read_text().splitlines()
    states.write_text("\\n".join(rest or [first]))
    return Found(*first.split())
@contextmanager
def held(why):
    hold.write_text(str(os.getpid()))
    try:
        yield states.exists()
    finally:
        hold.unlink(missing_ok=True)
"""
ENVIRONMENT = """set -e
[ -x .venv/bin/python ] || { mkdir -p .venv/bin; ln -s "$(cat PYTHON)" .venv/bin/python; }
sleep 0.1
cp requirements.lock .venv/lock
"""
A = {
    "VERSION": "A\n", "FAILS": "\n", "requirements.lock": "one==1\n", "only-in-a.txt": "a\n",
    "CHANGELOG.md": "# Changelog\n", ".gitignore": ".venv*/\n__pycache__/\nPYTHON\n",
    "directory/__init__.py": "", "directory/cli.py": CLI, "directory/running.py": RUNNING,
    "scripts/environment.sh": ENVIRONMENT,
}  # fmt: skip
B = {"VERSION": "B\n", "requirements.lock": "one==2\n", "only-in-b.txt": "b\n",
     "CHANGELOG.md": "# Changelog\n\n- Rides are shown first now.\n"}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    environment = {
        **os.environ, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
    }  # fmt: skip
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Place:
    """A remote, a checkout of version A, and the home it works on."""

    def __init__(self, folder: Path) -> None:
        self.source, self.remote, self.root = folder / "source", folder / "remote.git", folder / "puente"
        self.home = folder / "home"
        self.home.mkdir()
        self.source.mkdir()
        git(self.source, "init", "--quiet", "--initial-branch", "main")
        self.a = self.release(A, "v0.1.0")
        git(folder, "clone", "--quiet", "--bare", str(self.source), str(self.remote))
        git(folder, "clone", "--quiet", str(self.remote), str(self.root))
        (self.root / "PYTHON").write_text(str(Path(sys.executable).resolve()), encoding="utf-8")
        subprocess.run(["sh", "scripts/environment.sh"], cwd=self.root, check=True)
        (self.home / "upgrade").mkdir()
        for name in DRIVER:
            shutil.copy(ROOT / "scripts" / name, self.home / "upgrade" / name)
        self.execute("CREATE TABLE run (number INTEGER PRIMARY KEY)", "INSERT INTO run VALUES (1)")

    def release(self, files: dict[str, str], tag: str | None, *, gone: tuple[str, ...] = ()) -> str:
        """A new version at its makers'; its commit."""
        for name, text in files.items():
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            (self.source / name).write_text(text, encoding="utf-8")
        for name in gone:
            (self.source / name).unlink()
        git(self.source, "add", "--all")
        git(self.source, "commit", "--quiet", "--message", "A version")
        if tag:
            git(self.source, "tag", tag)
        if self.remote.exists():
            git(self.source, "push", "--quiet", "--tags", str(self.remote), "main")
        return git(self.source, "rev-parse", "HEAD")

    def release_b(self, **more: str) -> str:
        return self.release({**B, **more}, "v0.2.0", gone=("only-in-a.txt",))

    def start(self, *words: str) -> subprocess.Popen[str]:
        base = str(Path(sys.executable).resolve())
        return subprocess.Popen(
            [base, str(self.home / "upgrade" / "upgrade.py"), "--root", str(self.root), *words], text=True,
            env={**os.environ, "PUENTE_HOME": str(self.home)}, cwd=self.home, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        with self.start(*words) as process:
            out, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def done(self, *words: str) -> str:
        found = self.run(*words)
        assert found.returncode == 0, found.stdout + found.stderr
        return found.stdout

    def refused(self, *words: str) -> str:
        found = self.run(*words)
        assert found.returncode == 1, found.stdout + found.stderr
        return " ".join(found.stderr.split())

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.home / "work.db")) as db, db:
            return [row for statement in statements for row in db.execute(statement).fetchall()]

    @property
    def journal(self) -> dict[str, Any] | None:
        with suppress(FileNotFoundError):
            return dict(json.loads((self.home / "upgrade" / "journal.json").read_text(encoding="utf-8")))
        return None

    @property
    def step(self) -> str | None:
        return self.journal["step"] if self.journal else None

    def is_whole(self, version: str) -> bool:
        """Whether code, packages and tables are all of that version, with nothing left over."""
        former = version == "A"
        files = [(self.root / "only-in-a.txt").exists(), (self.root / "only-in-b.txt").exists()]
        found = (
            git(self.root, "rev-parse", "HEAD") == (self.a if former else git(self.source, "rev-parse", "HEAD")),
            git(self.root, "status", "--porcelain"),
            files,
            (self.root / ".venv" / "lock").read_text(encoding="utf-8"),
            len(self.execute("PRAGMA table_info(run)")),
        )
        lock, columns = (A["requirements.lock"], 1) if former else (B["requirements.lock"], 2)
        assert found == (True, "", [former, not former], lock, columns), found
        return True


def kill_all(process: subprocess.Popen[str]) -> None:
    """As a power cut: it and all it started, at once."""
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(process.pid)
        first.suspend()
        every = [first, *first.children(recursive=True)]
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for one in every:
                with suppress(psutil.NoSuchProcess):
                    one.send_signal(number)
    process.communicate()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
