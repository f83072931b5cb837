"""Which passwords are taken, how they are kept, and links by which one is chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from directory.accounts import Account, Role, ending, entering, file, passwords, people, sessions, tickets
from directory.errors import AccountError
from tests.accounts.conftest import NOW, PASSWORD

Somebody = Callable[..., Account]
ROSA = Account(1, "rosa.diaz", "Rosa Díaz", Role.CHW)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "short"), ("short", "short"), ("elevenchars", "short"), ("           abc            ", "short"),
        ("x7" * 101, "long"),
        ("rosa.diaz", "short"), ("rosa.diaz2026", "name"), ("Rosa Díaz rosa.diaz", "name"),
        ("diazdiazrosarosa", "name"), ("password1234", "common"), ("P@ssw0rd2026!", "common"),
        ("contraseña123", "common"), ("qwertyuiop12", "common"), ("123456789012", "common"),
        ("aaaaaaaaaaaa", "common"), ("abababababab", "common"), ("iloveyou2026!!", "common"),
        ("passwordpassword", "common"), ("bienvenidos fresno", "common"), ("zxcvbnmasdfgh", "common"),
        ("098765432109", "common"), ("Clinic-Health-2026", "common"), ("correct horse battery staple", "common"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_password(password: str, why: str) -> None:
    assert passwords.refusal(password, ROSA) == why


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "doceletrasya", "ocho gatos pardos", "kqzwvbnxtrml", "8471 9305 2266", "naïve-quince-otter",
        "今日は散歩に行きましたよね",
    ],
)  # fmt: skip
def test_what_can_be_one_whatever_it_is_made_of(password: str) -> None:
    assert passwords.refusal(password, ROSA) is None


def test_it_is_kept_as_argon2id_with_the_figures_of_owasp(somebody: Somebody, accounts_home: Path) -> None:
    somebody("rosa")
    with closing(sqlite3.connect(accounts_home / file.DESK)) as db:
        kept = db.execute("SELECT password FROM account").fetchone()[0]
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in kept and PasswordHasher().verify(kept, PASSWORD)


def test_an_accent_of_one_or_of_two_letters_is_the_same(somebody: Somebody) -> None:
    rosa = somebody("rosa", ready=False)
    passwords.put(rosa, "montan\u0303a alta verde", NOW)
    assert passwords.fits("rosa", "monta\u00f1a alta verde") == rosa
    assert passwords.fits("rosa", "montana alta verde") is None


def test_an_older_hash_is_made_anew_at_the_next_sign_in(somebody: Somebody, accounts_home: Path) -> None:
    rosa = somebody("rosa")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with closing(sqlite3.connect(accounts_home / file.DESK)) as db:
        db.execute("UPDATE account SET password = ?", (weak,))
        db.commit()
    assert passwords.fits("rosa", "not this one, no") is None
    assert passwords.fits("rosa", PASSWORD) == rosa
    with closing(sqlite3.connect(accounts_home / file.DESK)) as db:
        assert "m=19456" in db.execute("SELECT password FROM account").fetchone()[0]
    assert passwords.fits("rosa", PASSWORD) == rosa


@pytest.mark.parametrize("name", ["rosa", "nobody", "luis", "gone", "", "x" * 500, "rosa' OR 1=1 --"])
def test_the_work_is_the_same_whether_or_not_a_name_is_known(
    somebody: Somebody, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    somebody("rosa")
    somebody("luis", ready=False)
    ending.end(somebody("gone"), NOW)
    passwords.fits("nobody", "makes the hash that nobody has")
    checked = []
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, hash: str, password: str) -> bool:
        checked.append(hash.split("$")[3])
        return real(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    assert passwords.fits(name, "a wrong password") is None
    assert checked == ["m=19456,t=2,p=1"]


class TestLinks:
    def test_an_invitation_works_once(self, somebody: Somebody) -> None:
        rosa = somebody("rosa", ready=False)
        ticket = tickets.make(rosa, NOW)
        token = ticket.path.removeprefix("/invite/")
        assert tickets.opened("invite", token, NOW) == rosa
        assert tickets.use("invite", token, PASSWORD, NOW) == rosa
        assert passwords.fits("rosa", PASSWORD) == rosa
        with pytest.raises(AccountError, match="was used or is over"):
            tickets.use("invite", token, "another long one", NOW)
        assert passwords.fits("rosa", PASSWORD) == rosa

    @pytest.mark.parametrize(("ready", "kind", "hours"), [(False, "invite", 72), (True, "reset", 1)])
    def test_how_long_it_holds(self, somebody: Somebody, ready: bool, kind: str, hours: int) -> None:
        ticket = tickets.make(somebody("rosa", ready=ready), NOW)
        token = ticket.path.removeprefix(f"/{kind}/")
        almost = NOW + timedelta(hours=hours) - timedelta(seconds=1)
        assert tickets.opened(kind, token, almost) is not None
        assert tickets.opened(kind, token, almost + timedelta(seconds=1)) is None

    def test_a_link_of_one_kind_is_none_of_the_other(self, somebody: Somebody) -> None:
        token = tickets.make(somebody("rosa", ready=False), NOW).path.removeprefix("/invite/")
        assert tickets.opened("reset", token, NOW) is None

    def test_a_new_link_ends_the_former_one(self, somebody: Somebody) -> None:
        rosa = somebody("rosa")
        first, second = (tickets.make(rosa, NOW).path.removeprefix("/reset/") for _ in range(2))
        assert tickets.opened("reset", first, NOW) is None and tickets.opened("reset", second, NOW) == rosa

    def test_who_changes_a_password_ends_the_links_to_it(self, somebody: Somebody) -> None:
        rosa, ana = somebody("rosa"), somebody("ana")
        link, other = (tickets.make(one, NOW).path.removeprefix("/reset/") for one in (rosa, ana))
        signed = sessions.signed_in(sessions.begin(rosa, NOW), NOW)
        assert signed and entering.change_password(signed, PASSWORD, "tres gatos azules", "10.0.0.1", NOW) is True
        assert tickets.opened("reset", link, NOW) is None and tickets.opened("reset", other, NOW) == ana

    def test_a_weak_password_leaves_the_link_as_it_was(self, somebody: Somebody) -> None:
        token = tickets.make(somebody("rosa", ready=False), NOW).path.removeprefix("/invite/")
        with pytest.raises(AccountError, match="at least 12"):
            tickets.use("invite", token, "short", NOW)
        assert tickets.opened("invite", token, NOW) is not None

    def test_only_its_hash_is_kept(self, somebody: Somebody, accounts_home: Path) -> None:
        token = tickets.make(somebody("rosa"), NOW).path.removeprefix("/reset/")
        bearer = sessions.begin(somebody("ana"), NOW)
        kept = b"".join(path.read_bytes() for path in accounts_home.glob("desk*.db*"))
        assert token.encode() not in kept and bearer.encode() not in kept

    def test_a_reset_ends_every_session(self, somebody: Somebody) -> None:
        rosa = somebody("rosa")
        bearer = sessions.begin(rosa, NOW)
        token = tickets.make(rosa, NOW).path.removeprefix("/reset/")
        assert sessions.signed_in(bearer, NOW) is not None
        tickets.use("reset", token, "another long one", NOW)
        assert sessions.signed_in(bearer, NOW) is None

    def test_who_has_ended_gets_no_link_and_an_open_one_is_over(self, somebody: Somebody) -> None:
        rosa = somebody("rosa", ready=False)
        token = tickets.make(rosa, NOW).path.removeprefix("/invite/")
        ending.end(rosa, NOW)
        assert tickets.opened("invite", token, NOW) is None
        with pytest.raises(AccountError, match="has ended"):
            tickets.make(rosa, NOW)
        assert people.by_name("rosa") is None
