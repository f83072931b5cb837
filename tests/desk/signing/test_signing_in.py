"""Signing in and out, the lock, links and one's own account, as a person meets them."""

from __future__ import annotations

import re

import pytest

from directory.accounts import Role, audit, people, sessions, tickets
from directory.desk.frame.routes import COOKIE
from tests.desk.forms import post
from tests.desk.signing.conftest import PASSWORD, Entrance, enter


def test_who_is_not_signed_in_is_led_there_and_back(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    browser = entrance.browser()
    first = browser.get("/place/roster:full?near=95354&lang=es")
    assert first.status_code == 303
    page = browser.get(first.headers["location"])
    assert page.status_code == 200 and "<h1>Entrar</h1>" in page.text
    wanted = re.search(r'name="next" value="([^"]*)"', page.text)
    assert wanted is not None
    went = enter(browser, "rosa", next=wanted[1].replace("&amp;", "&"))
    assert went.headers["location"] == "/place/roster:full?near=95354&lang=es"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    plain = enter(entrance.browser(), "rosa").headers["set-cookie"]
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Secure" not in plain
    sealed = enter(entrance.browser("https://localhost"), "rosa").headers["set-cookie"]
    assert "Secure" in sealed and "HttpOnly" in sealed


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example.org", "//evil.example.org", "/\\evil.example.org", "\\\\evil.example.org", "/\t/evil",
        "javascript:alert(1)", "/ok\r\nSet-Cookie: x=1", "evil", "/signout", "/a\\..\\b", "/" + "x" * 700, "/ñ",
    ],
)  # fmt: skip
def test_it_leads_nowhere_else(entrance: Entrance, elsewhere: str) -> None:
    entrance.somebody("rosa")
    went = enter(entrance.browser(), "rosa", next=elsewhere)
    assert went.status_code == 303 and went.headers["location"] == "/"
    assert "x" not in went.cookies
    shown = entrance.browser().get("/signin", params={"next": elsewhere}).text
    assert 'name="next" value="/"' in shown


