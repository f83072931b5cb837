"""Verdicts, steps, paper and sharing on the chat page, in a real Chromium."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import FOOD, LOCALE, PICTURES, Begin, answer, wire
from tests.browser.places import LIST, SHARED, STEPS, VERDICT, VERDICT_TEXT, WHY

pytestmark = pytest.mark.browser


def drawn(visit: Begin, *bodies: str, **options: object) -> Page:
    one = visit(**options)
    page = one.open()
    wire(page, *({"body": body} for body in bodies))
    for _ in bodies:
        one.say("food")
    assert not one.complaints
    return page


def test_a_verdict_says_the_outcome_first_and_its_reasons_when_asked(visit: Begin) -> None:
    page = drawn(visit, VERDICT)
    said = page.locator(".verdict")
    expect(said.locator("h3")).to_have_text("CalFresh: you may qualify.")
    assert "may_qualify" in (said.get_attribute("class") or "")
    reason = page.get_by_text("You told me that you earn little.")
    expect(reason).to_be_hidden()
    page.get_by_text("Why I say so").click()
    expect(reason).to_be_visible()
    expect(said.locator(".decides")).to_have_text("Anyone may apply. The county decides.")
    expect(page.get_by_text("How old are you?")).to_be_visible()
    assert said.locator("ol.steps li").all_inner_texts() == [
        "Apply at BenefitsCal.com.",
        "Answer the call of the county.",
    ]
    expect(page.get_by_text("Ask to be sure.")).to_be_visible()
    page.get_by_text("Where this comes from").click()
    expect(page.get_by_text("County: Notice (2025)")).to_be_visible()
    expect(page.get_by_role("button", name="1 Places near Modesto")).to_be_visible()


def test_a_verdict_leaves_out_no_line_of_its_text(visit: Begin) -> None:
    page = drawn(visit, VERDICT)
    told = page.locator(".verdict").text_content() or ""
    for line in VERDICT_TEXT.split("\n"):
        if line not in (WHY, "1. Places near Modesto"):
            assert line.removeprefix("- ") in told, line


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_assistants_own_verdict_comes_with_who_decides_and_steps(visit: Begin, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    one.say({"en": "do I qualify for WIC? I am pregnant", "es": "¿califico para WIC? estoy embarazada"}[language])
    for _ in range(8):
        if page.locator(".verdict").count():
            break
        one.say({"en": "I don't know", "es": "no sé"}[language])
    said = page.locator(".verdict").last
    expect(said.locator("h3.outcome")).to_contain_text("WIC")
    assert said.locator("ol.steps li").count() >= 2 and said.locator(".decides").count() == 1
    assert said.locator(".because li").count() >= 1


# Paper


@pytest.mark.parametrize("language", ["en", "es"])
def test_paper_has_the_last_list_alone_with_whom_to_call_and_the_day(visit: Begin, language: str) -> None:
    one = visit(locale=LOCALE[language])
    page = one.open()
    one.say(FOOD[language])
    one.say({"en": "thank you", "es": "gracias"}[language])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen = page.locator("body").inner_text()
    name = page.locator(".card h4 span").first.inner_text()
    assert name in seen and all(number in seen for number in ("911", "988", "211")) and "2026" in seen
    assert FOOD[language] not in seen
    expect(page.locator(".card dl").first).to_be_visible()
    for gone in (".top", ".dock", ".tools", ".wrong", ".said.you"):
        assert not page.locator(gone).first.is_visible(), gone
    letters = page.locator(".card .facts").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert letters >= 18
    page.screenshot(path=PICTURES / f"chat-print-{language}.png", full_page=True)
    assert len(page.pdf()) > 5_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".top")).to_be_visible()
    expect(page.locator(".card dl").first).to_be_hidden()


def test_print_takes_the_answer_whose_button_it_was(visit: Begin) -> None:
    page = drawn(visit, STEPS, LIST)
    page.evaluate("() => { window.print = () => { window.asked = true; dispatchEvent(new Event('beforeprint')); }; }")
    page.get_by_role("button", name="Print").first.click()
    assert page.evaluate("window.asked") is True
    page.emulate_media(media="print")
    seen = page.locator("body").inner_text()
    assert "Say when you must be there." in seen and "Sun Pantry" not in seen


def test_a_danger_has_no_button_for_paper(visit: Begin) -> None:
    page = drawn(visit, answer("Call 911:\n- now\n- 988", kind="crisis", crisis="violence", phones=["911"]))
    assert page.get_by_role("button", name="Print").count() == 0


# Sharing


def share(page: Page, reply: dict[str, object]) -> list[dict[str, object]]:
    sent: list[dict[str, object]] = []

    def handle(route: object) -> None:
        sent.append(json.loads(route.request.post_data))  # type: ignore[attr-defined]
        route.fulfill(content_type="application/json", **reply)  # type: ignore[attr-defined]

    page.route("**/webhooks/web/share", handle)
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("() => !document.querySelector('.status.busy')")
    return sent


def test_a_list_is_shared_as_a_word_a_link_and_a_picture(visit: Begin) -> None:
    page = drawn(visit, LIST)
    sent = share(page, SHARED)
    panel = page.locator(".shared")
    expect(panel.locator(".code")).to_have_text("RIVER")
    expect(panel.locator("h4")).to_be_focused()
    assert (
        panel.get_by_role("link", name="Open the list").get_attribute("href") == "https://help.example.org/list/RIVER"
    )
    assert panel.get_by_role("img").evaluate("node => node.complete && node.naturalWidth > 0")
    (asked,) = sent
    assert asked["ids"] == ["x:1", "x:2"] and asked["session"] and asked["language"] == "en"
    assert (asked["need"], asked["place"], asked["county"]) == ("food", "Modesto", None)
    expect(page.get_by_role("button", name="Share")).to_have_attribute("aria-expanded", "true")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#status")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "https://help.example.org/list/RIVER"
    page.get_by_role("button", name="Share").click()
    expect(panel).to_have_count(0)


def test_where_nothing_can_be_shared_the_button_goes_and_paper_stays(visit: Begin) -> None:
    page = drawn(visit, LIST)
    share(page, {"status": 404, "body": "{}"})
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("print")


@pytest.mark.parametrize("body", ["<html>", "{}", '{"code": ""}'])
def test_a_share_that_fails_says_so_and_can_be_tried_again(visit: Begin, body: str) -> None:
    page = drawn(visit, LIST)
    share(page, {"status": 500, "body": body})
    expect(page.locator(".shared")).to_contain_text("did not work")
    expect(page.get_by_role("button", name="Share")).to_be_enabled()


def test_a_share_shows_no_picture_and_no_link_of_another_kind(visit: Begin) -> None:
    page = drawn(visit, LIST)
    share(
        page,
        {
            "status": 201,
            "body": '{"code": "<b>R</b>", "url": "javascript:hit=1", "qr": "https://evil.example.org/x.svg"}',
        },
    )
    assert page.locator(".shared img, .shared a, .shared .code b").count() == 0
    expect(page.locator(".shared .code")).to_have_text("<b>R</b>")


def test_a_word_in_the_address_opens_its_list_once(visit: Begin) -> None:
    one = visit()
    page = one.page
    sent: list[str] = []
    page.on("request", lambda request: request.url.endswith("/message") and sent.append(request.post_data or ""))
    wire(page, {"body": LIST})
    page.goto(f"{one.url}?code=river")
    page.wait_for_selector(".card")
    assert page.url == one.url and [json.loads(text)["message"] for text in sent] == ["RIVER"]
    page.goto(f"{one.url}?code=%3Cb%3E")
    page.wait_for_selector(".said")
    assert len(sent) == 1, "what is no word is not sent"
