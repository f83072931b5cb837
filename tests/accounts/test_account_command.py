"""`puente account`, as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.accounts import audit, passwords, people, tickets
from directory.cli import main
from directory.commands.telling import now
from tests.accounts.conftest import PASSWORD


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["account", *words])


def test_from_nothing_to_the_first_admin(accounts_home: Path) -> None:
    assert "The first one: puente account add NAME --role admin" in run("list").output
    made = run("add", "Rosa.Diaz", "--role", "admin", "--shown", "Rosa Díaz", "--organization", "Kite Clinic")
    assert made.exit_code == 0
    link = re.search(r"http://127\.0\.0\.1:8000/invite/([\w-]{43})\n", made.output)
    assert link is not None and "once" in made.output
    assert "invited, no password yet  Rosa Díaz  Kite Clinic" in run("list").output
    tickets.use("invite", link[1], PASSWORD, now())
    assert passwords.fits("rosa.diaz", PASSWORD) is not None
    [told] = json.loads(run("list", "--json").output)
    assert (told["name"], told["role"], told["ready"]) == ("rosa.diaz", "admin", True)
    assert "/reset/" in run("reset", "rosa.diaz").output


def test_role_and_end(accounts_home: Path) -> None:
    run("add", "rosa", "--role", "chw")
    assert run("role", "rosa", "staff").output == "rosa is staff from now on.\n"
    assert run("end", "rosa").output == "The account of rosa has ended.\n"
    again = run("end", "rosa")
    assert again.exit_code == 1 and "has ended. Nothing was changed." in again.output
    assert [entry.what for entry in reversed(audit.entries())] == [
        "account.added", "account.invite", "account.role.staff", "account.ended",
    ]  # fmt: skip


def test_the_log_can_be_read_and_that_is_noted(accounts_home: Path) -> None:
    run("add", "rosa", "--role", "chw")
    told = json.loads(run("audit", "--kind", "account", "--json").output)
    assert told["total"] == 2 and told["entries"][0]["what"] == "account.invite"
    assert audit.entries()[0].what == "audit.read"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "two words", "--role", "chw"), "A sign-in name has 2 to 40 letters"),
        (("add", "rosa", "--role", "root"), "is not one of 'chw', 'staff', 'admin'"),
        (("add", "rosa"), "Missing option '--role'"),
        (("reset", "nobody"), "Nobody has that sign-in name"),
        (("role", "nobody", "chw"), "Nobody has that sign-in name"),
        (("audit", "--day", "yesterday"), "is no day"),
    ],
)
def test_a_slip_gets_a_sentence_and_changes_nothing(accounts_home: Path, words: tuple[str, ...], said: str) -> None:
    found = run(*words)
    assert found.exit_code != 0 and said in found.output and "Traceback" not in found.output
    assert people.listed() == ()


def test_the_link_leads_to_the_address_of_the_settings(accounts_home: Path) -> None:
    (accounts_home / "settings.yml").write_text("desk_address: https://desk.kite.example.org\n", "utf-8")
    assert "  https://desk.kite.example.org/invite/" in run("add", "rosa", "--role", "chw").output