def test_a_wrong_password_and_a_wrong_name_are_told_in_the_same_words(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    told = []
    for name, password in (("rosa", "not this one, no"), ("nobody", PASSWORD)):
        page = enter(entrance.browser(), name, password)
        assert page.status_code == 403 and COOKIE not in page.cookies
        told.append(page.text.replace(name, "NAME"))
    assert told[0] == told[1]
    assert "do not belong together" in told[0]


def test_an_empty_form_is_told_and_not_counted(entrance: Entrance) -> None:
    for _ in range(20):
        assert "Please write your sign-in name" in enter(entrance.browser(), "", "").text
    entrance.somebody("rosa")
    assert enter(entrance.browser(), "rosa").status_code == 303


def test_after_several_failures_the_wait_is_told_and_the_right_password_waits_too(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    browser = entrance.browser()
    codes = [enter(browser, "rosa", "not this one, no").status_code for _ in range(6)]
    assert codes == [403] * 5 + [429]
    page = enter(browser, "rosa")
    assert (page.status_code, page.headers["retry-after"]) == (429, "2")
    assert "wait 2 seconds" in page.text
    spanish = browser.post("/signin?lang=es", data={"name": "rosa", "password": PASSWORD})
    assert "espere 2 segundos" in spanish.text
    entrance.clock.later(seconds=2)
    assert enter(browser, "rosa").status_code == 303


def test_many_names_from_one_address(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    codes = [enter(entrance.browser(), f"guess{n}", "not this one, no").status_code for n in range(40)]
    assert codes == [403] * 30 + [429] * 10
    assert enter(entrance.browser(), "rosa").status_code == 429
    assert enter(entrance.browser(address="192.0.2.9"), "rosa").status_code == 303


def test_a_session_that_was_planted_is_not_the_one_after_the_sign_in(entrance: Entrance) -> None:
    mallory = entrance.signed_in("mallory").cookies[COOKIE]
    entrance.somebody("rosa")
    victim = entrance.browser()
    victim.cookies.set(COOKIE, mallory)
    sessions.lock(sessions.of_account(people.person("mallory").account, entrance.clock())[0].id)
    went = enter(victim, "rosa")
    assert went.cookies[COOKIE] not in ("", mallory)
    assert sessions.signed_in(mallory, entrance.clock()) is None
    signed = sessions.signed_in(went.cookies[COOKIE], entrance.clock())
    assert signed is not None and signed.account.name == "rosa"


def test_sign_out_ends_the_session_not_only_the_cookie(entrance: Entrance) -> None:
    browser = entrance.signed_in("rosa")
    kept = browser.cookies[COOKIE]
    out = post(browser, "/signout")
    assert out.headers["location"].startswith("/signin?said=")
    assert "You are signed out." in browser.get(out.headers["location"]).text
    browser.cookies.set(COOKIE, kept)
    assert browser.get("/").headers["location"] == "/signin"


class TestLock:
    def test_the_button_locks_and_the_password_goes_on_where_one_was(self, entrance: Entrance) -> None:
        browser = entrance.signed_in("rosa")
        assert post(browser, "/lock").headers["location"] == "/lock"
        shut = browser.get("/account?lang=en")
        assert shut.headers["location"] == "/lock?next=%2Faccount%3Flang%3Den"
        page = browser.get(shut.headers["location"])
        assert "The desk is locked" in page.text and "Rosa Rivera" in page.text and 'name="name"' in page.text
        wrong = browser.post("/unlock", data={"password": "not this one, no", "next": "/account"})
        assert wrong.status_code == 403 and browser.get("/account").status_code == 303
        before = browser.cookies[COOKIE]
        opened = browser.post("/unlock", data={"password": PASSWORD, "next": "/account?lang=en"})
        assert opened.headers["location"] == "/account?lang=en" and browser.cookies[COOKIE] != before
        assert browser.get("/account").status_code == 200

    def test_after_fifteen_idle_minutes_it_shows_nothing_of_the_desk(self, entrance: Entrance) -> None:
        browser = entrance.signed_in("rosa")
        entrance.clock.later(minutes=15, seconds=1)
        page = browser.get(browser.get("/").headers["location"]).text
        assert "The desk is locked" in page and "csrf" not in page and "/handout" not in page

    def test_guesses_at_the_lock_are_slowed(self, entrance: Entrance) -> None:
        browser = entrance.signed_in("rosa")
        post(browser, "/lock")
        codes = [browser.post("/unlock", data={"password": "guess number one"}).status_code for _ in range(6)]
        assert codes == [403] * 5 + [429]

    def test_anothers_password_opens_no_lock(self, entrance: Entrance) -> None:
        browser, ana = entrance.signed_in("rosa"), entrance.somebody("ana")
        tickets.use("reset", tickets.make(ana, entrance.clock()).path[7:], "only ana knows it", entrance.clock())
        post(browser, "/lock")
        sent = {"name": "ana", "password": "only ana knows it"}
        assert browser.post("/unlock", data=sent).status_code == 403


class TestLinks:
    def test_an_invitation_from_link_to_desk(self, entrance: Entrance) -> None:
        admin = entrance.signed_in("ana", Role.ADMIN)
        fields = {"name": "luis", "shown": "Luis Mora", "role": "chw", "organization": "Kite Clinic"}
        page = post(admin, "/people/add", fields).text
        link = re.search(r"http://127\.0\.0\.1:8000(/invite/[\w-]{43})", page)
        assert link is not None and "shown only now" in page
        guest = entrance.browser()
        shown = guest.get(link[1])
        assert "Luis Mora, you were invited" in shown.text and shown.headers["cache-control"] == "no-store"
        assert shown.headers["referrer-policy"] in ("no-referrer", "same-origin")
        weak = guest.post(link[1], data={"password": "luis.mora 2026", "again": "luis.mora 2026"})
        assert weak.status_code == 400 and "little more than your name" in weak.text
        typo = guest.post(link[1], data={"password": PASSWORD, "again": PASSWORD + "!"})
        assert typo.status_code == 400 and "The two are not the same" in typo.text
        assert guest.post(link[1], data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
        assert enter(guest, "luis").status_code == 303
        again = entrance.browser().post(link[1], data={"password": "another long one", "again": "another long one"})
        assert again.status_code == 404 and "This link is over" in again.text
        assert enter(entrance.browser(), "luis", "another long one").status_code == 403

    @pytest.mark.parametrize("path", ["/invite/" + "x" * 43, "/reset/..%2f..%2fetc", "/reset/%00", "/invite/é"])
    def test_a_made_up_link(self, entrance: Entrance, path: str) -> None:
        assert entrance.browser().get(path).status_code == 404
        assert entrance.browser().post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 404


class TestOwnAccount:
    def test_another_password_ends_the_other_sessions_and_keeps_this_one(self, entrance: Entrance) -> None:
        here, there = entrance.signed_in("rosa"), entrance.signed_in("rosa")
        new = {"password": "another long one", "again": "another long one"}
        refused = post(here, "/account/password", {"former": "not this one, no", **new})
        assert refused.status_code == 403 and "not your password" in refused.text
        assert there.get("/account").status_code == 200
        done = post(here, "/account/password", {"former": PASSWORD, **new})
        assert done.headers["location"] == "/account?said=signing.said.password"
        assert here.get("/account").status_code == 200 and there.get("/account").status_code == 303
        assert enter(entrance.browser(), "rosa").status_code == 403

    def test_one_sees_ones_sessions_and_ends_them(self, entrance: Entrance) -> None:
        here, there = entrance.signed_in("rosa"), entrance.signed_in("rosa")
        ends = re.findall(r'action="(/account/sessions/[0-9a-f]+/end)"', here.get("/account").text)
        assert len(ends) == 1
        assert post(here, ends[0]).status_code == 303
        assert there.get("/account").status_code == 303 and here.get("/account").status_code == 200

    def test_nobody_ends_the_sessions_of_others(self, entrance: Entrance) -> None:
        rosa, ana = entrance.signed_in("rosa"), entrance.signed_in("ana")
        [session] = sessions.of_account(people.person("ana").account, entrance.clock())
        post(rosa, f"/account/sessions/{session.id}/end")
        assert ana.get("/account").status_code == 200


def test_the_log_knows_each_step_and_no_word(entrance: Entrance) -> None:
    entrance.somebody("rosa")
    browser = entrance.browser()
    enter(browser, "my secret password", "zorzal-nube-7731")
    enter(browser, "rosa", "zorzal-nube-7731")
    enter(browser, "rosa")
    post(browser, "/lock")
    browser.post("/unlock", data={"password": PASSWORD})
    post(browser, "/signout")
    told = [(entry.what, entry.name) for entry in reversed(audit.entries(kind="signin"))]
    assert told == [
        ("signin.failed", None), ("signin.failed", None), ("signin.done", "rosa"), ("signin.locked", "rosa"),
        ("signin.unlocked", "rosa"), ("signin.out", "rosa"),
    ]  # fmt: skip
    kept = b"".join(path.read_bytes() for path in entrance.home.glob("desk*"))
    assert b"zorzal" not in kept and b"my secret" not in kept


def test_the_first_page_of_an_empty_home_says_the_command(entrance: Entrance) -> None:
    page = entrance.browser().get("/signin").text
    assert "puente account add NAME --role admin" in page and "/look-around" not in page
    entrance.somebody("rosa", Role.ADMIN)
    assert "account add" not in entrance.browser().get("/signin").text
