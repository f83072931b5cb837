"""The list of rules: by how they stand, filtered, in words; and on a phone, in Spanish, without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from tests.desk.chromium import PHONE, axe, picture, sideways

PAGES = {
    "rules": "/rules",
    "rules-coming": "/rules?state=coming",
    "rules-value": "/rules/value?of=rule:ecm",
    "plans": "/plans?county=Kern",
    "plans-number": "/plans/number?of=phone:kern_family",
    "texts": "/texts?room=leaflet",
    "texts-one": "/texts/one?id=assistant.crisis.self_harm",
    "health": "/health",
    "ask": "/ask",
}


@pytest.mark.parametrize("state", ["overdue", "unverified", "due", "coming", "good", "notes"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_list_is_there_in_both_languages_and_without_codes(
    signed: Callable[..., TestClient], state: str, lang: str
) -> None:
    page = signed().get(f"/rules?state={state}&lang={lang}")
    assert page.status_code == 200 and "S_GK" not in page.text
    assert 'aria-current="page"' in page.text


def test_filters_narrow_and_pages_follow(signed: Callable[..., TestClient]) -> None:
    staff = signed()
    found = re.search(r"(\d+) in all; 1 to 40", staff.get("/rules?state=unverified").text)
    assert found and int(found[1]) > 80
    second = staff.get("/rules?state=unverified&page=2").text
    assert "41 to 80" in second
    narrowed = staff.get("/rules?state=unverified&part=phones&program=nmt").text
    fewer = re.search(r"(\d+) in all", narrowed)
    assert fewer and 0 < int(fewer[1]) < int(found[1])
    assert staff.get("/rules?state=unverified&page=99999&part=%3Cx%3E&program=x").status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_anybody_can_use_each_page(seat: Callable[..., Page], name: str) -> None:
    page = seat(PAGES[name])
    axe(page)
    assert sideways(page) == 0
    picture(page, f"{name}-en-1280")
    phone = seat(PAGES[name], locale="es-MX", viewport=PHONE, color_scheme="dark")
    axe(phone)
    assert sideways(phone) == 0 and phone.locator("html").get_attribute("lang") == "es"
    picture(phone, f"{name}-es-360")


@pytest.mark.browser
def test_a_change_is_noted_on_a_phone_in_spanish_without_script(seat: Callable[..., Page]) -> None:
    page = seat("/plans?county=Kern", locale="es-MX", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("link", name="Teléfono para miembros").first.click()
    page.get_by_label("Teléfono", exact=True).fill("661 555 0142")
    page.locator("#change-source").fill("llamada a la oficina")
    page.get_by_role("button", name="Leer qué cambiaría").click()
    assert page.get_by_text("Los miembros llaman al 1-661-555-0142.").is_visible()
    page.get_by_role("button", name="Guardar").click()
    assert page.get_by_text("Anotado: ha cambiado. Cuenta de inmediato.").is_visible()
    assert "llamada a la oficina" in page.locator(".notes").inner_text()
