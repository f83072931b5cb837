"""The chat in a browser without JavaScript, through the real door, and the list that a word opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Assistant
from tests.desk.chromium import axe, picture, sideways
from tests.up.conftest import Door

pytestmark = [pytest.mark.browser, pytest.mark.rasa]
WORDS = {"en": "I need food near 95354", "es": "necesito comida cerca de 95354"}
LOCALE = {"en": "en-US", "es": "es-MX"}
SEND = {"en": "Send", "es": "Enviar"}


@pytest.fixture(scope="module")
def door(assistant: Assistant) -> Iterator[Door]:
    running = Door(assistant.home, SimpleNamespace(port=urlsplit(assistant.url).port))  # type: ignore[arg-type]
    yield running
    running.stop()


@pytest.fixture
def plain(browser: Browser, door: Door, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without JavaScript in that language and size."""
    lang, width = request.param
    scheme = "dark" if lang == "es" else "light"
    context = browser.new_context(
        java_script_enabled=False, locale=LOCALE[lang], viewport={"width": width, "height": 740}, color_scheme=scheme
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(door.url)
    yield page
    context.close()


EACH = [(lang, width) for lang in ("en", "es") for width in (320, 1280)]


@pytest.mark.parametrize(("plain", "lang"), [(each, each[0]) for each in EACH], indirect=["plain"])
def test_a_question_is_answered_and_the_talk_goes_on(plain: Page, lang: str) -> None:
    plain.fill(f"#plain-{lang}", WORDS[lang])
    plain.click(f"form:has(#plain-{lang}) button")
    expect(plain.locator(".you")).to_have_text(WORDS[lang])
    first = plain.locator(".said").first
    expect(first).to_contain_text("95354")
    assert plain.locator(".said a[href^='tel:+1']").count() > 0, "a number to press"
    assert sideways_without_script(plain)
    plain.fill("#words", "more" if lang == "en" else "más")
    plain.get_by_role("button", name=SEND[lang], exact=True).click()
    expect(plain.locator(".said").first).not_to_be_empty()
    assert plain.locator("a[href='tel:988']").is_visible() and plain.locator("html").get_attribute("lang") == lang


@pytest.mark.parametrize("plain", [("en", 360)], indirect=True)
def test_danger_comes_first_here_too(plain: Page) -> None:
    plain.fill("#plain-en", "I want to kill myself")
    plain.click("form:has(#plain-en) button")
    expect(plain.locator(".said").first).to_contain_text("988")


def sideways_without_script(page: Page) -> bool:
    """Nothing is wider than the window, measured without running anything in the page."""
    boxes = [one.bounding_box() for one in page.locator("main > *").all()]
    width = (page.viewport_size or {"width": 0})["width"]
    return all(box is None or box["x"] + box["width"] <= width for box in boxes)


@pytest.fixture
def shared(door: Door) -> str:
    """The word of the places that somebody was shown."""
    session = door.session()
    sent: dict[str, Any] = {"session": session, "message": WORDS["es"]}
    said = requests.post(f"{door.url}message", json=sent, timeout=60).json()["messages"]
    ids = [one["id"] for message in said for one in message["custom"].get("listings", [])]
    body = {"session": session, "ids": ids, "need": "food", "place": "95354", "language": "es"}
    answer = requests.post(f"{door.url}share", data=json.dumps(body), timeout=60)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_list_of_a_word_can_be_read_by_anybody(
    browser: Browser, door: Door, shared: str, lang: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{door.port}/list/{shared}?lang={lang}")
    assert page.locator(".card").count() >= 3 and sideways(page) == 0
    axe(page)
    picture(page, f"list-{width}-{scheme}-{lang}")
    page.goto(f"{door.url}plain?lang={lang}")
    axe(page)
    context.close()
