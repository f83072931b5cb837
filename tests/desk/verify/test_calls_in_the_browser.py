"""A call from the list to its end, as people do it: both languages, desktop and phone, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from directory.accounts import Role
from tests.desk.chromium import PHONE, axe, picture, sideways

pytestmark = pytest.mark.browser
Seat = Callable[..., Page]
WORDS = {
    "en": ("Call ", "Save: Room", "End, next place", "No: correct it", "Save: Hours", "8 of 8 confirmed"),
    "es": ("Llamar a ", "Guardar: Cupo", "Terminar, siguiente lugar", "No: corregir", "Guardar: Horario",
           "8 de 8 datos confirmados"),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "script", "size"), [("en", True, None), ("es", False, PHONE)])
def test_a_call_from_the_list_to_the_next_place(seat: Seat, lang: str, script: bool, size: dict[str, int]) -> None:
    call, save_room, end, correct, save_hours, whole = WORDS[lang]
    size = size or {"width": 1280, "height": 800}
    page = seat(
        "/verify?need=food", role=Role.CHW, name=f"ana{lang}", locale="es-MX" if lang == "es" else "en-US",
        viewport=size, java_script_enabled=script,
    )  # fmt: skip
    page.get_by_role("button", name=re.compile(f"^{call}")).nth(0 if lang == "en" else 3).click()
    expect(page).to_have_url(re.compile("/verify/call/.*need=food"))
    first = page.url.split("?")[0]
    for field in ("name", "services", "phone", "address", "who", "languages"):
        step = page.locator(f"#step-{field}")
        yes = step.locator("button[value=same]").first
        yes.click()
        expect(page.locator(f"#step-{field} .state")).to_contain_text("Ana")
    hours = page.locator("#step-hours")
    if hours.locator("details.correct:not([open])").count():
        hours.get_by_text(correct).first.click()
    hours.locator("[name=hours_text]").fill("Mon-Fri 9am-1pm")
    page.get_by_role("button", name=save_hours).click()
    expect(page.locator("#step-hours .state")).to_be_visible()
    room = page.locator("#step-capacity")
    if room.locator("details.correct:not([open])").count():
        room.get_by_text(correct).first.click()
    page.get_by_role("button", name=save_room).click()
    expect(page.locator("main")).to_contain_text(whole)
    assert sideways(page) == 0
    page.get_by_role("button", name=end).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert "/verify/call/" in page.url and page.url.split("?")[0] != first


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("es", 360), ("en", 320)])
def test_anybody_can_use_the_pages(seat: Seat, lang: str, width: int, scheme: str) -> None:
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    locale = {"locale": "es-MX" if lang == "es" else "en-US"}
    page = seat("/verify?county=Fresno", role=Role.CHW, name=f"beto{lang}{width}{scheme}", **size, **locale)
    axe(page)
    assert sideways(page) == 0
    picture(page, f"verify-{lang}-{width}-{scheme}")
    page.locator("form[action='/verify/start'] button").last.click()
    expect(page.locator("#step-name")).to_be_visible()
    for closed in page.locator("details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()
    axe(page)
    assert sideways(page) == 0
    picture(page, f"call-{lang}-{width}-{scheme}")
