"""The way in, in a real browser: for everybody, on a phone, in both languages, also without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timezone

import pytest
from playwright.sync_api import Page, expect

from directory.accounts import Role, passwords
from tests.desk.chromium import PHONE, axe, picture, sideways
from tests.desk.conftest import Running, account
from tests.desk.signing.conftest import PASSWORD

pytestmark = pytest.mark.browser
Seat = Callable[..., Page]
LOOKS = [
    {"viewport": PHONE, "locale": "es-MX", "color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}, "locale": "en-US", "java_script_enabled": False},
    {"locale": "en-US"},
]


def with_password(desk: Running, name: str, role: Role) -> None:
    os.environ["PUENTE_HOME"] = str(desk.home)
    try:
        passwords.put(account(role, name), PASSWORD, datetime.now(timezone.utc))
    finally:
        os.environ.pop("PUENTE_HOME")


def test_a_demonstration_is_looked_around_in_two_clicks(seat: Seat, running_desk: Running) -> None:
    for look in LOOKS:
        page = seat("/", role=None, **look)
        assert sideways(page) == 0
        if look.get("java_script_enabled", True):
            axe(page)
        page.locator("button[value=chw]").click()
        expect(page.get_by_role("navigation").first).to_be_visible()
        assert page.url == f"{running_desk.url}/"
    picture(seat("/", role=None), "signing-demo")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['locale']}-{len(look)}")
def test_the_whole_way_in_and_out(seat: Seat, running_desk: Running, look: dict[str, object]) -> None:
    with_password(running_desk, "vera", Role.ADMIN)
    page = seat("/people", role=None, **look)
    name = str(look["locale"])
    steps = []

    def looked(what: str) -> None:
        steps.append(what)
        assert sideways(page) == 0, what
        picture(page, f"signing-{what}-{name}")
        if look.get("java_script_enabled", True):
            axe(page)

    looked("sign-in")
    page.locator("#name").fill("Vera")
    page.locator("#password").fill("not this one")
    page.locator("main button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked("wrong")
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    assert page.url == f"{running_desk.url}/people"
    looked("people")
    page.locator("tbody a").first.click()
    looked("person")
    for path in ("/audit", "/account"):
        page.goto(running_desk.url + path)
        looked(path.strip("/"))
    page.locator('form[action="/lock"] button').click()
    looked("lock")
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.locator('form[action="/signout"] button').click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.url.startswith(f"{running_desk.url}/signin") and len(steps) == 7


def test_a_person_is_invited_and_comes_in(seat: Seat, running_desk: Running) -> None:
    page = seat("/people", role=Role.ADMIN)
    page.get_by_label("Name that others see").fill("Luis Mora")
    page.get_by_label("Sign-in name").fill("luis.mora")
    page.get_by_role("button", name="Make the invitation").click()
    axe(page)
    link = page.locator(".link-once").inner_text()
    guest = seat("/signin", role=None, viewport=PHONE, locale="es-MX", java_script_enabled=False)
    guest.goto(link)
    assert sideways(guest) == 0
    guest.locator("#password").fill(PASSWORD)
    guest.locator("#again").fill(PASSWORD)
    guest.locator("main button").click()
    expect(guest.get_by_role("status")).to_contain_text("Su contraseña quedó guardada")
    guest.locator("#name").fill("luis.mora")
    guest.locator("#password").fill(PASSWORD)
    guest.locator("main button").click()
    assert guest.url == f"{running_desk.url}/"
