"""Whatever happens to the published directory: who looks for a place gets those of the last good publication."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from directory import healing, store
from directory.errors import DirectoryMissing
from directory.healing import mending
from tests.conftest import ROOT, environment, puente
from tests.healing.conftest import DAMAGE, Break, Home, flipped, garbage, half, missing

BOTH = ["Kite House 1", "Kite House 2"]
ONE = ["Kite House 1"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_at_the_start_the_kept_copy_of_the_same_publication_is_put_back(parted: Home, damage: Break) -> None:
    damage(parted.directory)
    mending._seen.clear()  # as in a new process
    (said,) = healing.at_start()
    assert "was put in force from its kept copy" in said and parted.second in said
    assert parted.shown() == BOTH and healing.fault() is None and healing.at_start() == ()
    phones = {hit.number for hit in _phones(parted)}
    assert phones == {"+15595550101"}, "and not what somebody wrote into the file"


def _phones(home: Home):  # type: ignore[no-untyped-def]
    with store.open_directory() as connection:
        return [phone for listing in store.listings(connection, _rows(connection)) for phone in listing.phones]


def _rows(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT rowid FROM listing")]


@pytest.mark.parametrize("damage", DAMAGE)
def test_while_people_ask_the_very_next_search_is_answered(parted: Home, damage: Break) -> None:
    assert parted.shown() == BOTH
    damage(parted.directory)
    assert parted.shown() == BOTH
    healed = healing.last()
    assert healed and (healed.file, healed.older) == (parted.second, False)


@pytest.mark.parametrize("damage", [damage for damage in DAMAGE if damage in (half, flipped, garbage)])
def test_damage_to_the_one_file_that_both_are_leaves_the_publication_before(home: Home, damage: Break) -> None:
    assert home.directory.samefile(home.kept(home.second))
    assert home.shown() == BOTH
    damage(home.directory)
    assert home.shown() == ONE
    healed = healing.last()
    assert healed and (healed.file, healed.older) == (home.first, True)
    assert "puente publish" in healed.said and "older than what people saw" in healed.said
    puente(home.home, "publish")  # what the sentence says
    assert home.shown() == BOTH and healing.fault() is None


def test_many_threads_and_a_second_process_meet_the_damage_at_once(parted: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: parted.shown(), range(16)))
        garbage(parted.directory)
        other = subprocess.Popen(
            [sys.executable, "-m", "directory.cli", "search", "--need", "food", "--near", "Fresno County"],
            cwd=ROOT, env=environment(parted.home), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert all(shown == BOTH for shown in pool.map(lambda _: parted.shown(), range(40)))
    said, _ = other.communicate(timeout=60)
    assert other.returncode == 0 and all(name in said for name in BOTH)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_file_that_may_not_be_read_is_made_readable(parted: Home) -> None:
    """Tried as a user that owns the home: root may read everything."""
    for folder in (parted.home, *parted.home.parents):
        if folder.owner() == "root" and folder.name not in ("", "tmp"):
            folder.chmod(0o755)
    for path in (parted.home, *parted.home.rglob("*")):
        os.chown(path, 65534, 65534)
    parted.directory.chmod(0)
    said = _as_nobody(healing.at_start)
    assert "its permissions are wrong" in said and parted.second in said
    assert parted.directory.stat().st_mode & 0o777 == 0o600 and parted.shown() == BOTH


def _as_nobody(work: Callable[[], object]) -> str:
    """What it returns in a process of another user."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
        mending._seen.clear()
        os.write(write, str(work()).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as said:
        os.waitpid(child, 0)
        return said.read()


def test_a_kept_copy_that_is_not_what_it_was_is_never_shown(parted: Home) -> None:
    with sqlite3.connect(parted.kept(parted.second)) as copy:
        copy.execute("UPDATE listing SET name = 'Forged House'")
    copy.close()
    parted.directory.unlink()
    assert parted.shown() == ONE


def test_nothing_good_is_said_once_and_answers_are_as_before_the_first_publication(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    for name in (home.first, home.second):
        garbage(home.kept(name))
    home.directory.unlink()
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            with pytest.raises(DirectoryMissing):
                home.shown()
    assert len([record for record in caplog.records if "directory.healed" in record.message]) == 1
    healed = healing.last()
    assert healed and healed.file is None and "of no place" in healed.said
    puente(home.home, "publish")  # what the sentence says
    assert home.shown() == BOTH


def test_before_the_first_publication_nothing_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    mending._seen.clear()
    assert healing.fault() is None and healing.at_start() == () and healing.last() is None
    assert not (tmp_path / "work.db").exists()


def test_an_undone_publication_does_not_come_back(parted: Home) -> None:
    puente(parted.home, "undo")
    assert parted.shown() == ONE
    missing(parted.directory)
    assert parted.shown() == ONE
    healed = healing.last()
    assert healed and (healed.file, healed.older) == (parted.first, False)


def test_an_older_one_that_tells_where_a_refuge_is_stays_away(home: Home) -> None:
    """The place was published as a pantry; since then its list calls it confidential."""
    home.put("list", "1", confidential=True)
    with home.open() as work:  # as a list is staged: without spaces
        work.execute("UPDATE staged SET draft = replace(draft, ': true', ':true')")
    home.third = home.publish()  # type: ignore[attr-defined]
    garbage(home.kept(home.third))  # type: ignore[attr-defined]
    with pytest.raises(Exception, match=r"not a database|no published directory"):
        home.shown()
    healed = healing.last()
    assert healed and healed.file is None


def test_invented_places_do_not_come_back_after_real_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    mending._seen.clear()
    puente(tmp_path, "demo", "load")
    home = Home(tmp_path)
    puente(tmp_path, "demo", "remove")
    home.put("list", "1")
    real = home.publish()
    assert home.shown() == ONE
    _, emptied, _ = sorted(path.stem for path in (tmp_path / "publications").glob("*.db"))
    garbage(home.kept(real))
    assert home.shown() == [], "the demo was taken out before, so nothing is shown"
    garbage(home.kept(emptied))
    home.directory.unlink()
    with pytest.raises(Exception, match=r"not a database|no published directory"):
        home.shown()
    healed = healing.last()
    assert healed and healed.file is None


def test_without_work_db_the_copy_of_what_was_in_force_is_put_back_and_nothing_older(parted: Home) -> None:
    (parted.home / "work.db").write_bytes(b"garbage " * 4000)
    parted.directory.unlink()
    assert parted.shown() == BOTH
    garbage(parted.kept(parted.second))
    parted.directory.unlink()
    with pytest.raises(DirectoryMissing):
        parted.shown()


def test_a_full_disk_is_no_reason_to_stay_broken(parted: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wire to the disk is cut: no byte can be written, a name still can."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("directory.healing.mending.shelf.copy", full)
    missing(parted.directory)
    assert parted.shown() == BOTH and parted.directory.samefile(parted.kept(parted.second))


def test_a_publication_that_swaps_in_between_wins(parted: Home) -> None:
    parted.put("list", "3")
    garbage(parted.directory)
    third = parted.publish()
    assert parted.shown() == [*BOTH, "Kite House 3"] and healing.fault() is None
    assert store.publication(next(_opened())).id == third


def _opened():  # type: ignore[no-untyped-def]
    with store.open_directory() as connection:
        yield connection


def test_the_log_holds_ids_only(parted: Home, caplog: pytest.LogCaptureFixture) -> None:
    garbage(parted.directory)
    parted.shown()
    (line,) = [record.getMessage() for record in caplog.records if "directory.healed" in record.getMessage()]
    assert line == f"directory.healed publication={parted.second} older=0"


@pytest.mark.parametrize("work", [b"", b"garbage " * 4000])
def test_a_damaged_working_database_is_said_and_people_are_answered(parted: Home, work: bytes) -> None:
    (parted.home / "work.db").write_bytes(work)
    mending._seen.clear()
    (said,) = healing.at_start()
    assert "working database (work.db)" in said and "puente restore" in said
    assert parted.shown() == BOTH


def test_staff_commands_tell_a_damaged_working_database(parted: Home) -> None:
    (parted.home / "work.db").write_bytes(b"garbage " * 4000)
    for command in (["publish"], ["review"], ["history"]):
        done = subprocess.run(
            [sys.executable, "-m", "directory.cli", *command], cwd=ROOT, env=environment(parted.home),
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 1 and "puente restore" in done.stderr and "Traceback" not in done.stderr, command
