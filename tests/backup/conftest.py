"""A home in full use: demo lists published twice, decisions, settings, own words, records, conversations, opt-outs."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPT_OUT = "CREATE TABLE IF NOT EXISTS opt_out (sender TEXT PRIMARY KEY, at TEXT NOT NULL, how TEXT NOT NULL) STRICT"
SETTINGS = "clinic: Kite Clinic\nphone: 559-555-0100\n"
WORDS = "correct horse battery staple"


class Home:
    """One PUENTE_HOME, and what a person does there from the command line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PUENTE_HOME": str(self.path), "PYTHONPATH": str(ROOT), "PUENTE_USER": "Ana"}

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "directory.cli", *words]
        return subprocess.Popen(
            command, cwd=ROOT, env={**self.environment, **more}, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        with self.start(*words, **more) as process:
            out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def puente(self, *words: str, **more: str) -> str:
        done = self.run(*words, **more)
        assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def json(self, *words: str, **more: str) -> Any:
        return json.loads(self.puente(*words, "--json", **more))

    def refused(self, *words: str, **more: str) -> str:
        """The one sentence that a command ends with."""
        done = self.run(*words, **more)
        assert done.returncode == 1, f"{words}: {done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return " ".join(done.stderr.split())

    def backup(self, *words: str, **more: str) -> Path:
        return Path(self.json("backup", *words, **more)["path"])

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def execute(self, name: str, *statements: str) -> None:
        with closing(sqlite3.connect(self.path / name, timeout=30)) as db, db:
            for statement in statements:
                db.execute(statement)

    def rows(self, name: str, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path / name, timeout=30)) as db:
            return db.execute(query).fetchall()

    def opt_out(self, sender: str) -> None:
        self.execute(
            "opt_outs.db", OPT_OUT, f"INSERT OR REPLACE INTO opt_out VALUES ('{sender}', '2026-11-22', 'STOP')"
        )

    def opted_out(self) -> set[str]:
        return {row[0] for row in self.rows("opt_outs.db", "SELECT sender FROM opt_out")}

    def said(self) -> tuple[str, ...]:
        """What staff see of this home: places found, history, status, decisions, settings."""
        return (
            self.puente("search", "--need", "food", "--near", "95354", "--json"),
            self.puente("history", "--json"),
            self.puente("status", "--json"),
            self.puente("decisions", "--json"),
            (self.path / "settings.yml").read_text(encoding="utf-8"),
        )

    def parts(self) -> list[str]:
        """What lies there half done."""
        names = (path.name for path in self.path.rglob("*"))
        return [name for name in names if name.startswith("restore.json") or (".part" in name and "clock" not in name)]


def fill(home: Home) -> None:
    """What comes after the demo: a decision, a second publication, settings, records and a conversation."""
    place = home.json("search", "--need", "food", "--near", "95354")["listings"][0]["id"]
    home.write("settings.yml", SETTINGS)
    home.puente("decide", place, "closed", "--why", "called, it is closed")
    home.puente("publish", "--json")
    home.execute("records.db", "PRAGMA journal_mode = WAL", "CREATE TABLE answer (at TEXT NOT NULL, act TEXT NOT NULL)")
    home.execute("records.db", *[f"INSERT INTO answer VALUES ('2026-11-{day}', 'find')" for day in range(10, 20)])
    home.execute("conversations.db", "PRAGMA journal_mode = WAL", "CREATE TABLE said (id TEXT)")
    home.opt_out("before")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled home that nobody changes."""
    home = Home(tmp_path_factory.mktemp("full") / "home")
    home.puente("demo", "load")
    fill(home)
    return home.path


@pytest.fixture
def home(full: Path, tmp_path: Path) -> Home:
    """A filled home of one test's own."""
    shutil.copytree(full, tmp_path / "home", copy_function=shutil.copy2)
    return Home(tmp_path / "home")


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home where nothing ever happened."""
    return Home(tmp_path / "empty")


def later(now: datetime, **delta: int) -> datetime:
    return now + timedelta(**delta)
