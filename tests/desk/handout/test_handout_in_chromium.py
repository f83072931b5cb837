"""A CHW in a real browser: from a search to a printed Spanish handout in under 8 clicks; every page for everybody."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from directory.accounts import Role
from tests.desk.chromium import PHONE, axe, picture, sideways

pytestmark = pytest.mark.browser

Seat = Callable[..., Page]


class Hand:
    """The hand of a CHW: every control that is used counts, by mouse or by keys."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def choose(self, name: str, value: str) -> None:
        self.clicks += 1
        self.page.select_option(f"select[name={name}]", value)

    def press(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def write(self, name: str, text: str) -> None:
        """Writes into a field and sends the form with Enter."""
        self.press(f"input[name={name}]")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["with", "without"])
def test_recuperative_care_on_spanish_paper_in_under_eight_clicks(seat: Seat, script: bool) -> None:
    page = seat("/", role=Role.CHW, name=f"chw{script}", java_script_enabled=script)
    hand = Hand(page)
    hand.choose("what", "program:cs_recuperative_care")
    hand.choose("plan", "health_net")
    hand.choose("language", "es")
    hand.press("input[name=taking_referrals]")
    hand.write("near", "Stanislaus")
    expect(page.locator("#results .card").first).to_contain_text("Linden Harbor Recovery Rooms")
    hand.press("form[action='/handout/add'] button[value=es]")
    expect(page.locator(".paper")).to_have_attribute("lang", "es")
    hand.press("a[href='/handout/print']")
    page.wait_for_url("**/handout/print")
    assert hand.clicks < 8, hand.clicks
    text = _on_paper(page)
    for words in (
        "Lugares que tal vez le ayuden",
        "Linden Harbor Recovery Rooms",
        "1-800-555-0102",
        "Health Net",
        "211",
    ):
        assert words in text, words
    assert "Ctrl" not in text, "nothing of the desk is on the paper"


def _on_paper(page: Page) -> str:
    """What a printer gets of this page."""
    with pdfplumber.open(io.BytesIO(page.pdf(format="Letter"))) as pdf:
        return "\n".join(each.extract_text() for each in pdf.pages)


LOOKS: dict[str, dict[str, Any]] = {
    "en": {"locale": "en-US"},
    "es-phone": {"locale": "es-MX", "viewport": PHONE},
    "es-dark": {"locale": "es-MX", "color_scheme": "dark"},
    "en-phone-plain": {"locale": "en-US", "viewport": PHONE, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", list(LOOKS))
def test_intake_to_paper_for_everybody(seat: Seat, look: str) -> None:
    page = seat("/intake", role=Role.CHW, name=f"chw-{look}", **LOOKS[look])
    _fine(page, f"intake-empty-{look}")
    page.fill("[name=near]", "95354")
    page.select_option("[name=plan]", "health_net")
    page.fill("[name='f.age_years']", "67")
    page.fill("[name='f.household_size']", "many")
    page.check("[name=need][value=housing]")
    page.check("[name=need][value=food]")
    page.locator("[name=near]").press("Enter")
    expect(page.locator(".glance")).to_be_visible()
    _fine(page, f"intake-{look}")
    for summary in page.locator(".opens summary").all()[:4]:
        summary.click()
    axe(page)
    page.locator("[name=id]:visible").first.check()
    page.locator("[name=program]").nth(1).check()
    page.locator("button[formaction='/intake/list']").first.click()
    expect(page.locator(".paper")).to_be_visible()
    page.locator("form[action='/handout/code'] button").click()
    expect(page.locator(".tools .word")).to_be_visible()
    _fine(page, f"handout-{look}")
    page.locator("a[href='/handout/print']").click()
    _fine(page, f"handout-print-{look}")


def _fine(page: Page, name: str) -> None:
    axe(page)
    assert sideways(page) == 0
    picture(page, name)


def test_the_intake_works_by_keys_alone_and_without_script(seat: Seat) -> None:
    page = seat("/intake", role=Role.CHW, name="keys", java_script_enabled=False)
    expect(page.locator("[name=near]")).to_be_focused()
    page.keyboard.type("95354")
    for key in ("Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("67")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("1900")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#p-calfresh .badge").first).to_have_text("may qualify")
    assert "1900" not in page.url and page.url.endswith("/intake#results")


def test_the_list_at_320_pixels(seat: Seat) -> None:
    page = seat("/intake", role=Role.CHW, name="narrow", viewport={"width": 320, "height": 640})
    assert sideways(page) == 0
    page.check("[name=need][value=food]")
    page.fill("[name=near]", "95354")
    page.locator("[name=near]").press("Enter")
    expect(page.locator(".glance")).to_be_visible()
    assert sideways(page) == 0
