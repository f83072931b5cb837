"""The cards of the chat page: every fact of a place once, what is not known told or left out, and what is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from directory import phones, store
from directory.model import Language, Tri
from directory.text import listing as words
from tests.browser.chat import FOOD, LOCALE, Begin, answer, wire
from tests.browser.places import LIST, LIST_TEXT, PLACE

pytestmark = pytest.mark.browser


def fact(card: Locator, label: str) -> str:
    return card.locator("dl > div", has=card.page.locator(f"dt:text-is('{label}')")).locator("dd").all_inner_texts()[0]


def drawn(visit: Begin, body: str, **options: object) -> Page:
    """The page after that answer."""
    one = visit(**options)
    page = one.open()
    wire(page, {"body": body})
    one.say("food")
    assert not one.complaints
    return page


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_fact_of_a_card_is_that_of_the_row(visit: Begin, language: str, demo_home: Path) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    one.say(FOOD[language])
    kept = json.loads(page.evaluate("sessionStorage.page"))["items"][-1]["custom"]["listings"]
    spoken = Language(language)
    with store.open_directory(demo_home / "directory.db") as connection:
        rows = [store.current(store.listing(connection, item["id"]), date.today()) for item in kept]
    cards = page.locator(".card")
    assert cards.count() == len(rows) >= 2
    for card, row in zip(cards.all(), rows, strict=True):
        card.locator(".about-place > summary").click()
        told = card.inner_text()
        assert row.name in told or row.organization in told
        for phone in row.phones[:1]:
            assert phones.display(phone) in told
        if row.address and row.address.address_1:
            assert row.address.address_1 in told
        for code in row.languages:
            assert words.language_name(code, spoken).casefold() in told.casefold()
        for plan in row.plans:
            assert words.plan_name(plan) in told
        for county in row.counties[:6]:
            assert county in told
        wheelchair = {Tri.YES: ("Yes", "Sí"), Tri.NO: ("No", "No")}.get(row.wheelchair)
        label = {"en": "Wheelchair access", "es": "Acceso para silla de ruedas"}[language]
        if wheelchair:
            assert fact(card, label) == wheelchair[language == "es"]
        else:
            assert label not in told
        assert row.provenance.demo is ({"en": "not a real place", "es": "no es un lugar real"}[language] in told)


def test_a_card_shows_first_what_one_needs_and_all_else_behind_a_word(visit: Begin) -> None:
    page = drawn(visit, LIST)
    card = page.locator(".card").first
    seen = card.inner_text()
    for text in ("Sun Pantry", "Food bank or pantry", "Open now", "1.2 miles", "12 Elm Street", "209-555-0123",
                 "Checked Oct 2, 2026.", "Ask about Hmong"):  # fmt: skip
        assert text in seen, text
    assert "Walk in" not in seen and "Health Net" not in seen
    card.locator(".about-place > summary").click()
    facts = {
        "What they do": "Food bank or pantry, CalFresh", "Hours": "Monday 9 am to noon", "Cost": "Free",
        "Papers": "No ID asked", "How to start": "Walk in, call them", "Who may go": "Families of Stanislaus County",
        "Languages": "English, Spanish", "Wheelchair access": "Yes", "Health plans": "Health Net",
        "Serves": "Stanislaus County", "Why it is shown": "Serves Stanislaus County",
    }  # fmt: skip
    for label, text in facts.items():
        assert fact(card, label) == text
    site = card.get_by_role("link", name="Website: sun.example.org")
    assert (
        site.get_attribute("href") == "https://www.sun.example.org/pantry" and site.get_attribute("rel") == "noreferrer"
    )


def test_what_nobody_knows_is_said_where_it_matters_and_left_out_elsewhere(visit: Begin) -> None:
    page = drawn(visit, LIST)
    bare = page.locator(".card").nth(1)
    bare.locator(".about-place > summary").click()
    told = bare.inner_text()
    assert "Hours not known" in told and fact(bare, "Cost") == "Not known"
    assert "No phone on our list" in told and "Private address" in told
    for label in ("Wheelchair access", "Papers", "Who may go", "Why it is shown", "Languages", "Website", "Directions"):
        assert label not in told


def test_what_is_said_around_a_list_stays_in_its_place(visit: Begin) -> None:
    page = drawn(visit, LIST)
    expect(page.locator("h3.found")).to_have_text("Food near Modesto")
    said = page.locator(".said.helper").last
    assert said.locator("> .text").all_inner_texts() == ["Thank you. Here are others:", "Say MORE for more places."]


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("12 Elm Street, Modesto 95350", True),
        ("P.O. Box 12, Modesto 95350", False),
        ("Modesto 95350", False),
        (None, False),
    ],
)
def test_directions_lead_to_a_street_and_say_where_they_open(visit: Begin, address: str | None, leads: bool) -> None:
    body = answer(LIST_TEXT, kind="listings", listings=[{**PLACE, "address": address}], total=1)
    page = drawn(visit, body)
    link = page.get_by_role("link", name="Directions (Google Maps)")
    assert link.count() == leads
    if leads:
        href = link.get_attribute("href") or ""
        assert href.startswith("https://www.google.com/maps/") and "12%20Elm%20Street" in href
        assert link.get_attribute("rel") == "noreferrer"


@pytest.mark.parametrize("language", ["en", "es"])
def test_wrong_says_so_to_the_assistant_who_notes_it(visit: Begin, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    one.say(FOOD[language])
    second = page.locator(".card").nth(1)
    name = second.locator("h4 span").inner_text()
    second.locator(".about-place > summary").click()
    second.locator(".wrong > summary").click()
    before = page.locator(".said.helper").count()
    second.get_by_role("button", name={"en": "The phone", "es": "El teléfono"}[language]).click()
    one.answered(before)
    assert {"en": "I noted it", "es": "Lo anoté"}[language] in one.last() and name in one.last()
    lists = page.locator(".said.helper:has(.card)")
    assert lists.count() == 2
    assert lists.first.locator(".wrong").count() == 0, "the numbers of an older list are not those of today"
    assert lists.last.locator(".wrong").count() >= 1


HOSTILE = (
    "name", "organization", "address", "hours", "cost", "who", "serves", "notice", "open_told", "distance", "phone",
    "url", "open", "wheelchair",
)  # fmt: skip


def test_hostile_words_of_a_list_stay_words(visit: Begin) -> None:
    evil = '<img src=x onerror="window.hit=1"></script><b>x</b> javascript:alert(1)'
    texts = dict.fromkeys(HOSTILE, evil)
    many = {key: [evil, evil] for key in ("languages", "what", "papers", "come", "plans", "ask", "why")}
    listing = {**PLACE, **texts, **many, "miles": None}
    body = answer(f"Food:\n\n1. {evil}: {evil}\nx\nListed.", kind="listings", listings=[listing], total=1)
    page = drawn(visit, body)
    page.locator(".about-place > summary").click()
    assert page.locator("#log img, #log script, #log dd b").count() == 0
    assert page.locator("#log a[href^=javascript]").count() == 0
    assert page.evaluate("window.hit") is None and evil in page.locator(".card").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_changes_its_language_and_the_answer_keeps_its_own(visit: Begin) -> None:
    page = drawn(visit, LIST)
    wire(page, {"body": answer("En español.", language="es")})
    page.get_by_role("button", name="Español").click()
    expect(page.locator(".said.helper").last).to_contain_text("En español.")
    card = page.locator(".card").first
    expect(card).to_have_attribute("lang", "es")
    expect(card.locator(".open")).to_have_text("Abierto ahora")
    assert "1.2 millas" in card.inner_text() and "2 de octubre de 2026" in card.inner_text()
    assert card.locator(".what").get_attribute("lang") == "en"
    assert card.locator(".call").get_attribute("aria-label") == "Llamar a Sun Pantry: 209-555-0123"
    assert page.locator(".said.helper").first.inner_text().startswith("Asistente:")
