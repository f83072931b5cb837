"""The chat page in a real Chromium, against a running assistant with the demo directory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from bot import sentences

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

Begin = Callable[..., "Visit"]
NUMBERS = ("911", "988", "211", "1-800-799-7233")
FOOD = {"en": "I need food in Modesto", "es": "Necesito comida en Modesto"}
LOCALE = {"en": "en-US", "es": "es-MX"}
PICTURES = Path(__file__).resolve().parents[1] / "artifacts"


def answer(text: str, **custom: object) -> str:
    """The body of an answer as the wire carries it."""
    return json.dumps({"messages": [{"text": text, "custom": {"v": 1, "kind": "smalltalk", **custom}}]})


def wire(page: Page, *replies: dict[str, object] | None) -> None:
    """Puts replies on the wire for the next messages; None loses one; then the assistant answers itself."""
    left = list(replies)

    def handle(route: Route) -> None:
        if not left:
            route.fallback()
        elif (reply := left.pop(0)) is None:
            route.abort()
        else:
            route.fulfill(content_type="application/json", **reply)  # type: ignore[arg-type]

    page.route("**/message", handle)


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(Object.assign({}, sessionStorage))"))


# What a person came for


@pytest.mark.parametrize("language", ["en", "es"])
def test_food_near_modesto_comes_as_cards_that_can_be_called(visit: Begin, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    expect(page.locator("html")).to_have_attribute("lang", language)
    one.say(FOOD[language])
    cards = page.locator(".card")
    assert cards.count() >= 2
    hrefs = page.locator(".card a.call").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    assert hrefs and all(re.fullmatch(r"tel:\+1\d{10}(,\d+)?|tel:\d{3}", href) for href in hrefs)
    assert "Modesto" in page.locator("h3.found").last.inner_text()
    demo = {"en": "not a real place", "es": "no es un lugar real"}[language]
    assert all(demo in text for text in cards.all_inner_texts())
    assert not one.complaints
    assert one.hosts == {urlsplit(one.url).netloc}


def test_a_question_about_the_second_place_is_answered_about_it(visit: Begin) -> None:
    one = visit()
    page = one.open()
    one.say(FOOD["en"])
    second = page.locator(".card h4 span").nth(1).inner_text()
    one.say("hours of the second")
    assert second in one.last()


def test_the_language_changes_and_the_conversation_goes_on(visit: Begin) -> None:
    one = visit()
    page = one.open()
    one.say(FOOD["en"])
    cards = page.locator(".card").count()
    before = page.locator(".said.helper").count()
    page.get_by_role("button", name="Español").click()
    one.answered(before)
    expect(page).to_have_title("Recursos de la comunidad")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.locator(".card").count() == 2 * cards, "what was found stays, and is said again in Spanish"
    assert page.locator(".said[lang=es] .card").count() == cards
    one.say("¿y vivienda?")
    expect(page.locator(".said.helper").last).to_have_attribute("lang", "es")
    assert page.locator(".said.you").first.inner_text().endswith(FOOD["en"])


def test_the_language_changes_before_the_first_word_without_a_call(visit: Begin) -> None:
    one = visit()
    page = one.open()
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("button", name="Comida")).to_be_visible()
    assert not [response for response in one.responses if response.request.method == "POST"]


def test_who_writes_spanish_gets_the_page_in_spanish(visit: Begin) -> None:
    one = visit()
    page = one.open()
    one.say("Necesito ayuda para pagar la renta en Fresno, por favor")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("button", name="Enviar")).to_be_visible()


def test_who_asks_for_english_in_words_gets_the_page_in_english(visit: Begin) -> None:
    one = visit(locale=LOCALE["es"])
    page = one.open()
    one.say(FOOD["es"])
    one.say("in english please")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("language", "words"), [("en", "I want to kill myself"), ("es", "me quiero matar")])
def test_a_crisis_shows_who_to_call(visit: Begin, language: str, words: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    one.say(FOOD[language])
    one.say(words)
    crisis = page.locator(".said.crisis")
    assert "988" in crisis.inner_text()
    assert crisis.locator("a.call[href='tel:988']").is_visible()
    assert crisis.locator("a.call[href='tel:911']").is_visible()


@pytest.mark.parametrize(("language", "label"), [("en", "Food"), ("es", "Comida")])
def test_a_need_button_speaks_for_the_person(visit: Begin, language: str, label: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    before = page.locator(".said.helper").count()
    page.get_by_role("button", name=label, exact=True).click()
    one.answered(before)
    expect(page.locator(".choices.needs")).to_have_count(0)
    one.say("Modesto")
    assert page.locator(".card").count() >= 1


def test_a_choice_of_the_assistant_is_sent_as_it_says(visit: Begin) -> None:
    one = visit()
    page = one.open()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    wire(page, {"body": answer("Which one?\n1. Orange, the city\n2. Orange County",
                               choices=[{"label": "Orange, the city", "say": "Orange"},
                                        {"label": "Orange County", "say": "Orange County"}])})  # fmt: skip
    one.say("food in orange")
    assert one.last().count("Orange County") == 1, "what is a button is not said twice"
    page.get_by_role("button", name="2 Orange County").click()
    one.answered(2)
    assert json.loads(sent[-1])["message"] == "Orange County"


def test_something_else_invites_to_write(visit: Begin) -> None:
    one = visit()
    page = one.open()
    page.get_by_role("button", name="Something else").click()
    expect(page.locator("#words")).to_be_focused()
    assert "your own words" in one.last()


LISTING = {"id": "x:1", "name": "Sun Pantry", "phone": "209-555-0123", "miles": 1.0, "open": "yes", "checked_on": None}
PAGE_TWO = """More: Food near Modesto:
These are closed right now.

