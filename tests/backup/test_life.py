"""A home in full use, saved while it is written to, and put back where nothing is: the same answers as before."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import SETTINGS, WORDS, Home

PAIRS = ("records.db", "work.db", "opt_outs.db")
HAMMER = """
import sqlite3, sys, itertools
dbs = [sqlite3.connect(name, timeout=60, isolation_level=None) for name in sys.argv[1:]]
for db in dbs:
    db.execute("CREATE TABLE IF NOT EXISTS pair (number INTEGER PRIMARY KEY, side TEXT)")
print("writing", flush=True)
for number in itertools.count(1):
    for db in dbs:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO pair VALUES (?, 'left')", (2 * number,))
        db.execute("INSERT INTO pair VALUES (?, 'right')", (2 * number + 1,))
        db.execute("COMMIT")
"""


@contextmanager
def hammered(home: Home) -> Iterator[None]:
    """Somebody writes two rows in one transaction, again and again, into every database."""
    files = [str(home.path / name) for name in PAIRS]
    writer = subprocess.Popen([sys.executable, "-c", HAMMER, *files], stdout=subprocess.PIPE, text=True)
    assert writer.stdout and writer.stdout.readline() == "writing\n"
    try:
        yield
        assert writer.poll() is None, "the writer was thrown out"
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_made_while_everything_is_written_gives_the_same_answers_elsewhere(
    home: Home, empty: Home, encrypted: bool
) -> None:
    before = home.said()
    secret = {"PUENTE_BACKUP_PASSPHRASE": WORDS} if encrypted else {}
    with hammered(home):
        file = home.backup(*(["--encrypt"] if encrypted else []), **secret)
    assert file.stat().st_mode & 0o777 == 0o600
    assert (b"Kite" in file.read_bytes(), file.suffix) == (False, ".age" if encrypted else ".gz")
    empty.puente("restore", str(file), "--yes", **secret)
    assert empty.said() == before
    for name in PAIRS:
        left, right = (
            empty.rows(name, f"SELECT count(*) FROM pair WHERE side = '{side}'") for side in ("left", "right")
        )
        assert left == right != [(0,)], name
        assert empty.rows(name, "PRAGMA integrity_check") == [("ok",)]
    assert empty.parts() == [] and home.parts() == []
    undone = empty.json("undo")
    assert undone["counts"]["new"] == 1, "the place that was decided to be closed is back"
    assert home.json("undo")["listings"] == undone["listings"]


def test_what_is_in_a_backup_and_what_is_not(home: Home) -> None:
    for folder in ("sources", "models"):
        (home.path / folder).mkdir()
    home.write("sources/mine.yml", "x")
    home.write("models/puente-1.tar.gz", "x")
    made = home.json("backup")
    with tarfile.open(made["path"]) as archive:  # any tar program reads it
        names = archive.getnames()
        said = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert names[0] == "manifest.json"
    for name in ("work.db", "directory.db", "records.db", "opt_outs.db", "settings.yml", "sources/mine.yml"):
        assert name in names
    assert not [name for name in names if name.startswith(("models", "conversations", "backups", "reports/x"))]
    assert not [name for name in names if name.endswith(("-wal", "-shm", "-journal", ".part", ".lock"))]
    listed = {file["path"] for file in said["files"]}
    assert set(names[1:]) == listed - {file["path"] for file in said["files"] if file["same_as"]}
    assert said["publication"] == home.json("history")[-1]["id"]
    assert any("learned" in words for words in made["left_out"])


def test_the_published_directory_is_stored_once(home: Home) -> None:
    with tarfile.open(home.backup()) as archive:
        said = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
    same = {file["path"]: file["same_as"] for file in said["files"] if file["same_as"]}
    assert list(same) == [f"publications/{said['publication']}.db"] and set(same.values()) == {"directory.db"}


def test_backups_are_listed_the_newest_first_and_two_of_one_second_have_two_names(home: Home) -> None:
    assert "There is no backup" in home.puente("backups")
    made = [home.backup() for _ in range(3)]
    found = home.json("backups")
    assert sorted(item["path"] for item in found) == sorted(map(str, made))
    assert [item["made_at"] for item in found] == sorted((item["made_at"] for item in found), reverse=True)
    assert not any(item["encrypted"] for item in found)


def test_a_dry_run_writes_nothing(home: Home) -> None:
    text = home.puente("backup", "--dry-run")
    assert "work.db" in text and text.endswith("Nothing was written.\n")
    assert not (home.path / "backups").exists()


def test_nothing_to_save_is_said(empty: Home) -> None:
    assert "There is nothing in" in empty.refused("backup")


def test_settings_say_where_and_that_it_is_encrypted(home: Home, tmp_path: Path) -> None:
    home.write("settings.yml", f"{SETTINGS}backups:\n  folder: {tmp_path / 'stick'}\n  encrypted: true\n")
    told = home.refused("backup")
    assert "--encrypt" in told and "none was made" in told and not (tmp_path / "stick").exists()
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{WORDS}\n", encoding="utf-8")
    told = home.refused("backup", "--passphrase-file", str(secret))
    assert "There is no folder" in told and "mkdir -p" in told and not (tmp_path / "stick").exists(), (
        "a typo, or no stick"
    )
    (tmp_path / "stick").mkdir()
    file = home.backup("--passphrase-file", str(secret))
    assert (file.parent, file.suffix) == (tmp_path / "stick", ".age")
    drilled = home.puente("restore", "--drill", str(file), "--passphrase-file", str(secret))
    assert drilled.startswith("This backup works.") and "A search in it finds" in drilled
    assert home.json("backups")[0]["encrypted"] is True


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "needs its passphrase"),
        ({"PUENTE_BACKUP_PASSPHRASE": "another long one"}, "not the passphrase"),
    ],
)
def test_without_the_passphrase_nothing_is_opened(home: Home, empty: Home, more: dict[str, str], words: str) -> None:
    file = home.backup("--encrypt", PUENTE_BACKUP_PASSPHRASE=WORDS)
    assert words in empty.refused("restore", str(file), "--yes", **more)
    assert not (empty.path / "work.db").exists() and empty.parts() == []


def test_a_short_passphrase_is_refused(home: Home) -> None:
    assert "too short" in home.refused("backup", "--encrypt", PUENTE_BACKUP_PASSPHRASE="1234567")
    assert home.json("backups") == []
