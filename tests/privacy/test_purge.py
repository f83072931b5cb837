"""What is older than its days goes, and nothing else: lists, rows, publications, backups; never an opt-out."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from directory import privacy
from directory.errors import PrivacyError
from directory.purge import Report, amounts, due, purge
from directory.sync.lock import alone
from tests.conftest import puente
from tests.privacy.conftest import ids, put

LATER = timedelta(days=400)
MARK = b"Zarzamora Quince"


def now() -> datetime:
    return datetime.now(timezone.utc)


def gone(report: Report) -> dict[str, int]:
    return {outcome.id: outcome.gone for outcome in report.outcomes if outcome.gone}


def old(path: Path, days: float) -> Path:
    """A file that was last written so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"made")
    at = (now() - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize(
    ("name", "id", "days"),
    [
        ("logs/puente.log.1", "logs", 30), ("a.log", "logs", 30), ("uploads/lista de Ana.csv", "uploads", 7),
        ("reports/x.md", "change_reports", 730), ("overlay.yml.abc.part", "leftovers", 1),
        ("raw/made/ab.part", "leftovers", 1), ("directory.x.part", "leftovers", 1),
        ("logo.png.abc.part", "leftovers", 1),
        ("conversations.damaged-2026-11-22.db", "damaged", 7), ("before-restore-2026/work.db", "before_restore", 14),
    ],
)  # fmt: skip
def test_a_file_goes_after_its_days_and_not_before(home: Path, name: str, id: str, days: int) -> None:
    assert privacy.of_file(name) == (id,)
    path = old(home / name, days - 0.1)
    purge(home, now())
    assert path.exists()
    old(path, days + 0.1)
    trial = purge(home, now(), dry_run=True)
    assert path.exists() and gone(trial) == {id: 1}
    assert gone(purge(home, now())) == {id: 1}
    assert not path.exists()


@pytest.mark.parametrize(
    "name", ["opt_outs.db", "settings.yml", "logo.png", "secret.key", "overlay.yml", "texts.yml", "work.db"]
)
def test_what_is_removed_by_hand_stays_however_old(home: Path, name: str) -> None:
    path = old(home / name, 5000)
    path.write_bytes(b"")
    old(path, 5000)
    purge(home, now())
    assert path.exists()


def test_the_newest_backup_stays_and_what_is_no_backup_is_not_touched(home: Path) -> None:
    folder = home / "elsewhere"
    (home / "settings.yml").write_text(f"backups: {{folder: {folder}}}\n", "utf-8")
    backups = [old(folder / f"puente-backup-20260{n}01T000000Z.tar.gz", 100 - n) for n in range(1, 4)]
    others = [old(folder / name, 1000) for name in ("holiday.jpg", "puente-backup-how-we-do-it.txt")]
    assert gone(purge(home, now())) == {"backups": 2}
    assert [path.exists() for path in (*backups, *others)] == [False, False, True, True, True]


def test_a_backup_that_lacks_something_is_never_preferred_to_an_older_whole_one(home: Path) -> None:
    names = ("20260101T000000Z", "20260201T000000Z", "20260301T000000Z-in-part")
    backups = [old(home / "backups" / f"puente-backup-{name}.tar.gz", 102 - n) for n, name in enumerate(names)]
    assert gone(purge(home, now())) == {"backups": 2}
    assert [path.exists() for path in backups] == [False, True, False]


def test_backups_in_a_folder_below_the_users_own_end_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home / "user"))
    (home / "settings.yml").write_text("backups: {folder: ~/copies}\n", "utf-8")
    backups = [old(home / "user" / "copies" / f"puente-backup-20260{n}01T000000Z.tar.gz", 100 - n) for n in (1, 2)]
    assert gone(purge(home, now())) == {"backups": 1}
    assert [path.exists() for path in backups] == [False, True]


def test_the_folder_of_a_restore_goes_with_its_last_file_and_no_other_does(home: Path, tmp_path: Path) -> None:
    old(home / "before-restore-1" / "sources" / "a.yml", 15)
    young = old(home / "before-restore-2" / "a.yml", 13)
    log = old(home / "logs" / "old.log", 400)
    elsewhere = tmp_path / "elsewhere" / "empty"
    elsewhere.mkdir(parents=True)
    (home / "before-restore-3").symlink_to(elsewhere.parent)
    assert gone(purge(home, now())) == {"before_restore": 1, "logs": 1}
    assert not (home / "before-restore-1").exists() and young.exists()
    assert not log.exists() and log.parent.is_dir() and elsewhere.is_dir()


