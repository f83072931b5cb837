"""Looking around without a password: on a demonstration, at this machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, people, sessions
from directory.desk.frame.routes import COOKIE
from directory.sync import stage
from tests.conftest import demo_copy
from tests.desk.conftest import publish
from tests.desk.forms import post
from tests.desk.listings import DEMO, listed
from tests.desk.signing.conftest import Entrance

REAL = listed("real")


@pytest.fixture
def demo(entrance: Entrance, demo_home: Path) -> Entrance:
    """The demonstration, as `puente demo load` makes it."""
    demo_copy(demo_home, entrance.home)
    return entrance


def look(browser: TestClient, role: str = "admin", **headers: str) -> int:
    return browser.post("/look-around", data={"role": role}, headers=headers).status_code


@pytest.mark.parametrize(
    ("role", "seen", "unseen"), [("chw", ["/"], ["/people", "/audit"]), ("admin", ["/", "/people", "/audit"], [])]
)
def test_three_buttons_let_one_look_around(demo: Entrance, role: str, seen: list[str], unseen: list[str]) -> None:
    browser = demo.browser()
    page = browser.get("/signin").text
    assert page.count('name="role"') == 3 and "Look around as a CHW" in page and 'name="password"' not in page
    assert look(browser, role) == 303
    assert [browser.get(path).status_code for path in seen] == [200] * len(seen)
    assert [browser.get(path).status_code for path in unseen] == [403] * len(unseen)


def test_locked_or_idle_it_is_over(demo: Entrance) -> None:
    browser = demo.browser()
    look(browser, "chw")
    assert post(browser, "/lock").headers["location"].startswith("/signin")
    look(browser, "chw")
    demo.clock.later(minutes=16)
    assert browser.get("/").headers["location"] == "/signin"


@pytest.mark.parametrize("role", ["", "root", "ADMIN", "admin; --"])
def test_there_are_three_roles(demo: Entrance, role: str) -> None:
    browser = demo.browser()
    assert look(browser, role) == 403 and COOKIE not in browser.cookies


PASSED_ON = [{"x-forwarded-for": "127.0.0.1"}, {"x-forwarded-proto": "https"}, {"forwarded": "for=x"}, {"via": "1.1 x"}]


@pytest.mark.parametrize("headers", PASSED_ON, ids=str)
def test_not_through_a_proxy(demo: Entrance, headers: dict[str, str]) -> None:
    browser = demo.browser()
    assert "/look-around" not in browser.get("/signin", headers=headers).text
    assert look(browser, **headers) == 403 and COOKIE not in browser.cookies


def test_not_under_another_name(demo: Entrance) -> None:
    browser = demo.browser("http://testserver")
    assert "/look-around" not in browser.get("/signin").text
    assert look(browser) == 403 and COOKIE not in browser.cookies


def an_account(home: Path) -> None:
    people.add("ana", Role.ADMIN, datetime(2026, 11, 23, tzinfo=timezone.utc))


def an_account_that_ended(home: Path) -> None:
    from directory.accounts import ending

    now = datetime(2026, 11, 23, tzinfo=timezone.utc)
    ending.end(people.add("ana", Role.CHW, now), now)


def a_real_list(home: Path) -> None:
    nothing_published(home)
    publish(home / "directory.db", REAL)


def a_real_list_beside_the_demo(home: Path) -> None:
    nothing_published(home)
    publish(home / "directory.db", REAL, listed("invented", DEMO))


def a_row_that_is_only_staged(home: Path) -> None:
    with stage.open_work() as work, work:
        work.execute("UPDATE staged SET draft = json_set(draft, '$.provenance.demo', json('false')) WHERE rowid = 1")


def settings_with(text: str) -> Callable[[Path], None]:
    def put(home: Path) -> None:
        (home / "settings.yml").write_text(text, "utf-8")

    put.__name__ = text.split(":")[0]
    return put


def nothing_published(home: Path) -> None:
    (home / "directory.db").unlink()


def accounts_that_were_damaged(home: Path) -> None:
    (home / "desk.damaged-2026-11-20.db").write_bytes(b"")


def a_working_database_that_cannot_be_read(home: Path) -> None:
    (home / "work.db").write_bytes(b"no database" * 1000)


HOMES = [
    an_account, an_account_that_ended, a_real_list, a_real_list_beside_the_demo, a_row_that_is_only_staged,
    settings_with("public_address: https://ask.kite.example.org\n"),
    settings_with("desk_address: https://desk.kite.example.org\n"),
    settings_with("clinic: [unreadable\n"),
    nothing_published, accounts_that_were_damaged, a_working_database_that_cannot_be_read,
]  # fmt: skip


@pytest.mark.parametrize("change", HOMES, ids=lambda change: change.__name__)
def test_a_home_that_is_not_only_a_demonstration_lets_nobody_in(demo: Entrance, change: Callable[[Path], None]) -> None:
    inside, outside = demo.browser(), demo.browser()
    assert look(inside) == 303 and inside.get("/people").status_code == 200
    change(demo.home)
    assert inside.get("/people").headers.get("location") == "/signin?next=%2Fpeople"
    assert "/look-around" not in outside.get("/signin").text
    assert look(outside) != 303 and COOKIE not in outside.cookies
    kept = sessions.signed_in(inside.cookies[COOKIE], demo.clock())
    assert kept is None


def test_a_real_home_never_made_such_an_account(entrance: Entrance) -> None:
    publish(entrance.home / "directory.db", REAL)
    assert look(entrance.browser()) != 303
    assert people.listed() == ()
