"""Sessions lock and end; failures make one wait; what a restore leaves of all that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory.accounts import (
    Account,
    Role,
    audit,
    carrying,
    ending,
    file,
    passwords,
    people,
    sessions,
    slowing,
    tickets,
)
from directory.purge import purge
from tests.accounts.conftest import NOW, PASSWORD

Somebody = Callable[..., Account]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_token_is_its_person(somebody: Somebody) -> None:
    rosa = somebody("rosa")
    signed = sessions.signed_in(sessions.begin(rosa, NOW), NOW)
    assert signed is not None and signed.account == rosa and not signed.locked


@pytest.mark.parametrize("forged", ["", "x", "x" * 43, "' OR 1=1 --", "\udcff", "é" * 500])
def test_a_forged_token_is_nobody(somebody: Somebody, forged: str) -> None:
    sessions.begin(somebody("rosa"), NOW)
    assert sessions.signed_in(forged, NOW) is None


def test_it_locks_after_fifteen_idle_minutes_and_stays_locked(somebody: Somebody) -> None:
    token = sessions.begin(somebody("rosa"), NOW)
    for at, locked in ((14, False), (28, False), (43.5, True), (44, True)):
        signed = sessions.signed_in(token, NOW + minutes(at))
        assert signed is not None and signed.locked is locked, at


def test_a_clock_that_is_set_back_opens_no_lock(somebody: Somebody) -> None:
    token = sessions.begin(somebody("rosa"), NOW)
    sessions.signed_in(token, NOW + minutes(16))
    signed = sessions.signed_in(token, NOW + minutes(1))
    assert signed is not None and signed.locked


def test_it_ends_after_twelve_hours_however_much_it_is_used(somebody: Somebody) -> None:
    token = sessions.begin(somebody("rosa"), NOW)
    for quarter in range(1, 72):
        assert sessions.signed_in(token, NOW + minutes(10 * quarter)) is not None
    assert sessions.signed_in(token, NOW + timedelta(hours=12)) is None


def test_unlocked_it_is_the_same_session_under_another_token(somebody: Somebody) -> None:
    token = sessions.begin(somebody("rosa"), NOW)
    before = sessions.signed_in(token, NOW)
    assert before is not None
    sessions.lock(before.session)
    new = sessions.unlock(before.session, NOW + minutes(1))
    assert sessions.signed_in(token, NOW + minutes(1)) is None
    after = sessions.signed_in(new, NOW + minutes(1))
    assert after is not None and (after.session, after.csrf, after.locked) == (before.session, before.csrf, False)


def test_only_ones_own_session_can_be_ended(somebody: Somebody) -> None:
    rosa, ana = somebody("rosa"), somebody("ana")
    token = sessions.begin(rosa, NOW)
    [mine] = sessions.of_account(rosa, NOW)
    assert not sessions.end(mine.id, ana, NOW) and sessions.signed_in(token, NOW) is not None
    assert sessions.end(mine.id, rosa, NOW) and sessions.signed_in(token, NOW) is None


def test_who_has_ended_is_out_at_once_and_another_role_counts_at_once(somebody: Somebody) -> None:
    rosa = somebody("rosa")
    token = sessions.begin(rosa, NOW)
    people.change(rosa, NOW, role=Role.STAFF)
    signed = sessions.signed_in(token, NOW)
    assert signed is not None and signed.account.role is Role.STAFF
    ending.end(rosa, NOW)
    assert sessions.signed_in(token, NOW) is None


class TestSlowing:
    def test_five_tries_are_free_then_the_wait_grows_to_a_minute(self, accounts_home: Path) -> None:
        at, waits = NOW, []
        for _ in range(14):
            if seconds := slowing.wait("rosa", "192.0.2.1", at):
                waits.append(seconds)
                at += timedelta(seconds=seconds)
                assert slowing.wait("rosa", "192.0.2.1", at) == 0
        assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60]

    def test_a_try_during_the_wait_does_not_make_it_longer(self, accounts_home: Path) -> None:
        for _ in range(5):
            assert slowing.wait("rosa", "192.0.2.1", NOW) == 0
        assert {slowing.wait("rosa", "192.0.2.1", NOW) for _ in range(50)} == {2}

    def test_many_names_from_one_address_are_slowed_too(self, accounts_home: Path) -> None:
        let = sum(slowing.wait(f"name{number}", "192.0.2.1", NOW) == 0 for number in range(200))
        assert let == 30
        assert slowing.wait("somebody.else", "192.0.2.1", NOW) > 0
        assert slowing.wait("somebody.else", "192.0.2.2", NOW) == 0

    def test_a_right_password_does_not_pay_for_the_failures_of_others(self, accounts_home: Path) -> None:
        for number in range(30):
            slowing.wait(f"name{number}", "192.0.2.1", NOW)
        later = NOW + timedelta(seconds=2)
        assert slowing.wait("mallory", "192.0.2.1", later) == 0
        slowing.forgive("mallory", "192.0.2.1")
        assert slowing.wait("victim", "192.0.2.1", later) > 0

    def test_nobody_is_locked_out_for_ever(self, accounts_home: Path) -> None:
        at = NOW
        for _ in range(60):
            at += timedelta(seconds=slowing.wait("rosa", "192.0.2.1", at))
            assert slowing.wait("rosa", "192.0.2.1", at) in range(901)
        assert slowing.wait("rosa", "192.0.2.1", at + timedelta(hours=1, seconds=1)) == 0

    def test_neither_name_nor_address_is_kept(self, accounts_home: Path) -> None:
        slowing.wait("zorzal.nube", "198.51.100.77", NOW)
        kept = (accounts_home / file.SESSIONS).read_bytes()
        assert b"zorzal" not in kept and b"198.51" not in kept


class TestAfterARestore:
    def test_who_left_does_not_come_back_and_the_log_goes_on(
        self, somebody: Somebody, accounts_home: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        ana, rosa = somebody("ana", Role.ADMIN), somebody("rosa")
        new = tmp_path_factory.mktemp("backup")
        shutil.copy2(accounts_home / file.DESK, new / file.DESK)
        ending.end(rosa, NOW, by=ana)
        passwords.put(ana, "another long one", NOW)
        luis = somebody("luis")
        audit.note(luis, "inbox.done", "9", NOW)
        assert carrying.carry_over(accounts_home, new) > 0
        shutil.copy2(new / file.DESK, accounts_home / file.DESK)
        assert people.by_name("rosa") is None
        assert passwords.fits("ana", PASSWORD) is None and passwords.fits("ana", "another long one") == ana
        assert people.by_name("luis") == luis
        assert [entry.of for entry in audit.entries(kind="inbox")] == ["9"]

    def test_a_backup_of_another_home_counts_as_it_is(
        self, somebody: Somebody, accounts_home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        somebody("ana", Role.ADMIN)
        new = accounts_home / "other"
        new.mkdir()
        monkeypatch.setenv("PUENTE_HOME", str(new))
        somebody("vera", Role.ADMIN)
        assert carrying.carry_over(accounts_home, new) == 0
        assert [person.account.name for person in people.listed()] == ["vera"]

    def test_every_session_and_link_is_over(self, somebody: Somebody) -> None:
        rosa = somebody("rosa")
        token, link = sessions.begin(rosa, NOW), tickets.make(rosa, NOW).path.removeprefix("/reset/")
        assert ending.everybody_out(NOW) == 1
        assert sessions.signed_in(token, NOW) is None and tickets.opened("reset", link, NOW) is None


class TestPurge:
    def test_old_lines_and_sign_ins_go_and_accounts_stay(self, somebody: Somebody, accounts_home: Path) -> None:
        rosa = somebody("rosa")
        sessions.begin(rosa, NOW)
        year = NOW + timedelta(days=366)
        audit.note(rosa, "inbox.done", "new", year)
        before = audit.count()
        report = purge(accounts_home, year, now_is_right=True)
        gone = {outcome.id: outcome.gone for outcome in report.outcomes}
        assert (gone["desk_log"], gone["desk_sessions"]) == (before - 1, 1)
        assert [entry.of for entry in audit.entries()] == ["new"]
        assert people.by_name("rosa") == rosa

    def test_what_is_young_stays(self, somebody: Somebody, accounts_home: Path) -> None:
        token = sessions.begin(somebody("rosa"), NOW)
        report = purge(accounts_home, NOW + minutes(5), now_is_right=True)
        assert not any(outcome.gone for outcome in report.outcomes if outcome.id.startswith("desk"))
        assert sessions.signed_in(token, NOW + minutes(5)) is not None