@pytest.fixture(scope="session")
def three_versions(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """The demo home, with a second and a third version of one list: a row changed, then another went."""
    home = tmp_path_factory.mktemp("versions") / "home"
    home.mkdir(mode=0o700)
    for name in ("work.db", "directory.db"):
        shutil.copy2(demo_home / name, home / name)
    for name in ("raw", "publications", "reports"):
        shutil.copytree(demo_home / name, home / name)
    for version in (1, 2):
        list_file = home.with_name(f"{version}.csv")
        list_file.write_bytes(_version(home, version))
        puente(home, "sync", "demo_plan_roster", "--file", str(list_file))
        puente(home, "publish")
    return home


@pytest.fixture
def listed(tmp_path: Path, three_versions: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that home, in force for this test."""
    home = tmp_path / "home"
    shutil.copytree(three_versions, home)
    monkeypatch.setenv("PUENTE_HOME", str(home))
    return home


def _version(home: Path, number: int) -> bytes:
    """The first list with other words in the description of one row; in the second also without its last row."""
    first = min((home / "raw" / "demo_plan_roster").iterdir(), key=lambda path: path.stat().st_mtime)
    assert b"Gives free groceries once a week." in first.read_bytes()
    changed = first.read_bytes().replace(b"Gives free groceries once a week.", MARK + b" %d." % number, 1)
    return changed if number == 1 else b"".join(changed.splitlines(keepends=True)[:-1])


def _rows(home: Path, query: str) -> int:
    with closing(sqlite3.connect(home / "work.db")) as work:
        found: int = work.execute(query).fetchone()[0]
        return found


def test_former_lists_and_rows_go_and_what_is_in_force_stays(listed: Path) -> None:
    raw = listed / "raw" / "demo_plan_roster"
    assert len(list(raw.iterdir())) == 3
    in_force = """SELECT count(*) FROM raw_row JOIN staged USING (source_id, row_id)
                  WHERE sha256 = raw_sha256 AND ended_on IS NULL"""
    former = "SELECT count(*) FROM raw_row"
    before, all_before = _rows(listed, in_force), _rows(listed, former)
    assert all_before > before
    assert gone(purge(listed, now(), now_is_right=True)) == {}, "nothing is old yet"

    report = purge(listed, now() + LATER, now_is_right=True)
    assert report.whole, report
    assert _rows(listed, in_force) == before == _rows(listed, former)
    assert gone(report)["raw_rows"] >= all_before - before
    assert len(list(raw.iterdir())) == 2, "the one in force and the one before it stay"
    assert {outcome.id for outcome in report.outcomes if outcome.lost} >= {"raw_lists", "raw_rows"}
    assert MARK + b" 1" not in (listed / "work.db").read_bytes(), "a former version, bytes and all"
    assert MARK + b" 2" in (listed / "work.db").read_bytes()


def test_after_a_purge_everything_goes_on(listed: Path, three_versions: Path) -> None:
    purge(listed, now() + LATER, now_is_right=True)
    assert "demo_plan_roster" in puente(
        listed, "sync", "demo_plan_roster", "--again", _hash(three_versions.with_name("1.csv"))
    )
    puente(listed, "publish")
    assert puente(listed, "undo")
    assert puente(listed, "search", "--need", "food", "--near", "95354")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def test_a_list_that_went_is_not_offered_again(listed: Path) -> None:
    names = {path.name for path in (listed / "raw" / "demo_plan_roster").iterdir()}
    purge(listed, now() + LATER, now_is_right=True)
    (lost,) = names - {path.name for path in (listed / "raw" / "demo_plan_roster").iterdir()}
    assert _rows(listed, f"SELECT count(*) FROM list_file WHERE sha256 = '{lost}'") == 0
    with pytest.raises(AssertionError, match=r"No list of .* was kept under"):
        puente(listed, "sync", "demo_plan_roster", "--again", lost[:12])


def test_the_last_two_publications_stay(listed: Path) -> None:
    kept = sorted(path.name for path in (listed / "publications").glob("*.db"))
    assert len(kept) == 3
    assert gone(purge(listed, now() + LATER, now_is_right=True))["publications"] == 1
    assert sorted(path.name for path in (listed / "publications").glob("*.db")) == kept[1:]


@pytest.mark.parametrize("damaged", [False, True])
def test_what_people_see_stays_beside_them_when_it_is_an_older_one(listed: Path, damaged: bool) -> None:
    kept = sorted(path.name for path in (listed / "publications").glob("*.db"))
    puente(listed, "undo", "--to", kept[0].removesuffix(".db"))
    shown = listed / "directory.db"
    content = shown.read_bytes()
    shown.unlink()
    shown.write_bytes(b"garbage" if damaged else content)  # an inode of its own, as healing leaves it
    assert "publications" not in gone(purge(listed, now() + LATER, now_is_right=True))
    assert sorted(path.name for path in (listed / "publications").glob("*.db")) == kept


def test_another_run_that_holds_the_lists_is_waited_for(listed: Path) -> None:
    put(listed, {"old": now() - timedelta(days=31)})
    with alone():
        report = purge(listed, now() + timedelta(days=1))
    assert {outcome.id for outcome in report.outcomes if outcome.waits} == {"publications", "raw_lists", "raw_rows"}
    assert ids(listed) == [] and due(listed, now() + timedelta(days=1)), "the rest is done, and it is tried again"
    assert purge(listed, now() + timedelta(days=1)).whole
    assert not due(listed, now() + timedelta(days=1, hours=1))


def test_two_purges_at_once_are_one(home: Path) -> None:
    with (home / "purge.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(PrivacyError, match="Another purge"):
            purge(home, now())


def test_how_much_there_is(home: Path) -> None:
    put(home, {"a": now(), "b": now() - timedelta(days=3)})
    old(home / "logs" / "x.log", 2)
    found = amounts(home)
    assert (found["conversations"].count, found["logs"].count) == (2, 1)
    assert found["conversations"].oldest == (now() - timedelta(days=3)).date()
    assert found["records"].count == 0 and found["records"].oldest is None
    assert "said_of_oneself" not in found, "what is in memory cannot be counted"


def test_the_commands_say_what_they_do(home: Path, run_puente: Callable[..., str]) -> None:
    put(home, {"old": now() - timedelta(days=31), "new": now()})
    trial = run_puente(home, "purge", "--dry-run")
    assert "Conversations that can be gone on with: 1 would be deleted." in trial and "--dry-run" in trial
    assert len(ids(home)) == 2
    plain = json.loads(run_puente(home, "purge", "--json"))
    assert {each["id"]: each["gone"] for each in plain["outcomes"]}["conversations"] == 1
    assert ids(home) == ["new"]
    assert "Nothing is older than it may be" in run_puente(home, "purge")