6. Sun Pantry (demo): Food bank or pantry
209-555-0123 · 1.0 miles away · open now
Listed Nov 16, 2026.

7. Sun Pantry (demo): Senior food box
209-555-0123 · 1.0 miles away · open now
Checked Oct 2, 2026.

Say MORE for more places."""


def test_cards_keep_the_numbers_and_every_word_of_the_list(visit: Begin) -> None:
    one = visit()
    page = one.open()
    both = [LISTING, {**LISTING, "id": "x:2", "checked_on": "2026-10-02"}]
    wire(page, {"body": answer(PAGE_TWO, kind="listings", listings=both, total=9)})
    one.say("more")
    assert page.locator(".card h4 b").all_inner_texts() == ["6", "7"]
    assert page.locator(".card .what").all_inner_texts() == ["Food bank or pantry", "Senior food box"]
    assert page.locator(".card .when").all_inner_texts() == ["Listed Nov 16, 2026.", "Checked Oct 2, 2026."]
    others = page.locator(".said.helper").last.locator(".text").all_inner_texts()
    assert others == ["These are closed right now.", "Say MORE for more places."]
    expect(page.get_by_role("button", name="More places")).to_be_visible()


def test_the_last_page_offers_no_more(visit: Begin) -> None:
    one = visit()
    page = one.open()
    wire(page, {"body": answer(PAGE_TWO, kind="listings", listings=[LISTING, LISTING], total=7)})
    one.say("more")
    assert page.locator(".card").count() == 2
    expect(page.get_by_role("button", name="More places")).to_have_count(0)


def test_an_answer_about_one_place_keeps_its_words_and_can_be_called(visit: Begin) -> None:
    one = visit()
    page = one.open()
    text = "Sun Pantry (demo)\nPhone: 209-555-0123\nCost: free\nOpen now? We do not know. Call first."
    wire(page, {"body": answer(text, kind="listings", listings=[LISTING], total=1)})
    one.say("6")
    told = one.last()
    assert all(line in told for line in text.splitlines())
    assert page.get_by_role("link", name="Call Sun Pantry: 209-555-0123").get_attribute("href") == "tel:+12095550123"
    assert page.locator(".card").count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "Food near Modesto:\n\n1. Sun Pantry (demo): Notice: Closed today. Food bank\n209-555-0123\nListed.",
        "Sun Pantry (demo)\nNotice: Closed today.\nWhat: Food bank\nPhone: 209-555-0123\nListed.",
    ],
)
def test_a_notice_stands_out_and_is_said_once(visit: Begin, text: str) -> None:
    one = visit()
    page = one.open()
    listing = {**LISTING, "notice": "Notice: Closed today."}
    wire(page, {"body": answer(text, kind="listings", listings=[listing], total=1)})
    one.say("food")
    assert page.locator(".notice").all_inner_texts() == ["Notice: Closed today."]
    assert one.last().count("Closed today") == 1 and "Food bank" in one.last()
    assert not one.complaints


# What must never happen


def test_markup_in_a_message_stays_text(visit: Begin) -> None:
    one = visit()
    page = one.open()
    evil = "<img src=x onerror=\"window.hit=1\"><b>bold</b><a href='javascript:hit=1'>x</a>"
    wire(page, {"body": answer(f"You said {evil}", choices=[{"label": evil, "say": evil}])})
    one.say(evil)
    assert page.locator("#log img, #log a, #log p b").count() == 0
    assert evil in one.last() and evil in page.locator(".said.you").inner_text()
    assert page.evaluate("window.hit") is None
    assert not one.complaints


def test_a_list_can_carry_no_script_and_no_strange_link(visit: Begin) -> None:
    one = visit()
    page = one.open()
    listing = {
        "id": "x:1",
        "name": "<b>Pantry</b>",
        "phone": "javascript:alert(1)",
        "miles": 1.0,
        "open": "<i>",
        "checked_on": "soon",
        "url": "javascript:alert(1)",
        "address": "<script>1</script>",
        "languages": ["<u>"],
    }
    text = "Food near Modesto:\n\n1. <b>Pantry</b>: food\nno phone\nChecked."
    wire(page, {"body": answer(text, kind="listings", listings=[listing], total=1)})
    one.say("food")
    assert page.locator(".card").count() == 1
    assert page.locator(".card a[href^=javascript], .card script, .card i, .card u, .card h4 span b").count() == 0


@pytest.mark.parametrize(
    ("text", "phones", "links"),
    [
        ("Call 209-555-0123 ext. 4 or 211.", ["209-555-0123 ext. 4"], ["tel:+12095550123,4", "tel:211"]),
        ("Call 1-800-555-0100.", ["1-800-555-0100"], ["tel:+18005550100"]),
        ("Chat at 988lifeline.org, box A988 or 911th.", [], []),
        ("Text START to 88788.", ["88788"], ["sms:88788"]),
        ("It is at 12-988 Elm, box 9110, $211 or 211.50.", [], []),
        ("Call 209-555-0199, which nobody vouches for.", [], []),
        ("See https://example.org/a?b=1.", [], ["https://example.org/a?b=1"]),
    ],
)
def test_only_known_numbers_become_links(visit: Begin, text: str, phones: list[str], links: list[str]) -> None:
    one = visit()
    page = one.open()
    wire(page, {"body": answer(text, phones=phones)})
    one.say("phone")
    found = page.locator(".said.helper").last.locator("a")
    assert found.evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))") == links
    assert text in one.last()


def test_the_page_takes_few_bytes_and_asks_only_its_own_host(visit: Begin) -> None:
    one = visit()
    one.open()
    one.page.wait_for_load_state("networkidle")
    assert sum(len(response.body()) for response in one.responses) < 60_000
    assert all(response.status == 200 for response in one.responses)
    assert one.hosts == {urlsplit(one.url).netloc}


# When something fails


def test_a_lost_message_can_be_sent_again(visit: Begin) -> None:
    one = visit()
    page = one.open()
    wire(page, None)
    page.locator("#words").fill(FOOD["en"])
    page.keyboard.press("Enter")
    note = page.locator(".note")
    expect(note).to_contain_text("211")
    assert note.locator("a[href='tel:211']").count() == 1
    before = page.locator(".said.helper").count()
    note.get_by_role("button", name="Try again").click()
    one.answered(before)
    assert page.locator(".card").count() >= 1
    assert page.locator(".said.you").count() == 1 and page.locator(".note").count() == 0


@pytest.mark.parametrize("body", ["<html>502</html>", json.dumps({"messages": []}), "null"])
def test_an_assistant_that_is_away_still_leads_on(visit: Begin, body: str) -> None:
    one = visit(locale="es-MX")
    page = one.open()
    wire(page, {"body": body, "status": 200 if body.startswith("{") else 502})
    page.locator("#words").fill("hola")
    page.keyboard.press("Enter")
    expect(page.locator(".note")).to_contain_text("211")
    expect(page.get_by_role("button", name="Intentar otra vez")).to_be_visible()


def test_a_session_that_ended_is_renewed_unseen(visit: Begin) -> None:
    one = visit()
    page = one.open()
    one.say("hello")
    page.evaluate("sessionStorage.page = JSON.stringify({...JSON.parse(sessionStorage.page), session: 'x'.repeat(48)})")
    page.reload()
    before = page.locator(".said.helper").count()
    one.say(FOOD["en"])
    assert page.locator(".said.helper").count() > before
    assert page.locator(".note").count() == 0
    statuses = [response.status for response in one.responses if response.url.endswith("/message")]
    assert 401 in statuses


def test_too_fast_waits_says_so_and_sends_again(visit: Begin) -> None:
    one = visit()
    page = one.open()
    wire(page, {"status": 429, "headers": {"Retry-After": "2"}, "body": "{}"})
    page.locator("#words").fill(FOOD["en"])
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("2 seconds")
    page.wait_for_selector(".card")
    assert page.locator(".note").count() == 0


@pytest.mark.parametrize(
    ("locale", "told", "shown"), [("en-US", None, "en"), ("es-MX", None, "es"), ("en-US", "es", "es")]
)
def test_too_many_at_once_is_said_in_the_persons_language_and_can_be_sent_again(
    visit: Begin, locale: str, told: str | None, shown: str
) -> None:
    one = visit(locale=locale)
    page = one.open()
    body = {"error": sentences.both("busy"), "code": "busy", **({"language": told} if told else {})}
    wire(page, {"status": 503, "headers": {"Retry-After": "3"}, "body": json.dumps(body)})
    page.locator("#words").fill(FOOD[shown])
    page.keyboard.press("Enter")
    note = page.locator(".note")
    expect(note).to_have_attribute("lang", shown)
    expect(note).to_contain_text(sentences.in_language("busy", shown))
    assert {"tel:211", "tel:911", "tel:988"} <= set(
        note.locator("a").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    )
    note.get_by_role("button").click()
    page.wait_for_selector(".card")
    assert page.locator(".said.you").count() == 1 and page.locator(".note").count() == 0


def test_a_message_can_not_be_longer_than_the_assistant_reads(visit: Begin) -> None:
    page = visit().open()
    page.locator("#words").press_sequentially("x" * 5)
    expect(page.locator("#count")).to_be_hidden()
    page.locator("#words").fill("x" * 3999)
    page.locator("#words").press_sequentially("yz")
    assert len(page.locator("#words").input_value()) == 4000
    expect(page.locator("#count")).to_contain_text("4,000")


# Keeping and leaving


def test_a_reload_keeps_the_conversation_and_another_tab_does_not_see_it(visit: Begin) -> None:
    one = visit()
    page = one.open()
    one.say(FOOD["en"])
    page.reload()
    assert page.locator(".card").count() >= 2
    other = page.context.new_page()
    other.goto(one.url)
    other.wait_for_selector(".choices.needs")
    assert other.locator(".card").count() == 0


def test_leaving_clears_everything_and_the_way_back(visit: Begin) -> None:
    one = visit()
    page = one.open()
    page.route(
        "https://www.weather.gov/**",
        lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"),
    )
    one.say(FOOD["en"])
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert page.url != one.url, "the chat is not in the history"
    page.goto(one.url)
    page.wait_for_selector(".choices.needs")
    assert "Modesto" not in stored(page) and page.locator(".card").count() == 0


def test_fifteen_idle_minutes_clear_the_chat_after_a_warning(visit: Begin) -> None:
    one = visit()
    one.page.clock.install()
    page = one.open()
    one.say(FOOD["en"])
    page.clock.fast_forward("14:15")
    expect(page.locator("#status")).to_contain_text("one minute")
    page.keyboard.press("Shift")
    expect(page.locator("#status")).to_be_empty()
    page.clock.fast_forward("14:15")
    assert page.locator(".card").count() >= 2, "a key kept it"
    page.clock.fast_forward("01:00")
    expect(page.locator("#status")).to_contain_text("15 minutes")
    assert page.locator(".card").count() == 0 and "Modesto" not in stored(page)


# Everybody can use it


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


CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const color = rgb(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || !node.offsetParent || node.closest('.unseen')) continue;
    const pair = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${node.textContent}`);
  }
  return poor;
}"""


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
