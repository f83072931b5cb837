"""The chat page in a real Chromium, against a running assistant with the demo directory: what a person came for."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.chat import FOOD, LOCALE, Begin, answer, wire

pytestmark = pytest.mark.browser


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
