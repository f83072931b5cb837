"""The chat page in a real Chromium: what must never happen, what fails, and what is kept."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from bot import sentences
from tests.browser.chat import FOOD, Begin, answer, stored, wire

pytestmark = pytest.mark.browser


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


def test_the_page_takes_few_bytes_and_requests_and_asks_only_its_own_host(visit: Begin) -> None:
    one = visit()
    page = one.open()
    page.wait_for_load_state("networkidle")
    assert all(response.status == 200 for response in one.responses)
    assert one.hosts == {urlsplit(one.url).netloc}
    names = sorted(urlsplit(response.url).path.rsplit("/", 1)[1] for response in one.responses)
    assert set(names) == {"", "chat.css", "chat.js", "icon.svg"} and len(names) <= 5, (
        "the icon may come for the tab too"
    )
    sizes = [response.request.sizes() for response in one.responses]
    assert 5_000 < sum(size["responseBodySize"] for size in sizes) < 25_000, "as it comes over the line"
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < 60_000
    scripts = page.locator("script[src]").evaluate_all("nodes => nodes.map(node => node.defer || node.async)")
    assert scripts and all(scripts), "no script holds up the words"


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
