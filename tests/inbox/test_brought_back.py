"""What a restore, another key or the wipe word must not bring back: numbers, offers, somebody else's answers."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from directory.backup import never_lost
from directory.doctor.finding import Look
from directory.doctor.inbox import inbox as check
from directory.errors import InboxError, SenderError
from directory.inbox import elsewhere, ending, followups, opt_outs, queue, quiet, reports, stores, tasks, where, who
from directory.inbox.outcomes import Outcome
from directory.model import Language
from directory.sender.lists import invite
from tests.inbox.conftest import ANA, BETO, NOW, SERVER
from tests.inbox.told import agreed, agrees, asked_for_a_call, days, puts, sends, traces

files = pytest.mark.skipif(bool(SERVER), reason="is about files of SQLite")


@contextmanager
def restored(home: Path, kept: Path) -> Iterator[None]:
    """The inbox as it was is back after what happens meanwhile."""
    stores.settled(where.INBOX)
    shutil.copy(home / "inbox.db", kept / "backup.db")
    yield
    for end in ("", "-wal", "-shm"):
        (home / f"inbox.db{end}").unlink(missing_ok=True)
    shutil.copy(kept / "backup.db", home / "inbox.db")


def another_key(home: Path) -> bytes:
    """Another key lies in secret.key; the one that lay there."""
    before = (home / "secret.key").read_bytes()
    (home / "secret.key").write_bytes(secrets.token_bytes(32))
    return before


@files
@pytest.mark.parametrize("said", ["wiped", "stop", "stop and back"])
def test_a_call_that_a_restore_brings_back_is_shown_to_nobody(home: Path, tmp_path: Path, ana: str, said: str) -> None:
    reach = asked_for_a_call(ANA)
    asked_for_a_call(BETO)
    with restored(home, tmp_path):
        quiet.forget(ana, days(1)) if said == "wiped" else opt_outs.out(ana, "word", days(1))
        if said == "stop and back":
            opt_outs.back(ana, days(1))
    assert [each.id for each in tasks.open_tasks()] == [2]
    with pytest.raises(InboxError, match="no call T1"):
        tasks.number(1)
    ending.ended("inbox", days(-60), days(2))
    stores.settled(where.INBOX)
    assert traces(home, reach) == [] and tasks.number(2) == BETO


@files
def test_a_call_asked_for_again_after_a_restore_is_one_to_make(home: Path, tmp_path: Path, ana: str) -> None:
    asked_for_a_call(ANA)
    with restored(home, tmp_path):
        quiet.forget(ana, days(1))
    asked_for_a_call(ANA, now=days(2))
    [item] = tasks.open_tasks()
    assert item.asked_at == days(2) and tasks.number(item.id) == ANA


@files
def test_after_a_restore_nobody_is_taken_for_somebody_else(home: Path, tmp_path: Path, ana: str, beto: str) -> None:
    agreed(ANA)
    followups.answered(1, Outcome.HELPED, days(1))
    with restored(home, tmp_path):
        agreed(ANA, days(2))
        [due] = followups.due(days(5))
        queue.put(due.cause, due.who, due.reach or "", "x", days(5), days(6), days(5))
        assert sends(days(5)) == ["followup:2:3"]
    agreed(BETO, days(6))
    assert followups.open_question(beto) is None
    assert [item.cause for item in followups.due(days(9))] == ["followup:3:3"]


def test_no_number_of_a_call_is_given_again(home: Path, ana: str) -> None:
    asked_for_a_call(ANA)
    quiet.forget(ana, NOW)
    asked_for_a_call(BETO, red=True)
    assert [each.id for each in tasks.open_tasks()] == [2]
    with pytest.raises(InboxError, match="no call T1"):
        tasks.done(1, "Rosa", NOW)


def test_the_wipe_word_is_no_way_to_two_texts_a_day(home: Path, ana: str) -> None:
    puts("list:RIVER", ANA)
    assert sends(NOW) == ["list:RIVER"]
    quiet.forget(ana, NOW + timedelta(minutes=10))
    puts("list:OCEAN", ANA, NOW + timedelta(minutes=20), lasts=3)
    assert sends(NOW + timedelta(hours=1)) == []
    assert sends(days(1.1)) == ["list:OCEAN"]


def test_under_another_key_nobody_in_peace_is_written_to(home: Path, ana: str) -> None:
    quiet.hush(ana, NOW)
    with pytest.raises(SenderError, match="No text is sent to that number"):
        invite(ANA, "RIVER", Language.EN, consent="at the desk", by="Rosa", now=NOW)
    key = another_key(home)
    with pytest.raises(InboxError, match=r"another key.*restore --help"):
        invite(ANA, "RIVER", Language.EN, consent="at the desk", by="Rosa", now=NOW)
    assert not agrees(ANA)
    (home / "secret.key").write_bytes(key)
    opt_outs.must_be_known()
    another_key(home)
    opt_outs.begin_anew(days(1))
    assert agrees(ANA, days(2))


def test_the_key_of_those_in_peace_goes_with_their_days(home: Path, ana: str) -> None:
    quiet.hush(ana, NOW)
    another_key(home)
    assert not agrees(BETO)
    ending.ended("left_in_peace", days(1), days(90))
    assert agrees(BETO)


@pytest.mark.parametrize("taken", [False, True])
def test_a_text_under_another_key_breaks_nothing_and_goes_out_under_its_own(home: Path, taken: bool) -> None:
    puts("reminder:1", ANA)
    if taken:
        assert queue.claim(NOW)
    later = NOW + timedelta(minutes=6)
    key = another_key(home)
    found = queue.in_doubt(later) if taken else (queue.claim(later),)
    assert [each and (each.cause, each.text) for each in found] == [("reminder:1", "")]
    assert queue.texts_due(later) == () and queue.unreadable() == 1
    [said] = [each for each in check(Look(home, NOW)) if each.level == "mend"]
    assert said.text.startswith("A text waits and cannot be read: secret.key holds another key")
    (home / "secret.key").write_bytes(key)
    [again] = queue.in_doubt(NOW + timedelta(minutes=12))
    assert who.unseal(again.reach) == ANA and again.text == "Did it help?"


@files
def test_the_wipe_word_after_a_loss_ends_no_peace_that_the_backup_knows(home: Path, tmp_path: Path, ana: str) -> None:
    quiet.hush(ana, NOW)
    stores.settled(where.OPT_OUTS)
    shutil.copy(home / "opt_outs.db", tmp_path)
    for file in home.glob("opt_outs.db*"):
        file.unlink()
    quiet.forget(ana, days(1))
    never_lost.merge(home, tmp_path)
    shutil.copy(tmp_path / "opt_outs.db", home)
    assert quiet.is_quiet(ana) and not opt_outs.may_begin(ana)


@files
@pytest.mark.parametrize("said", ["stop", "peace"])
def test_lost_opt_outs_are_noticed_also_where_nothing_was_begun_yet(home: Path, ana: str, said: str) -> None:
    opt_outs.out(ana, "word", NOW) if said == "stop" else quiet.hush(ana, NOW)
    for file in home.glob("opt_outs.db*"):
        file.unlink()
    with pytest.raises(InboxError, match="Who said STOP was lost"):
        invite(ANA, "RIVER", Language.EN, consent="at the desk", by="Rosa", now=NOW)


def test_many_of_the_page_on_one_day_may_be_one_person(home: Path, ana: str) -> None:
    for number in range(5):
        reports.listing("list:1", "closed", f"web-{number:032}", NOW)
    assert reports.doubted() == frozenset()
    [said] = reports.open_reports()
    assert said.people == 1 and said.what == (("closed", 5),)
    reports.listing("list:1", "closed", f"web-{7:032}", days(1))
    assert reports.doubted() == {"list:1"}
    reports.listing("list:2", "closed", f"web-{7:032}", NOW)
    reports.listing("list:2", "phone", ana, NOW)
    assert reports.doubted() == {"list:1", "list:2"}


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One database for all stores, as a server has it."""
    url = f"sqlite:///{home}/all.sqlite"
    monkeypatch.setenv("PUENTE_INBOX", url)
    return url


