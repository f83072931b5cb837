"""Every state of the chat page in a real Chromium, judged by axe-core: WCAG 2.2 AA and good practice, no violation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.chat import LOCALE, PICTURES, Begin, wire
from tests.browser.places import CRISIS, LIST, SHARED, STEPS, VERDICT
from tests.desk.chromium import axe

pytestmark = pytest.mark.browser

SIZES = [(320, "light", "es"), (360, "dark", "en"), (360, "light", "en"), (1280, "light", "es"), (1280, "dark", "es")]


def _rights(page: Page) -> None:
    """What lies under the message box is not judged by its size: the page is at its end."""
    page.locator(".of summary").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def _opened(page: Page) -> None:
    for summary in page.locator(".card summary:visible").all():
        summary.click()
    page.locator(".wrong > summary:visible").first.click()


def _shared(page: Page) -> None:
    page.route("**/webhooks/web/share", lambda route: route.fulfill(content_type="application/json", **SHARED))
    page.locator("button.share").click()
    page.wait_for_selector(".shared")


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#words").fill("food")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note")


def _printed(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


STATES: dict[str, tuple[str | None, Callable[[Page], None] | None]] = {
    "greeting": (None, None),
    "rights": (None, _rights),
    "list": (LIST, None),
    "list-open": (LIST, _opened),
    "shared": (LIST, _shared),
    "verdict": (VERDICT, lambda page: [one.click() for one in page.locator(".because summary").all()] and None),
    "steps": (STEPS, None),
    "crisis": (CRISIS, None),
    "offline": (None, _offline),
    "print": (LIST, _printed),
}


@pytest.mark.parametrize(("width", "scheme", "language"), SIZES)
@pytest.mark.parametrize("state", list(STATES))
def test_everybody_can_use_it(visit: Begin, state: str, width: int, scheme: str, language: str) -> None:
    body, act = STATES[state]
    one = visit(locale=LOCALE[language], color_scheme=scheme, viewport={"width": width, "height": 740})
    page = one.open()
    if body:
        wire(page, {"body": body})
        one.say("food")
    if act:
        act(page)
    # What the dock hides can be scrolled to; half a button above it is no small button.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"chat-{width}-{scheme}-{language}-3-{state}.png", full_page=state == "print")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript_and_as_a_phone_too(visit: Begin, language: str, scheme: str) -> None:
    one = visit(locale=LOCALE[language], color_scheme=scheme)
    one.page.goto(f"{one.url}?as=sms")
    one.page.wait_for_selector(".hint h2")
    axe(one.page)


def test_pressable_things_are_large_enough(visit: Begin) -> None:
    one = visit()
    page = one.open()
    wire(page, {"body": LIST})
    one.say("food")
    _opened(page)
    small = page.locator("button:visible, summary:visible, .card a:visible, .dock a:visible").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().height < 24).map(node => node.textContent)"
    )
    assert small == []
