"""Accounts come, change and end; none is deleted, and one admin always stays."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from directory.accounts import Account, Role, audit, ending, file, people
from directory.errors import AccountError
from tests.accounts.conftest import NOW

Somebody = Callable[..., Account]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rosa", "rosa"),
        ("  rosa.diaz ", "rosa.diaz"),
        ("JOSÉ", "josé"),
        ("ｒｏｓａ", "rosa"),
        ("ana@kite-1", "ana@kite-1"),
        ("o'neil", "o'neil"),
    ],
)
def test_a_name_is_kept_in_one_way(accounts_home: Path, typed: str, kept: str) -> None:
    people.add(typed, Role.CHW, NOW)
    found = people.by_name(typed.upper())
    assert found is not None and found.name == kept


@pytest.mark.parametrize(
    "odd",
    [
        "", "a", "x" * 41, "two words", "rosa\r\nSet-Cookie: x=1", "rosa\x00", "<b>rosa", ".rosa", "r\u043esa",
        "ro\u202esa", "ros\u200ba", "🙂🙂", "../../etc",
    ],
)  # fmt: skip
def test_an_odd_name_is_refused_and_nothing_is_kept(accounts_home: Path, odd: str) -> None:
    with pytest.raises(AccountError, match="A sign-in name has 2 to 40 letters"):
        people.add(odd, Role.CHW, NOW)
    assert people.listed() == () and not people.any_account()


def test_a_name_stays_with_its_person(somebody: Somebody) -> None:
    ending.end(somebody("rosa"), NOW)
    with pytest.raises(AccountError, match="is taken, perhaps by somebody who left"):
        people.add("ROSA", Role.CHW, NOW)
    assert len(people.listed()) == 1


def test_who_has_ended_is_nobody_but_stays_in_the_list(somebody: Somebody) -> None:
    rosa = somebody("rosa")
    ending.end(rosa, NOW + timedelta(days=1))
    assert people.by_name("rosa") is None and people.by_id(rosa.id) is None
    [person] = people.listed()
    assert person.ended_at == NOW + timedelta(days=1) and not person.ready


def test_the_last_admin_stays(somebody: Somebody) -> None:
    ana = somebody("ana", Role.ADMIN)
    somebody("luis", Role.ADMIN, ready=False)  # has no password yet: could not help anybody
    for work in (lambda: ending.end(ana, NOW), lambda: people.change(ana, NOW, role=Role.STAFF)):
        with pytest.raises(AccountError, match="the last admin who can sign in"):
            work()
    found = people.by_name("ana")
    assert found is not None and found.role is Role.ADMIN


def test_nobody_ends_themselves(somebody: Somebody) -> None:
    ana, luis = somebody("ana", Role.ADMIN), somebody("luis", Role.ADMIN)
    with pytest.raises(AccountError, match="Nobody ends their own account"):
        ending.end(ana, NOW, by=ana)
    ending.end(ana, NOW, by=luis)
    assert people.by_name("ana") is None


@pytest.mark.parametrize("_", range(5))
def test_two_admins_who_end_each_other_at_once_do_not_both_succeed(somebody: Somebody, _: int) -> None:
    ana, luis = somebody("ana", Role.ADMIN), somebody("luis", Role.ADMIN)
    together, refused = threading.Barrier(2), []

    def end(whom: Account, by: Account) -> None:
        together.wait()
        try:
            ending.end(whom, NOW, by=by)
        except AccountError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=end, args=pair) for pair in ((ana, luis), (luis, ana))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([person for person in people.listed() if person.ended_at is None]) == 1
    assert len(refused) == 1 and "the last admin" in refused[0]


def test_the_files_can_be_read_by_their_owner_alone(somebody: Somebody, accounts_home: Path) -> None:
    somebody("rosa")
    files = list(accounts_home.glob("desk*.db*"))
    assert files and {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_damaged_file_is_set_aside_and_a_new_one_begins(somebody: Somebody, accounts_home: Path) -> None:
    somebody("rosa")
    path = accounts_home / file.DESK
    path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    assert people.listed() == ()
    assert len(list(accounts_home.glob("desk.damaged-*.db"))) == 1
    people.add("ana", Role.ADMIN, NOW)
    assert [person.account.name for person in people.listed()] == ["ana"]


def test_a_change_and_its_line_in_the_log_are_written_together(somebody: Somebody, accounts_home: Path) -> None:
    ana = somebody("ana", Role.ADMIN)
    with closing(sqlite3.connect(accounts_home / file.DESK)) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
        db.commit()
    with pytest.raises(AccountError):
        people.change(ana, NOW, shown="Another")
    assert people.listed()[0].account.shown == "Ana Rivera"


class TestTheLog:
    def test_it_says_who_what_and_when(self, somebody: Somebody) -> None:
        rosa = somebody("rosa", Role.STAFF)
        audit.note(rosa, "inbox.done", "17", NOW)
        [entry] = audit.entries(kind="inbox")
        assert (entry.name, entry.role, entry.organization) == ("rosa", Role.STAFF, "Kite Clinic")
        assert (entry.what, entry.of, entry.at) == ("inbox.done", "17", NOW)

    @pytest.mark.parametrize("words", ["she said he hit her", "two words", "línea\nnueva", "x" * 121, "ñandú"])
    def test_words_are_never_kept(self, somebody: Somebody, accounts_home: Path, words: str) -> None:
        audit.note(somebody("rosa"), "inbox.read", words, NOW)
        [entry] = audit.entries(kind="inbox.read")
        assert entry.of.startswith("#") and len(entry.of) == 17
        assert words.encode() not in b"".join(path.read_bytes() for path in accounts_home.glob("desk.db*"))

    @pytest.mark.parametrize("what", ["", "done", "Inbox.done", "inbox.done it", "inbox..done", "inbox.done; she wept"])
    def test_a_verb_is_a_verb(self, accounts_home: Path, what: str) -> None:
        with pytest.raises(ValueError, match="a verb with dots"):
            audit.note(None, what, "", NOW)
        assert audit.count() == 0

    def test_by_person_kind_and_pacific_day(self, somebody: Somebody) -> None:
        rosa, ana = somebody("rosa"), somebody("ana")
        late = NOW.replace(hour=23) + timedelta(hours=8)  # 23:00 of the same day in California
        for who, what, at in ((rosa, "inbox.done", NOW), (rosa, "inboxes.x", NOW), (ana, "inbox.done", late)):
            audit.note(who, what, "1", at)
        audit.note(ana, "inbox.done", "2", late + timedelta(hours=2))
        assert audit.count(kind="inbox") == 3
        assert audit.count(kind="inbox", account=ana.id) == 2
        day = NOW.date()
        assert audit.count(kind="inbox", day=day) == 2
        assert audit.count(kind="inbox", day=day + timedelta(days=1)) == 1

    def test_pages_of_a_hundred_the_newest_first(self, accounts_home: Path) -> None:
        for number in range(205):
            audit.note(None, "inbox.read", str(number), NOW)
        pages = [[entry.of for entry in audit.entries(page=page)] for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [100, 100, 5, 0]
        assert (pages[0][0], pages[2][-1]) == ("204", "0")
