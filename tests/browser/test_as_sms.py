"""The chat page as a phone (`?as=sms`) in a real Chromium, through a real door: plain texts, each with its size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from directory.text import gsm
from tests.browser.chat import CONTRAST, FOOD, LOCALE, NUMBERS, PICTURES, Begin
from tests.conftest import Assistant
from tests.up.conftest import Door

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

FIRST = {"en": "HELP for help, STOP to stop", "es": "AYUDA para ayuda, ALTO para parar"}
SIZE = {
    "en": re.compile(r"(GSM-7|UCS-2), (\d+) letters, (\d+) segments?"),
    "es": re.compile(r"(GSM-7|UCS-2), (\d+) letras, (\d+) segmentos?"),
}


@pytest.fixture(scope="module")
def door(assistant: Assistant) -> Iterator[Door]:
    """A door before the running assistant, on the same home: it alone answers as a phone would be answered."""
    behind = SimpleNamespace(port=urlsplit(assistant.url).port)
    running = Door(Path(assistant.home), behind)  # type: ignore[arg-type]
    yield running
    running.stop()


@pytest.fixture
def assistant_url(door: Door) -> str:
    return f"{door.url}?as=sms"


def opened(one: Visit) -> Page:
    one.page.goto(one.url)
    one.page.wait_for_selector(".hint h2")
    return one.page


def texts(page: Page) -> list[str]:
    """The words of each bubble, line by line as a phone shows them."""
    return page.locator(".said.helper .text").evaluate_all("nodes => nodes.map(node => node.textContent)")


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_answer_comes_as_plain_texts_each_with_its_size(visit: Begin, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = opened(one)
    one.say(FOOD[language])
    first, listed = texts(page)
    assert FIRST[language] in first and "Modesto" in listed
    assert not page.locator(".card, .choices, .lines, .found").count()
    sizes = page.locator(".said.helper .size").all_inner_texts()
    told = [SIZE[language].fullmatch(size) for size in sizes[:2]]
    assert [(match[1], int(match[2]), int(match[3])) for match in told if match] == [
        (gsm.encoding(text), len(text), gsm.segments(text)) for text in (first, listed)
    ]
    assert f"2 {'texts' if language == 'en' else 'mensajes'}, " in sizes[2]
    assert page.locator(".said .text a[href^='tel:+1209']").count()
    assert not one.complaints and one.hosts == {urlsplit(one.url).netloc}


@pytest.mark.parametrize(("stop", "start", "language"), [("STOP", "START", "en"), ("ALTO", "COMENZAR", "es")])
def test_stop_help_and_start_do_what_they_do_on_a_phone(visit: Begin, stop: str, start: str, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = opened(one)
    one.say("HELP" if language == "en" else "AYUDA")
    assert all(number in one.last() for number in ("911", "988", "211"))
    one.say(stop)
    assert start in one.last()
    one.say(FOOD[language])
    assert {"en": "No text came back.", "es": "No llegó ningún mensaje."}[language] in one.last()
    one.say(start)
    one.say(FOOD[language])
    assert "Modesto" in texts(page)[-1]


def test_a_danger_is_answered_by_text_after_stop_too(visit: Begin) -> None:
    one = visit()
    page = opened(one)
    one.say("STOP")
    one.say("I want to kill myself")
    assert "988" in texts(page)[-1] and page.locator(".said .text a[href='tel:988']").count()


def test_what_came_stays_over_a_reload_and_apart_from_the_chat(visit: Begin) -> None:
    one = visit()
    page = opened(one)
    one.say(FOOD["en"])
    before, sizes = texts(page), page.locator(".size").all_inner_texts()
    page.reload()
    expect(page.locator(".said.you")).to_have_count(1)
    assert texts(page) == before and page.locator(".size").all_inner_texts() == sizes
    page.goto(one.url.split("?")[0])
    page.wait_for_selector(".choices.needs button")
    assert not page.locator(".said.you").count() and not page.locator(".size").count()


def test_the_switch_changes_the_page_and_writes_no_text(visit: Begin) -> None:
    one = visit()
    page = opened(one)
    one.say(FOOD["en"])
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()
    assert page.locator(".said.you").count() == 1 and not page.locator(".status.busy").count()
    one.say("AYUDA")
    expect(page.locator(".said.helper").last).to_have_attribute("lang", "es")


def test_an_address_without_its_last_slash_is_a_phone_too(visit: Begin) -> None:
    one = visit()
    one.page.goto(one.url.replace("/?", "?"))
    expect(one.page.get_by_role("heading", name="By text message")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_and_no_number_is_broken(visit: Begin, width: int) -> None:
    one = visit(viewport={"width": width, "height": 640})
    page = opened(one)
    one.say(FOOD["en"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(".said .text a[href^='tel:']").evaluate_all("nodes => nodes.map(node => node.offsetHeight)")
    assert heights and max(heights) < 1.9 * min(heights)
    box = page.locator("#words").bounding_box()
    assert box and box["y"] + box["height"] <= 640


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_and_is_heard(visit: Begin, scheme: str) -> None:
    one = visit(color_scheme=scheme)
    page = opened(one)
    assert page.evaluate(CONTRAST) == []
    one.say(FOOD["en"])
    one.say("STOP")
    one.say("hello")
    assert page.evaluate(CONTRAST) == []
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your message")).to_be_visible()
    assert all((said or "").startswith("Helper: ") for said in page.locator(".said.helper").all_text_contents())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (360, "light"), (1280, "light")])
def test_pictures_are_kept_to_be_looked_at(visit: Begin, language: str, width: int, scheme: str) -> None:
    one = visit(locale=LOCALE[language], color_scheme=scheme, viewport={"width": width, "height": 740})
    page = opened(one)
    PICTURES.mkdir(exist_ok=True)
    name = f"phone-{width}-{scheme}-{language}"
    empty = page.screenshot(path=PICTURES / f"{name}-1-empty.png")
    one.say(FOOD[language])
    assert empty != page.screenshot(path=PICTURES / f"{name}-2-found.png")


def test_without_javascript_the_numbers_are_there(visit: Begin) -> None:
    one = visit(java_script_enabled=False)
    one.page.goto(one.url)
    words = one.page.locator("body").inner_text()
    assert all(number in words for number in NUMBERS) and "llame al 211" in words
    assert not one.page.locator("#words").is_visible()
