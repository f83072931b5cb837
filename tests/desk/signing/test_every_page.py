"""Every page of every room: without a sign-in, in a lower role, without, with a wrong and with another's token."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role, audit, sessions
from directory.desk.frame import Page
from directory.desk.frame.routes import COOKIE
from directory.desk.rooms import PAGES
from tests.desk.forms import token
from tests.desk.signing.conftest import Entrance

PUBLIC = {
    ("GET", "/signin"), ("POST", "/signin"), ("POST", "/look-around"), ("GET", "/lock"), ("POST", "/unlock"),
    ("GET", "/invite/{token}"), ("POST", "/invite/{token}"), ("GET", "/reset/{token}"), ("POST", "/reset/{token}"),
}  # fmt: skip
CLOSED = [page for page in PAGES if page.least]
CHANGES = [page for page in CLOSED if page.method == "POST"]
ABOVE = [page for page in CLOSED if page.least is not Role.CHW]
BELOW = {Role.STAFF: Role.CHW, Role.ADMIN: Role.STAFF}


def named(page: Page) -> str:
    return f"{page.method} {page.path}"


def path_of(page: Page) -> str:
    """An address that the page answers at."""
    return re.sub(
        r"\{(\w+)(?::(\w+))?\}", lambda found: "1" if found[2] in ("int", "float") else "roster:full", page.path
    )


def asked(browser: TestClient, page: Page, **fields: str) -> tuple[int, str, str]:
    sent = browser.get(path_of(page)) if page.method == "GET" else browser.post(path_of(page), data=fields)
    return sent.status_code, sent.headers.get("location", ""), sent.text


def state(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every database here, but for the log and when sessions were last used; and every other file."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for path in sorted(home.rglob("*.db")):
        with closing(sqlite3.connect(path)) as db:
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table not in ("audit", "session", "sqlite_sequence"):
                    found[f"{path.name}:{table}"] = sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
    others = [path for path in home.rglob("*") if path.is_file() and ".db" not in path.name]
    return {**found, "files": [(path.name, path.read_bytes()) for path in sorted(others)]}


def test_only_these_pages_are_open_to_everybody() -> None:
    assert {(page.method, page.path) for page in PAGES if page.least is None} == PUBLIC


@pytest.mark.parametrize("page", CLOSED, ids=named)
def test_who_did_not_sign_in_sees_the_sign_in(entrance: Entrance, page: Page) -> None:
    forged = entrance.browser()
    forged.cookies.set(COOKIE, "x" * 43)
    for browser in (entrance.browser(), forged):
        code, to, text = asked(browser, page)
        assert code == 303 and to.split("?")[0] == "/signin" and not text


def test_an_expired_session_is_none(entrance: Entrance) -> None:
    browser = entrance.browser()
    began = sessions.begin(entrance.somebody("rosa", Role.ADMIN), entrance.clock())
    browser.cookies.set(COOKIE, began)
    entrance.clock.later(hours=12)
    assert {asked(browser, page)[1].split("?")[0] for page in CLOSED} == {"/signin"}


def test_a_locked_session_opens_no_page_and_takes_no_form(entrance: Entrance) -> None:
    browser = entrance.signed_in("rosa", Role.ADMIN)
    right = token(browser)
    entrance.clock.later(minutes=16)
    before = state(entrance.home)
    for page in CLOSED:
        code, to, text = asked(browser, page, csrf=right)
        assert (code, to.split("?")[0], text) == (303, "/lock", ""), named(page)
    assert state(entrance.home) == before


@pytest.mark.parametrize("page", ABOVE, ids=named)
def test_a_lower_role_is_told_who_can_help(entrance: Entrance, page: Page) -> None:
    assert page.least is not None
    browser = entrance.signed_in("rosa", BELOW[page.least])
    right = token(browser)
    before = state(entrance.home)
    code, _, text = asked(browser, page, csrf=right)
    assert code == 403
    assert "This page is for others" in text and "An administrator of the desk can change" in text
    assert state(entrance.home) == before
    assert audit.entries()[0].what == "desk.not_allowed"


@pytest.mark.parametrize("page", CHANGES, ids=named)
def test_a_form_without_its_token_changes_nothing(entrance: Entrance, page: Page) -> None:
    browser = entrance.signed_in("rosa", Role.ADMIN)
    others = token(entrance.signed_in("ana", Role.ADMIN))
    earlier = token(entrance.signed_in("rosa"))
    before = state(entrance.home)
    for wrong in ({}, {"csrf": ""}, {"csrf": "x" * 32}, {"csrf": "ñ"}, {"csrf": others}, {"csrf": earlier}):
        code, _, text = asked(browser, page, **wrong)
        assert code == 403 and "Please send that again" in text, wrong
    assert state(entrance.home) == before
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize(
    "strange",
    [
        {"origin": "https://evil.example.org"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(entrance: Entrance, strange: dict[str, str]) -> None:
    browser = entrance.signed_in("rosa", Role.ADMIN)
    right = token(browser)
    before = state(entrance.home)
    for page in PAGES:
        if page.method == "POST":
            sent = browser.post(path_of(page), data={"csrf": right, "name": "rosa", "password": "x"}, headers=strange)
            assert sent.status_code == 403 and "did not come from a page of the desk" in sent.text, named(page)
    assert state(entrance.home) == before


def test_every_answer_bears_the_safety_headers(entrance: Entrance) -> None:
    browser = entrance.signed_in("rosa", Role.CHW)
    asked_for = [
        "/",
        "/signin",
        "/account",
        "/people",
        "/no/such/page",
        "/lock",
        "/invite/x",
        "/healthz",
        "/clinic.css",
    ]
    for path in asked_for:
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, path
        assert "unsafe-inline" not in policy and "script-src 'self'" in policy
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store", path
        assert headers["referrer-policy"] in ("same-origin", "no-referrer")


@pytest.mark.parametrize(
    "host", ["evil.example.org", "127.0.0.1.evil.example.org", "", "localhost.evil.example.org:80", "kite"]
)
def test_it_answers_under_no_other_name(entrance: Entrance, host: str) -> None:
    assert entrance.browser().get("/signin", headers={"host": host}).status_code == 400


def test_it_answers_under_the_name_of_the_settings_as_soon_as_they_say_so(entrance: Entrance) -> None:
    browser = entrance.browser("https://desk.kite.example.org")
    assert browser.get("/signin").status_code == 400
    (entrance.home / "settings.yml").write_text("desk_address: https://desk.kite.example.org\n", "utf-8")
    assert browser.get("/signin").status_code == 200
    assert entrance.browser("https://Desk.Kite.example.org").get("/signin").status_code == 200
    assert entrance.browser("https://desk.kite.example.org.evil.net").get("/signin").status_code == 400


def test_a_link_leads_to_the_address_of_the_settings(entrance: Entrance) -> None:
    (entrance.home / "settings.yml").write_text("desk_address: https://desk.kite.example.org\n", "utf-8")
    browser = entrance.signed_in("ana", Role.ADMIN)
    fields = {"csrf": token(browser), "name": "luis", "shown": "Luis", "role": "chw"}
    assert "https://desk.kite.example.org/invite/" in browser.post("/people/add", data=fields).text