@files
def test_an_older_database_in_the_place_of_the_inbox_sends_nothing(home: Path, server: str, ana: str) -> None:
    puts("reminder:1", BETO, lasts=3)
    shutil.copy(home / "all.sqlite", home / "backup.sqlite")
    assert sends(NOW) == ["reminder:1"]
    opt_outs.out(ana, "word", NOW)
    elsewhere.noted(NOW + timedelta(minutes=15))
    shutil.copy(home / "backup.sqlite", home / "all.sqlite")
    assert not opt_outs.is_out(ana) and not opt_outs.may_begin(ana)
    with pytest.raises(InboxError, match="An older database took the place"):
        queue.claim(days(1))
    opt_outs.begin_anew(days(1))
    assert sends(days(1)) == [] and agrees(BETO, days(2))


@files
def test_who_lacks_the_url_of_the_inbox_begins_no_other(
    home: Path, server: str, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    puts("reminder:1", ANA)
    monkeypatch.delenv("PUENTE_INBOX")
    with pytest.raises(InboxError, match="PUENTE_INBOX is not set here"):
        opt_outs.out(ana, "staff", NOW)
    assert reports.doubted() == frozenset() and list(home.glob("*.db")) == []
    [said] = check(Look(home, NOW))
    assert said.level == "mend" and "PUENTE_INBOX is not set" in said.text
    monkeypatch.setenv("PUENTE_INBOX", server)
    assert opt_outs.out(ana, "staff", NOW) and sends(NOW) == []
