"""The chat page in a real Chromium: everybody can use it, by any hand, eye and ear."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import CONTRAST, FOOD, LOCALE, NUMBERS, PICTURES, Begin

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (640, 400), (1280, 800)])
def test_nothing_scrolls_sideways_and_the_box_is_in_reach(visit: Begin, language: str, width: int, height: int) -> None:
    one = visit(locale=LOCALE[language], viewport={"width": width, "height": height})
    page = one.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one.say(FOOD[language])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("#words", "#leave", "#switch"):
        box = page.locator(name).bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= height, name
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, name


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 360, 375, 390, 412, 430])
def test_the_title_and_the_buttons_beside_it_do_not_meet(visit: Begin, language: str, width: int) -> None:
    page = visit(locale=LOCALE[language], viewport={"width": width, "height": 740}).open()
    title, switch = page.locator("h1 span").bounding_box(), page.locator("#switch").bounding_box()
    assert title and switch
    apart = title["x"] + title["width"] <= switch["x"] or title["y"] + title["height"] <= switch["y"]
    assert apart, f"{title} and {switch}"


@pytest.mark.parametrize("width", [360, 640])
def test_twice_as_large_text_leaves_room_for_the_conversation(visit: Begin, width: int) -> None:
    one = visit(viewport={"width": width, "height": 740})
    page = one.open()
    page.evaluate("document.documentElement.style.fontSize = '200%'; dispatchEvent(new Event('resize'))")
    one.say(FOOD["en"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#words").bounding_box()
    assert box and box["y"] + box["height"] <= 740
    way_out = page.locator("#leave").bounding_box()
    assert way_out and way_out["y"] >= 0
    seen = """node => { node.scrollIntoView(); const at = node.getBoundingClientRect();
              return document.elementFromPoint(at.left + 5, at.bottom - 5) === node; }"""
    assert page.locator(".found").evaluate(seen), "a heading scrolled to is not covered"


def test_everything_goes_by_keyboard(visit: Begin) -> None:
    one = visit()
    page = one.open()
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Go to the message box", "Español", "Leave now", "Privacy and your rights", "Food"]
    before = page.locator(".said.helper").count()
    page.keyboard.press("Enter")
    one.answered(before)
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("Modesto")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.card a.call')"):
            break
    assert page.evaluate("document.activeElement.matches('.card a.call:focus-visible')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate(
        "(({top, bottom}) => top >= 0 && bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
    )


def test_a_screen_reader_hears_who_speaks_in_which_language(visit: Begin) -> None:
    one = visit()
    page = one.open()
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your message")).to_be_visible()
    one.say(FOOD["en"])
    assert page.locator(".said.you").text_content() == f"You: {FOOD['en']}"
    assert (page.locator(".said.helper").last.text_content() or "").startswith("Helper: ")
    assert all(page.locator(".said").evaluate_all("nodes => nodes.map(node => node.lang === 'en')"))
    first = page.locator(".card").first
    name = first.locator("h4 span").inner_text()
    assert name in (first.locator("a").first.get_attribute("aria-label") or name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out(visit: Begin, scheme: str) -> None:
    one = visit(color_scheme=scheme)
    page = one.open()
    assert page.evaluate(CONTRAST) == []
    one.say(FOOD["en"])
    one.say("I want to kill myself")
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pictures_are_kept_to_be_looked_at(visit: Begin, language: str, scheme: str, width: int) -> None:
    one = visit(locale=LOCALE[language], color_scheme=scheme, viewport={"width": width, "height": 740})
    page = one.open()
    PICTURES.mkdir(exist_ok=True)
    name = f"chat-{width}-{scheme}-{language}"
    greeting = page.screenshot(path=PICTURES / f"{name}-1-greeting.png")
    one.say(FOOD[language])
    found = page.screenshot(path=PICTURES / f"{name}-2-found.png")
    assert greeting != found


def test_without_javascript_the_numbers_are_there(visit: Begin) -> None:
    one = visit(java_script_enabled=False)
    page = one.page
    page.goto(one.url)
    words = page.locator("body").inner_text()
    assert all(number in words for number in NUMBERS)
    assert "call 211" in words and "llame al 211" in words
    assert page.locator("footer a[href='tel:988']").is_visible()
    assert page.locator("a[href='tel:+18007997233']").is_visible()
    assert not page.locator("#words").is_visible()
    assert page.locator("#leave").get_attribute("href") == "https://www.weather.gov/"
    assert "Nobody reads this live" in words


def test_the_numbers_are_there_with_javascript_too(visit: Begin) -> None:
    page = visit().open()
    words = page.locator("footer").inner_text()
    assert all(number in words for number in NUMBERS)
    assert "Nobody reads this live" in page.locator("header").inner_text()
