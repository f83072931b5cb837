"""Who said STOP gets nothing by any path, also after a kill, a restore, another key or a damaged file."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from directory import keys
from directory.backup import never_lost
from directory.errors import InboxError
from directory.inbox import ending, followups, opt_outs, queue, quiet, stores, tasks, where, who
from tests.inbox.conftest import ANA, BETO, NOW, SERVER
from tests.inbox.told import agreed, asked_for_a_call, child, days, puts, sends, traces

files = pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")


def test_stop_ends_all_that_waits_and_leaves_no_number_anywhere(home: Path, ana: str) -> None:
    reach, called = agreed(ANA), asked_for_a_call(ANA)
    assert puts("reminder:1", ANA)
    assert SERVER or (traces(home, reach) and traces(home, called))
    assert opt_outs.out(ana, "word", NOW) is True
    assert opt_outs.is_out(ana) and not puts("reminder:2", ANA)
    assert sends(days(1)) == [] and followups.due(days(3)) == () and tasks.open_tasks() == ()
    assert traces(home, reach) == traces(home, called) == []


def test_another_person_is_not_touched(home: Path, ana: str) -> None:
    agreed(BETO)
    puts("reminder:1", BETO)
    opt_outs.out(ana, "carrier", NOW)
    assert sends(NOW) == ["reminder:1"]
    assert len(followups.due(days(3))) == 1


def test_who_comes_back_in_gets_nothing_of_what_was_agreed_before(home: Path, ana: str) -> None:
    agreed(ANA)
    opt_outs.out(ana, "word", days(1))
    assert opt_outs.out(ana, "word", days(1)) is False
    assert opt_outs.back(ana, days(2)) is True and opt_outs.back(ana, days(2)) is False
    assert not opt_outs.is_out(ana) and followups.due(days(3)) == ()
    [kept] = opt_outs.listed()
    assert (kept.at, kept.how, kept.back_at) == (days(1), "word", days(2))
    agreed(ANA, days(4))
    assert len(followups.due(days(7))) == 1


def test_out_and_back_and_out_again_is_out(home: Path, ana: str) -> None:
    opt_outs.out(ana, "word", NOW)
    opt_outs.back(ana, NOW)
    opt_outs.out(ana, "staff", NOW)  # within one second
    assert opt_outs.is_out(ana) and opt_outs.listed()[0].how == "staff"


@files
def test_a_kill_after_the_opt_out_and_before_what_it_cancels_sends_nothing(home: Path, ana: str) -> None:
    reach = agreed(ANA)
    puts("reminder:1", ANA)
    with closing(sqlite3.connect(home / "queue.db", isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")  # so it stops where it would cancel
        process = child(home, f"from directory.inbox import opt_outs\nopt_outs.out({ana!r}, 'word', days(1))")
        limit = time.monotonic() + 30
        while not opt_outs.is_out(ana) and time.monotonic() < limit:
            time.sleep(0.02)
        process.kill()
        process.wait(10)
    assert process.stdout and not process.stdout.close()
    assert opt_outs.is_out(ana) and traces(home, reach) == ["inbox.db"]
    assert sends(days(1)) == [] and followups.due(days(3)) == ()
    ending.ended("inbox", days(-90), days(3))
    assert traces(home, reach) == []


@files
@pytest.mark.parametrize("said", ["word", "back and word", "quiet", "forget"])
def test_a_restore_of_a_backup_from_before_brings_nothing_back_to_life(home: Path, tmp_path: Path, said: str) -> None:
    ana = who.conversation(ANA)
    agreed(ANA)
    if said == "back and word":
        opt_outs.out(ana, "word", days(-9))
        opt_outs.back(ana, days(-8))
        agreed(ANA)
    backup = tmp_path / "backup"
    backup.mkdir()
    for name in ("inbox.db", "opt_outs.db", "secret.key"):
        shutil.copy(home / name, backup)
    {"quiet": quiet.hush, "forget": quiet.forget}.get(said, lambda w, at: opt_outs.out(w, "word", at))(ana, days(1))
    never_lost.merge(home, backup)
    for name in ("inbox.db", "opt_outs.db"):
        shutil.copy(backup / name, home)
    assert followups.due(days(3)) == ()
    assert opt_outs.is_out(ana) is ("word" in said) and quiet.is_quiet(ana) is (said == "quiet")


@files
def test_an_opt_out_that_only_the_backup_has_holds_although_they_came_back_once(home: Path, tmp_path: Path) -> None:
    ana, then = who.conversation(ANA), tmp_path / "backup"
    then.mkdir()
    opt_outs.out(ana, "word", days(-5))
    opt_outs.back(ana, days(-4))
    shutil.copy(home / "opt_outs.db", tmp_path / "old.db")
    opt_outs.out(ana, "word", days(-1))
    shutil.copy(home / "opt_outs.db", then)
    shutil.copy(tmp_path / "old.db", home / "opt_outs.db")
    assert not opt_outs.is_out(ana)
    never_lost.merge(home, then)
    shutil.copy(then / "opt_outs.db", home)
    assert opt_outs.is_out(ana)


def test_nothing_is_begun_under_another_key_until_the_first_is_back(home: Path, ana: str) -> None:
    opt_outs.out(ana, "word", NOW)
    key = (home / "secret.key").read_bytes()
    (home / "secret.key").write_bytes(secrets.token_bytes(32))
    assert keys.derived("x")
    with pytest.raises(InboxError, match=r"1 person said STOP while secret.key held another key.*restore --help"):
        puts("reminder:1", BETO)
    assert not opt_outs.may_begin(who.conversation(BETO))
    (home / "secret.key").write_bytes(key)
    assert puts("reminder:1", BETO) and not puts("reminder:2", ANA)


def test_a_number_sealed_under_another_key_cannot_be_read_and_says_what_to_do(home: Path) -> None:
    sealed = who.seal(ANA)
    assert ANA not in sealed and who.unseal(sealed) == ANA
    (home / "secret.key").write_bytes(secrets.token_bytes(32))
    with pytest.raises(InboxError, match="Put the key back from a backup") as refused:
        who.unseal(sealed)
    assert ANA[-4:] not in str(refused.value)


@files
@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_lost_opt_outs_stop_every_text_until_a_backup_is_back(home: Path, tmp_path: Path, ana: str, harm: str) -> None:
    opt_outs.out(ana, "word", NOW)
    puts("reminder:1", BETO)
    shutil.copy(home / "opt_outs.db", tmp_path)
    if harm == "damaged":
        (home / "opt_outs.db").write_bytes(b"no database at all" * 500)
    else:
        (home / "opt_outs.db").unlink()
    opt_outs.out(who.conversation("+12095550160"), "word", NOW)  # what is said now is kept all the same
    for begins in (lambda: puts("reminder:3", BETO), lambda: queue.claim(NOW)):
        with pytest.raises(InboxError, match="Put the last backup back"):
            begins()
    never_lost.merge(home, tmp_path)
    shutil.copy(tmp_path / "opt_outs.db", home)
    assert sends(NOW) == ["reminder:1"]
    assert opt_outs.is_out(ana) and opt_outs.is_out(who.conversation("+12095550160"))


@files
def test_without_a_backup_staff_begin_anew_and_what_was_agreed_is_void(home: Path) -> None:
    agreed(ANA)
    puts("reminder:1", ANA)
    (home / "opt_outs.db").unlink()
    opt_outs.begin_anew(days(1))
    assert sends(days(1)) == [] and followups.due(days(3)) == ()
    agreed(ANA, days(2))
    assert len(followups.due(days(5))) == 1 and puts("reminder:2", ANA, days(2))


@files
def test_files_are_for_their_owner_alone(home: Path, ana: str) -> None:
    agreed(ANA)
    puts("reminder:1", ANA)
    assert {path.stat().st_mode & 0o777 for path in home.glob("*.db")} == {0o600}
    assert stores.exists(where.OPT_OUTS)


def test_looking_makes_nothing(home: Path, ana: str) -> None:
    assert not opt_outs.is_out(ana) and not quiet.is_quiet(ana) and opt_outs.listed() == ()
    assert followups.open_question(ana) is None and queue.claim(NOW) is None and tasks.open_tasks() == ()
    assert list(home.glob("*.db")) == []
