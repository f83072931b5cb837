"""A new Excel list from the drop to the directory that people see, and back again, with the clicks counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.conftest import puente
from tests.desk.chromium import PHONE
from tests.desk.conftest import Running, start_desk
from tests.desk.refresh.dropping import ROWS, workbook

pytestmark = pytest.mark.browser
UNDER = 10
SEATS = {
    "desktop": ("en-US", {"width": 1280, "height": 800}, True),
    "phone": ("es-MX", PHONE, True),
    "plain": ("es-MX", PHONE, False),
}
WORDS = {
    "en-US": ("See what it is", "Save and take", "Publish", "Undo this publication", "Undo", "Egret"),
    "es-MX": ("Ver qué es", "Guardar y tomar", "Publicar", "Deshacer esta publicación", "Deshacer", "Garceta"),
}


@pytest.fixture(scope="module")
def running_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A running desk of a clinic that begins: invented places would not be published beside a real list."""
    home = tmp_path_factory.mktemp("clinic") / "home"
    home.mkdir(mode=0o700)
    puente(home, "add", "--name", "Mesa del Valle", "--need", "food", "--county", "Merced", "--phone", "209-555-0123")
    puente(home, "publish")  # the first publication has none before it that one could go back to
    running = start_desk(home)
    yield running
    running.process.terminate()
    running.process.wait(20)


@dataclass
class Hand:
    """Clicks, and counts them."""

    clicks: int = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.first.click()


@pytest.mark.parametrize("which", SEATS)
def test_from_drop_to_publish_in_under_ten_clicks_and_undone_in_two(
    seat: Callable[..., Page], running_desk: Running, tmp_path: Path, which: str
) -> None:
    locale, window, script = SEATS[which]
    look, take, publish, undo, do, name = WORDS[locale]
    name = f"{name} {which.title()}"
    path = tmp_path / f"{name} November 2026.xlsx"
    path.write_bytes(workbook(rows=tuple((row[0].replace("Kite", name), *row[1:]) for row in ROWS)))
    place = ROWS[0][0].replace("Kite", name)
    page = seat("/refresh", locale=locale, viewport=window, java_script_enabled=script)
    hand = Hand(1)  # the file is chosen with one
    page.set_input_files("#file", path)
    hand.click(page.get_by_role("button", name=look))
    page.locator("h1").wait_for()
    if page.get_by_role("button", name=take).count() == 0:  # a list that reads like one of another test
        hand.click(page.get_by_role("button", name="new list" if locale == "en-US" else "lista nueva"))
    hand.click(page.get_by_role("button", name=take))
    hand.click(page.get_by_role("link", name=publish, exact=True))
    for box in page.locator("form[action='/publish'] input[type=checkbox]").all():
        hand.click(box)
    hand.click(page.locator("form[action='/publish'] button"))
    page.wait_for_url("**/publish/*")
    page.locator("h1").wait_for()
    assert hand.clicks < UNDER
    assert shown(page, running_desk, name, place) > 0

    page.goto(f"{running_desk.url}/history")
    back = Hand()
    back.click(page.get_by_role("link", name=undo, exact=True))
    back.click(page.get_by_role("button", name=do, exact=True))
    page.wait_for_url("**/publish/*")
    assert back.clicks == 2
    assert shown(page, running_desk, name, place) == 0


def shown(page: Page, desk: Running, words: str, place: str) -> int:
    """How many cards of that place the look-up shows."""
    page.goto(f"{desk.url}/?words={words}")
    return page.locator(".cards h3", has_text=place).count()
