"""The inbox as people use it: take a call, read its number, done; a report decided; both languages, any size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import Page, expect

from directory.accounts import Role
from directory.inbox import outcomes, reports, tasks, who
from directory.inbox.outcomes import Outcome
from tests.desk.chromium import PHONE, axe, picture, sideways
from tests.desk.conftest import Running

pytestmark = pytest.mark.browser
Seat = Callable[..., Page]
SIZES = [("en", 1280, "light"), ("es", 360, "dark"), ("es", 320, "light")]
PLACE = "demo_plan_roster:D0011"


@pytest.fixture(scope="module")
def told(running_desk: Running) -> None:
    """A home in which two people asked for a call, and two said that a place is closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUENTE_HOME", str(running_desk.home))
        now = datetime.now(timezone.utc)
        for number, days in (("+12095550143", 6), ("+12095550144", 0), ("+12095550145", 0)):
            one, red = who.conversation(number), days == 0
            tasks.call(
                one, who.seal(number), need="food", county="Fresno", language="en", when="any", red=red,
                now=now - timedelta(days=days),
            )  # fmt: skip
        for person in ("a", "b"):
            reports.listing(PLACE, "closed", person, now - timedelta(days=7))
        reports.listing("demo_plan_roster:D0012", "hours", "a", now)
        outcomes.count(PLACE, Outcome.HELPED, "sms", now)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("lang", "script", "id"), [("en", True, 2), ("es", False, 3)])
def test_a_call_is_taken_made_and_its_number_erased(seat: Seat, lang: str, script: bool, id: int) -> None:
    words = {"en": (f"I take T{id}", "Done, erase the number", "Done. The number is erased."),
             "es": (f"Tomo yo T{id}", "Hecho, borrar el número", "Hecho. El número está borrado.")}[lang]  # fmt: skip
    page = seat(
        "/inbox", role=Role.CHW, name=f"ana{lang}", locale="es-MX" if lang == "es" else "en-US", viewport=PHONE,
        java_script_enabled=script,
    )  # fmt: skip
    expect(page.locator("main")).not_to_contain_text("555")
    page.get_by_role("button", name=words[0]).click()
    expect(page.get_by_role("link", name=f"209-555-014{id + 2}")).to_be_visible()
    page.get_by_role("button", name=words[1]).click()
    expect(page.get_by_role("status")).to_have_text(words[2])
    expect(page.locator("main")).not_to_contain_text(f"T{id}:")


@pytest.mark.usefixtures("told")
def test_a_report_is_decided_after_it_is_mended(seat: Seat) -> None:
    page = seat("/inbox/report/3", role=Role.CHW, name="ana", java_script_enabled=False)
    page.get_by_role("radio", name="was wrong").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("Correct the place first")
    page.get_by_role("radio", name="was wrong").check()
    page.get_by_label("It is corrected already").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status")).to_have_text("Decided. The reports on it are closed.")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("lang", "width", "scheme"), [("en", 1280, "light"), ("es", 360, "dark"), ("es", 320, "light")]
)
@pytest.mark.parametrize("path", ["/inbox", "/inbox/call/1", "/inbox/report/1", "/inbox/outcomes"])
def test_anybody_can_use_the_pages(seat: Seat, path: str, lang: str, width: int, scheme: str) -> None:
    page = seat(
        path, role=Role.STAFF, name="luis", locale="es-MX" if lang == "es" else "en-US", color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    axe(page)
    assert sideways(page) == 0
    picture(page, f"inbox{path.replace('/', '-')[6:]}-{lang}-{width}-{scheme}")
