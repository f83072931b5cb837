"""Plans and offices at the desk: the clinic's own counties first, each number with how it is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.accounts import Role
from directory.overlay.keeping import forget
from directory.plans import office, plans_in
from tests.desk.forms import post

_HIDDEN = re.compile(r'name="(seen|of)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def _anew(desk_home: Path) -> None:
    forget()


def test_the_clinics_counties_stand_first_and_are_shown(signed: Callable[..., TestClient], desk_home: Path) -> None:
    (desk_home / "settings.yml").write_text("clinic: Kite Clinic\ncounties: [Stanislaus, Kern]\n", encoding="utf-8")
    page = signed(Role.CHW).get("/plans").text
    own = page.index("Your counties")
    assert own < page.index("<option selected>Stanislaus") < page.index("<option>Kern") < page.index("Other counties")
    assert all(plan.name.split("(")[0].strip() in page for plan in plans_in("Stanislaus"))


@pytest.mark.parametrize("county", ["Kern", "Alpine", "Los Angeles"])
def test_every_plan_and_kind_of_office_of_a_county_is_there(signed: Callable[..., TestClient], county: str) -> None:
    page = signed(Role.CHW).get("/plans", params={"county": county}).text
    for plan in plans_in(county):
        assert f"of=phone%3A{plan.id}" in page and f"of=ride%3A{plan.id}" in page
    assert page.count(f"office%3A{county.replace(' ', '+')}") == 9
    assert "S_GK" not in page


def test_one_plan_alone(signed: Callable[..., TestClient]) -> None:
    page = signed(Role.CHW).get("/plans?plan=kern_family").text
    assert "phone%3Akern_family" in page and page.count('class="of-plan"') == 1
    assert signed(Role.CHW, "other").get("/plans?plan=nobody&county=Nowhere").status_code == 200


def test_a_countys_own_office_is_noted_and_people_are_sent_there(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    staff, of = signed(), "office:Kern/ihss"
    assert office("Kern", "ihss").county is None
    hidden = dict(_HIDDEN.findall(staff.get(f"/plans/number?of={of}").text))
    sent = {**hidden, "name_en": "Kern IHSS", "name_es": "IHSS de Kern", "phone": "661-555-0101", "source": "web page"}
    assert "both languages" in post(staff, "/plans/read-back", {**sent, "name_es": ""}).text
    read = post(staff, "/plans/read-back", sent).text
    assert "Kern IHSS" in read and "IHSS de Kern" in read and "1-661-555-0101" in read
    assert post(staff, "/plans/change", sent).status_code == 303
    found = office("Kern", "ihss")
    assert (found.county, found.phone, found.name_es) == ("Kern", "1-661-555-0101", "IHSS de Kern")
    page = staff.get("/plans?county=Kern").text
    assert "Kern IHSS: 1-661-555-0101" in page and "Your clinic: Staff1 Rivera" in page


def test_a_hostile_source_is_text_and_no_link(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff, of = signed(), "phone:kern_family"
    hidden = dict(_HIDDEN.findall(staff.get(f"/plans/number?of={of}").text))
    evil = 'javascript:alert(1) "><img src=x onerror=alert(1)>'
    assert post(staff, "/plans/check", {**hidden, "source": evil}).status_code == 303
    for path in (f"/plans/number?of={of}", "/plans?county=Kern", "/rules?state=notes"):
        page = staff.get(path).text
        assert "<img src=x" not in page and 'href="javascript' not in page and "javascript:alert" in page
