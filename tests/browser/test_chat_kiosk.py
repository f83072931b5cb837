"""The chat page on a screen that many people use: a real door, whose settings say `kiosk: true`."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import NUMBERS, PICTURES, Begin, wire
from tests.browser.places import LIST, SHARED
from tests.desk.chromium import axe

pytestmark = pytest.mark.browser


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of a clinic with a kiosk."""
    (tmp_path / "settings.yml").write_text(
        'clinic: Kite Health\nphone: "209-555-0140"\nkiosk: true\n'
        "language_help: {en: Free help., es: Ayuda gratis., url: 'https://example.org/help'}\n",
        "utf-8",
    )
    return tmp_path


def with_list(at: Begin, clock: bool = False) -> Page:
    one = at(viewport={"width": 1280, "height": 800})
    if clock:
        one.page.clock.install()
    page = one.open()
    wire(page, {"body": LIST})
    one.say("food")
    assert page.locator(".card").count() == 2
    return page


def test_nothing_stays_over_a_reload(at: Begin) -> None:
    page = with_list(at)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.reload()
    page.wait_for_selector(".choices.needs")
    assert page.locator(".card").count() == 0


def test_no_link_and_no_number_leads_away(at: Begin) -> None:
    page = with_list(at)
    page.locator(".about-place > summary").first.click()
    page.locator(".of > details > summary").click()
    left = page.locator("a[href]").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    assert left == ["#words"]
    words = page.locator("body").inner_text()
    assert all(number in words for number in (*NUMBERS, "209-555-0140", "209-555-0123")), "numbers are still told"
    assert "Directions" not in words
    axe(page)
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "chat-1280-light-en-4-kiosk.png")


def test_a_big_button_clears_for_the_next_person(at: Begin) -> None:
    page = with_list(at)
    page.get_by_role("button", name="Español").click()
    button = page.get_by_role("button", name="Borrar y empezar de nuevo")
    box = button.bounding_box()
    assert box and box["height"] >= 48
    button.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator(".card, .said.you, .note").count() == 0
    expect(page.locator("#status")).to_have_text("The chat is cleared.")
    expect(page.get_by_role("button", name="Clear and start over")).to_be_visible()


def test_three_idle_minutes_clear_it(at: Begin) -> None:
    page = with_list(at, clock=True)
    page.clock.fast_forward("02:15")
    expect(page.locator("#status")).to_contain_text("one minute")
    page.clock.fast_forward("01:00")
    expect(page.locator("#status")).to_contain_text("3 minutes")
    assert page.locator(".card").count() == 0


def test_a_list_is_taken_along_as_a_word_and_a_picture_without_a_link(at: Begin) -> None:
    page = with_list(at)
    page.route("**/webhooks/web/share", lambda route: route.fulfill(content_type="application/json", **SHARED))
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".shared .code")).to_have_text("RIVER")
    assert page.locator(".shared a").count() == 0 and page.locator(".shared button").count() == 0
    expect(page.locator(".shared img")).to_be_visible()
