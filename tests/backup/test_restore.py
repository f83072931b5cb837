"""Putting a backup back: what is told first, what is set aside, what survives, and what is refused."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from directory.backup import never_lost

from .conftest import OPT_OUT, SETTINGS, Home


def changed(home: Home) -> None:
    """What happens after the backup: other settings, somebody opts out, somebody opens a conversation, an undo."""
    home.write("settings.yml", "clinic: Another Clinic\nphone: 559-555-0101\n")
    home.opt_out("after")
    home.execute("conversations.db", "INSERT INTO said VALUES ('later')")
    home.puente("undo", "--json")


def test_what_would_change_is_told_and_nothing_changes(home: Home) -> None:
    file = home.backup()
    changed(home)
    before = home.said()
    told = " ".join(home.puente("restore", str(file), "--dry-run").split())
    assert "settings.yml will be what it was then" in told
    assert "instead of 3 now) " in told and "opt-outs stay" in told and told.endswith("Nothing was changed.")
    assert home.said() == before and home.parts() == []


def test_a_restore_takes_back_what_came_after_and_loses_no_opt_out(home: Home) -> None:
    before, file = home.said(), home.backup()
    changed(home)
    done = home.json("restore", str(file), "--yes")
    assert home.said() == before
    assert home.opted_out() == {"before", "after"} and done["carried_over"] == 1
    assert home.rows("conversations.db", "SELECT id FROM said") == [("later",)], "conversations are in no backup"
    aside = Path(done["aside"])
    assert aside.parent == home.path and aside.name.startswith("before-restore-")
    assert (aside / "settings.yml").read_text(encoding="utf-8").startswith("clinic: Another Clinic")
    assert (home.path / "work.db").stat().st_mode & 0o777 == 0o600


def test_what_was_set_aside_can_be_had_back(home: Home) -> None:
    file = home.backup()
    changed(home)
    before = home.said()
    second = home.backup()
    home.json("restore", str(file), "--yes")
    home.json("restore", str(second), "--yes")
    assert home.said() == before
    assert len(list(home.path.glob("before-restore-*"))) == 2


def test_nobody_there_to_say_yes_changes_nothing(home: Home) -> None:
    file = home.backup()
    changed(home)
    before = home.said()
    home.refused("restore", str(file))
    assert home.said() == before and home.parts() == []


def test_into_a_folder_of_its_own(home: Home, empty: Home, tmp_path: Path) -> None:
    before, file = home.said(), home.backup()
    home.puente("restore", str(file), "--into", str(empty.path))
    assert empty.said() == before
    assert "not empty" in home.refused("restore", str(file), "--into", str(empty.path))


def test_a_drill_leaves_nothing_behind(home: Home) -> None:
    file = home.backup()
    before = home.said()
    found = home.json("restore", "--drill", str(file))
    assert found["works"] and found["counts"]["places"] > 100 and found["found"]
    assert home.said() == before and home.parts() == [] and not list(home.path.glob("before-*"))


def test_an_older_layout_is_migrated_and_published_anew(home: Home, empty: Home) -> None:
    home.execute("directory.db", "PRAGMA user_version = 1")
    home.execute(
        "work.db",
        "DELETE FROM _sqlite_migrations WHERE name = 'settled'",
        "ALTER TABLE publication DROP COLUMN settled",
        "PRAGMA user_version = 0",
    )
    file = home.backup()
    done = empty.json("restore", str(file), "--yes")
    assert done["trouble"] is None
    assert empty.json("search", "--need", "food", "--near", "95354")["listings"]
    assert ("settled",) in empty.rows("work.db", "SELECT name FROM _sqlite_migrations")


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('work', 'tomorrow', '2027')",
            "work.db",
        ),
        ("PRAGMA user_version = 99", "directory.db"),
    ],
)
def test_a_backup_of_a_newer_puente_is_refused(home: Home, empty: Home, statement: str, name: str) -> None:
    home.execute(name, statement)
    told = empty.refused("restore", str(home.backup()), "--yes")
    assert "A newer Puente made this backup" in told and "puente upgrade" in told
    assert not (empty.path / "work.db").exists()


def test_a_backup_without_a_key_leaves_the_key_that_is_there(home: Home) -> None:
    early = home.backup()
    home.puente("setup", "--set", "phone=559-555-0101")
    key = (home.path / "secret.key").read_bytes()
    told = home.puente("restore", str(early), "--yes")
    assert len(key) == 32 and (home.path / "secret.key").read_bytes() == key and "secret.key" not in told


def test_a_restore_says_when_open_chats_end(home: Home) -> None:
    (home.path / "secret.key").write_bytes(b"a" * 32)
    backup = str(home.backup())
    assert home.json("restore", backup, "--dry-run")["chats_end"] is False
    (home.path / "secret.key").write_bytes(b"b" * 32)
    assert "Chats that are open now end" in home.puente("restore", backup, "--dry-run")
    assert home.json("restore", backup, "--yes")["chats_end"] is True
    assert (home.path / "secret.key").read_bytes() == b"a" * 32


def test_a_damaged_database_is_left_out_and_the_backup_counts_as_no_whole_one(home: Home) -> None:
    content = bytearray((home.path / "records.db").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    whole = home.backup()
    (home.path / "records.db").write_bytes(content)
    done = home.run("backup", "--json")
    assert done.returncode == 3 and "not whole. records.db is damaged" in " ".join(done.stderr.split())
    made = json.loads(done.stdout)
    assert made["damaged"] == ["records.db"] and made["counts"]["decisions"] == 1
    found = home.json("backups")
    assert {Path(each["path"]): each["whole"] for each in found} == {Path(made["path"]): False, whole: True}
    assert home.parts() == [] and "NOT WHOLE" in home.puente("backups")


@pytest.mark.parametrize("content", [b"garbage " * 900, b""])
def test_with_a_damaged_working_database_all_else_is_saved_and_comes_back(home: Home, content: bytes) -> None:
    (home.path / "work.db").write_bytes(content)
    done = home.run("backup", "--json")
    assert done.returncode == 3 and "Traceback" not in done.stderr
    made = json.loads(done.stdout)
    assert made["damaged"] == ["work.db"] and made["counts"]["places"] > 0
    home.write("settings.yml", "clinic: Other\nphone: 559-555-0101\n")
    told = home.run("restore", made["path"], "--yes")
    assert told.returncode == 0 and "work.db is not in this backup" in told.stderr
    assert (home.path / "settings.yml").read_text(encoding="utf-8") == SETTINGS
    assert (home.path / "work.db").read_bytes().startswith(content)


def test_a_hot_journal_of_a_power_cut_is_played_back_first(home: Home, empty: Home) -> None:
    """A sync that was cut off left work.db half written, with the journal that mends it."""
    import sqlite3

    db = sqlite3.connect(home.path / "work.db", isolation_level=None)
    db.execute("PRAGMA cache_size = 2")
    db.execute("BEGIN IMMEDIATE")
    db.execute("CREATE TABLE half AS SELECT hex(randomblob(500)) AS x FROM staged")
    journal, half = home.path / "work.db-journal", home.path / "work.db"
    left = {path: path.read_bytes() for path in (journal, half)}
    db.execute("ROLLBACK")
    db.close()
    for path, content in left.items():
        path.write_bytes(content)
    empty.puente("restore", str(home.backup()), "--yes")
    assert empty.rows("work.db", "PRAGMA integrity_check") == [("ok",)]
    assert empty.rows("work.db", "SELECT count(*) FROM sqlite_master WHERE name = 'half'") == [(0,)]


class TestNeverLost:
    """The rows of `opt_outs.db` from both sides, whatever columns either side has."""

    @pytest.fixture
    def sides(self, tmp_path: Path) -> tuple[Home, Home]:
        for name in ("now", "then"):
            (tmp_path / name).mkdir()
        return Home(tmp_path / "now"), Home(tmp_path / "then")

    def test_rows_of_both_sides_stay_and_the_present_one_wins(self, sides: tuple[Home, Home]) -> None:
        now, then = sides
        then.execute("opt_outs.db", OPT_OUT, "INSERT INTO opt_out VALUES ('a', '1', 'old'), ('b', '1', 'old')")
        now.execute("opt_outs.db", OPT_OUT, "INSERT INTO opt_out VALUES ('b', '2', 'new'), ('c', '2', 'new')")
        assert never_lost.merge(now.path, then.path) == 1
        assert then.rows("opt_outs.db", "SELECT * FROM opt_out ORDER BY sender") == [
            ("a", "1", "old"), ("b", "2", "new"), ("c", "2", "new"),
        ]  # fmt: skip

    def test_a_backup_from_before_there_were_opt_outs(self, sides: tuple[Home, Home]) -> None:
        now, then = sides
        now.opt_out("a")
        never_lost.merge(now.path, then.path)
        assert then.opted_out() == {"a"}

    def test_another_table_and_another_column(self, sides: tuple[Home, Home]) -> None:
        now, then = sides
        then.execute("opt_outs.db", "CREATE TABLE opt_out (sender TEXT PRIMARY KEY, at TEXT NOT NULL)")
        now.opt_out("a")
        now.execute("opt_outs.db", "CREATE TABLE stopped (id TEXT PRIMARY KEY)", "INSERT INTO stopped VALUES ('x')")
        assert never_lost.merge(now.path, then.path) == 2
        assert then.rows("opt_outs.db", "SELECT sender, at FROM opt_out") == [("a", "2026-11-22")]
        assert then.rows("opt_outs.db", "SELECT id FROM stopped") == [("x",)]


def test_json_of_a_dry_run_says_both_sides(home: Home) -> None:
    file = home.backup()
    changed(home)
    found = json.loads(home.puente("restore", str(file), "--dry-run", "--json"))
    assert found["dry_run"] and "settings.yml" in found["files"]
    assert (found["counts"]["before"]["publications"], found["counts"]["after"]["publications"]) == (3, 2)


def test_what_was_set_aside_ends_by_its_days_from_the_restore_on(home: Home) -> None:
    for path in home.path.glob("records.db*"):  # a small table of our own, which the purge does not know
        path.unlink()
    for path in home.path.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))
    aside = Path(home.json("restore", str(home.backup()), "--yes")["aside"])
    home.puente("purge")
    kept = [path for path in aside.rglob("*") if path.is_file()]
    assert aside / "work.db" in kept and aside / "settings.yml" in kept
    ago = time.time() - 15 * 86400
    for path in kept:
        os.utime(path, (ago, ago))
    home.puente("purge")
    assert not [path for path in aside.rglob("*") if path.is_file()]
