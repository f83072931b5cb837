"""The look-up as somebody uses it in a browser: both languages, phone and desktop, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from directory.accounts import Role
from tests.desk.chromium import PHONE, axe, picture, sideways

pytestmark = pytest.mark.browser
Seat = Callable[..., Page]
DESKTOP = {"width": 1280, "height": 800}
CARE = "/?what=program%3Acs_recuperative_care&near=Fresno+County&plan=health_net&language=es&taking_referrals=1"
FOOD = "/?what=need%3Afood&near=93721"


@pytest.mark.parametrize(
    ("locale", "viewport", "scheme"),
    [("en-US", PHONE, "light"), ("es-MX", DESKTOP, "light"), ("es-MX", PHONE, "dark"), ("en-US", DESKTOP, "dark")],
    ids=["en-phone-light", "es-desktop-light", "es-phone-dark", "en-desktop-dark"],
)
def test_every_page_can_be_used_by_everybody(seat: Seat, locale: str, viewport: dict[str, int], scheme: str) -> None:
    size = "phone" if viewport is PHONE else "desktop"
    page = seat("/", role=Role.CHW, locale=locale, viewport=viewport, color_scheme=scheme)
    home = page.url.rstrip("/")
    for name, path in (("start", "/"), ("orange", "/?near=Orange&what=need%3Afood"), ("food", FOOD)):
        page.goto(f"{home}{path}")
        axe(page)
        assert sideways(page) == 0
        picture(page, f"look-up-{name}-{locale[:2]}-{size}-{scheme}")
    page.evaluate("document.querySelectorAll('#found details').forEach((one) => { one.open = true; })")
    axe(page)
    page.locator("ol.cards h3 a").first.click()
    axe(page)
    assert sideways(page) == 0
    picture(page, f"look-up-place-{locale[:2]}-{size}-{scheme}")
    page.locator('a[href^="/place-history/"]').click()
    axe(page)
    assert sideways(page) == 0


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_on_a_phone_the_question_folds_away_and_opens_again(seat: Seat, width: int, script: bool) -> None:
    page = seat(FOOD, viewport={"width": width, "height": 700}, java_script_enabled=script)
    expect(page.locator("#near")).to_be_hidden()
    expect(page.locator("#found-title")).to_have_text("Food near 93721 (Fresno)")
    page.get_by_text("Change the question").click()
    expect(page.locator("#near")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_on_a_wide_screen_the_question_stands_beside_its_answer(seat: Seat, script: bool) -> None:
    page = seat(FOOD, viewport=DESKTOP, java_script_enabled=script)
    expect(page.locator("#near")).to_be_visible()
    page.locator("#near").fill("Modesto")
    page.locator("#near").press("Enter")
    expect(page.locator("#found-title")).to_have_text("Food near Modesto")


@pytest.mark.parametrize("locale", ["en-US", "es-MX"])
def test_a_chw_finds_recuperative_care_and_has_the_handout_before_eight_clicks(seat: Seat, locale: str) -> None:
    """What, plan, language, referrals, search, handout; the seventh is to print."""
    page = seat("/", role=Role.CHW, locale=locale, java_script_enabled=False)
    page.locator("#what").select_option("program:cs_recuperative_care")
    page.locator("#near").fill("Fresno County")
    page.locator("#plan").select_option("health_net")
    page.locator("#language").select_option("es")
    page.locator('input[name="taking_referrals"]').check()
    page.locator('#ask button[type="submit"]').click()
    card = page.locator("ol.cards > li").first
    expect(card.locator(".why")).to_contain_text("Health Net")
    button = card.locator('.hand button[value="es"]')
    expect(button).to_contain_text("Handout in Spanish" if locale == "en-US" else "Hoja en español")
    with page.expect_request("**/handout/add") as asked:
        button.click()
    sent = asked.value.post_data or ""
    assert "then=" not in sent and "lang=es" in sent and sent.count("&id=") == 1 and "csrf=" in sent


def test_a_choice_shows_its_places_at_once_and_the_count_is_said(seat: Seat) -> None:
    page = seat(FOOD)
    status = page.locator("#count")
    before = status.inner_text()
    page.evaluate("document.getElementById('count').dataset.same = 'yes'")
    page.locator("#what").select_option("need:housing")
    expect(page.locator("#found-title")).to_have_text("Housing near 93721 (Fresno)")
    expect(page).to_have_title(re.compile("^Housing near 93721"))
    expect(page).to_have_url(re.compile(r"what=need%3Ahousing"))
    assert status.inner_text() != before and status.get_attribute("data-same") == "yes"
    page.locator('input[name="open_now"]').focus()
    page.keyboard.press("Space")
    expect(page.locator(".chip.on")).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "open_now"  # the keyboard stays where it was


def test_a_place_that_is_none_is_said_beside_the_field_at_once_and_goes_again(seat: Seat) -> None:
    page = seat(FOOD)
    page.locator("#near").fill("9999")
    page.locator("#near").press("Tab")
    expect(page.locator("#near-problem")).to_contain_text("five numbers")
    assert page.locator("#near").get_attribute("aria-invalid") == "true"
    axe(page)
    page.locator("#near").fill("Modesto")
    page.locator("#near").press("Tab")
    expect(page.locator("#near-problem")).to_have_count(0)
    expect(page.locator("#found-title")).to_have_text("Food near Modesto")


def test_a_session_that_ended_leads_to_the_sign_in_also_from_the_script(seat: Seat) -> None:
    page = seat(FOOD)
    page.context.clear_cookies()
    page.locator("#what").select_option("need:housing")
    page.wait_for_url("**/signin**")


def test_by_keyboard_alone_from_the_question_to_a_place(seat: Seat) -> None:
    page = seat("/")
    page.locator("#near").focus()
    page.keyboard.type("93721")
    page.keyboard.press("Enter")
    page.wait_for_url("**#results")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('ol.cards h3 a')"):
            break
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_note_is_written_and_ended_and_leaves_the_place_as_it_was(seat: Seat, script: bool) -> None:
    page = seat(FOOD, role=Role.CHW, name=f"noter{script}".lower(), java_script_enabled=script, locale="es-MX")
    page.locator("ol.cards h3 a").first.click()
    page.locator("#note").fill(f"Pregunte por Ana ({script}).")
    page.get_by_role("button", name="Guardar la nota").click()
    expect(page.get_by_text("La nota quedó guardada.")).to_be_visible()
    expect(page.locator(".staff-note .words").first).to_have_text(f"Pregunte por Ana ({script}).")
    axe(page) if script else None
    page.get_by_role("button", name="Terminar esta nota").first.click()
    expect(page.get_by_text("La nota terminó.")).to_be_visible()


def test_at_double_text_size_nothing_is_cut(seat: Seat) -> None:
    page = seat(FOOD, viewport={"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) == 0
