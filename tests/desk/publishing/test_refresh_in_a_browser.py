"""From a doubtful row to publishing and undoing it, in a real browser, with script and without."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from tests.desk.chromium import PHONE, axe, picture, sideways
from tests.desk.conftest import Running
from tests.desk.two_lists import DOUBTFUL, OTHER, PANTRY, load

pytestmark = pytest.mark.browser
Seat = Callable[..., Page]

WIDE = {"width": 1280, "height": 900}
SEATS = [
    pytest.param({"locale": "en-US", "viewport": WIDE}, id="en-wide"),
    pytest.param({"locale": "es-MX", "viewport": PHONE, "java_script_enabled": False}, id="es-phone-plain"),
]
WORDS = {
    "en-US": {"same": "Same place", "publish": "Publish", "undo": "Undo this publication", "do": "Undo"},
    "es-MX": {"same": "Mismo lugar", "publish": "Publicar", "undo": "Deshacer esta publicación", "do": "Deshacer"},
}


@pytest.fixture(scope="module")
def running_desk(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A running desk over two real lists that overlap."""
    from tests.desk.conftest import start_desk

    home = tmp_path_factory.mktemp("refresh") / "home"
    home.mkdir(mode=0o700)
    running = start_desk(home)
    yield running
    running.process.terminate()
    running.process.wait(20)


def lists(running: Running, *, again: int) -> None:
    """Both lists are read; `again` makes them say something new."""
    before = os.environ.get("PUENTE_HOME")
    os.environ["PUENTE_HOME"] = str(running.home)
    now = datetime.now(ZoneInfo("America/Los_Angeles")).replace(microsecond=0)
    try:
        load(running.home, "first", PANTRY.replace("9am", f"{7 + again}am"), OTHER, now=now)
        row = DOUBTFUL.replace("A,Olivo", f"A{again},Olivo")
        load(running.home, "second", row, now=now)
    finally:
        os.environ.pop("PUENTE_HOME") if before is None else os.environ.update(PUENTE_HOME=before)


def looked_at(page: Page, name: str, plain: bool) -> None:
    """Nobody is kept from using the page, and it is no wider than its window."""
    assert sideways(page) == 0, page.url
    picture(page, name)
    if not plain:
        axe(page)


@pytest.mark.parametrize("options", SEATS)
def test_from_a_doubtful_row_to_publishing_and_undo(
    seat: Seat, running_desk: Running, options: dict[str, object]
) -> None:
    words, plain = WORDS[str(options["locale"])], options.get("java_script_enabled") is False
    tag = f"refresh-{str(options['locale'])[:2]}"
    lists(running_desk, again=1 + plain)
    page = seat("/diff", **options)
    page.locator("form[action='/publish'] button").click()
    page.goto(f"{running_desk.url}/history")
    lists(running_desk, again=3 + plain)
    page.goto(f"{running_desk.url}/review")
    looked_at(page, f"{tag}-review", plain)
    page.locator("a.button").first.click()
    looked_at(page, f"{tag}-row", plain)
    page.get_by_role("button", name=words["same"], exact=True).click()
    assert "/review" in page.url
    page.goto(f"{running_desk.url}/diff")
    looked_at(page, f"{tag}-diff", plain)
    for box in page.locator("form[action='/publish'] input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name=words["publish"]).click()
    page.wait_for_url("**/publish/*")
    looked_at(page, f"{tag}-published", plain)
    page.goto(f"{running_desk.url}/history")
    looked_at(page, f"{tag}-history", plain)
    page.get_by_role("link", name=words["undo"], exact=True).click()
    looked_at(page, f"{tag}-undo", plain)
    page.get_by_role("button", name=words["do"], exact=True).click()
    page.wait_for_url("**/publish/*")
    looked_at(page, f"{tag}-undone", plain)
    page.goto(f"{running_desk.url}/decisions")
    looked_at(page, f"{tag}-decisions", plain)
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("options", SEATS)
def test_a_place_is_added_and_corrected(seat: Seat, running_desk: Running, options: dict[str, object]) -> None:
    plain = options.get("java_script_enabled") is False
    tag = f"places-{str(options['locale'])[:2]}"
    name = f"Casa Amapola {'Dos' if plain else 'Uno'}"
    page = seat("/places/add", **options)
    looked_at(page, f"{tag}-add", plain)
    page.locator("button[value=look]").click()
    looked_at(page, f"{tag}-wrong", plain)
    assert page.locator("[aria-invalid=true]").count() >= 1
    page.fill("#f-name", name)
    page.check("input[name=topics][value=food]")
    page.fill("#f-counties", "Merced")
    page.fill("#f-phones", f"209-555-01{60 + plain}")
    page.fill("#f-hours_text", "Mon-Fri 9am-1pm")
    page.locator("button[value=look]").click()
    looked_at(page, f"{tag}-read-back", plain)
    if page.locator("input[name=surely_new]").count():
        page.check("input[name=surely_new]")
    page.locator("button[value=save]").click()
    assert "/places/one" in page.url and name in page.locator("h1").inner_text()
    looked_at(page, f"{tag}-one", plain)
    page.fill("#text", "Closed today / Cerrado hoy")
    page.locator("form[action='/places/notice'] button").click()
    assert "Closed today" in page.locator("main").inner_text()
    page.locator("a.button[href^='/places/edit']").click()
    page.fill("#f-city", "Merced")
    page.fill("#f-address_1", "5 Encino St")
    page.fill("#f-postal_code", "95340")
    page.locator("button[value=look]").click()
    page.locator("button[value=save]").click()
    assert "5 Encino St" in page.locator("main").inner_text()
    page.goto(f"{running_desk.url}/places")
    looked_at(page, f"{tag}-places", plain)


def test_in_the_dark_and_on_a_narrow_phone(seat: Seat, running_desk: Running) -> None:
    narrow = {"width": 320, "height": 640}
    lists(running_desk, again=5)
    for path in ("/review", "/diff", "/history", "/places/add", "/decisions"):
        page = seat(path, viewport=narrow, color_scheme="dark")
        assert sideways(page) == 0, path
        axe(page)
        picture(page, f"refresh-dark{path.replace('/', '-')}")
        page.close()
