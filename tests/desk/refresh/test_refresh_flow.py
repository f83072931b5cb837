"""From drop to taken in a real browser: desktop and phone, both languages, without JavaScript, with few clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.desk.chromium import PHONE, axe, picture, sideways
from tests.desk.refresh.dropping import ROWS, listed, workbook

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 800}


def seen(page: Page, name: str) -> None:
    """Whoever looks at this page can use it; its picture is kept."""
    axe(page)
    assert sideways(page) == 0, page.url
    picture(page, f"refresh-{name}")


def describe(page: Page, new: str) -> None:
    """To the questions about a new list, also where another test left a list with these columns."""
    page.locator("h1").wait_for()
    if page.get_by_role("button", name=new).count():
        page.get_by_role("button", name=new).click()


@pytest.fixture
def excel(tmp_path: Path) -> Path:
    path = tmp_path / "Kite roster November 2026.xlsx"
    path.write_bytes(workbook())
    return path


@pytest.mark.parametrize(
    ("locale", "window", "colors"), [("en-US", DESKTOP, "light"), ("es-MX", PHONE, "dark")], ids=["desktop", "phone"]
)
def test_a_new_list_and_its_next_month(
    seat: Callable[..., Page], excel: Path, tmp_path: Path, locale: str, window: dict[str, int], colors: str
) -> None:
    name, en = f"{locale[:2]}-{window['width']}", locale.startswith("en")
    kite = "Kite" if en else "Garza"
    path = tmp_path / f"{kite} roster November 2026.xlsx"
    path.write_bytes(excel.read_bytes())
    page = seat("/refresh", locale=locale, viewport=window, color_scheme=colors)
    seen(page, f"state-{name}")
    page.set_input_files("#file", path)  # click 1: choose the file
    page.get_by_role("button", name="See what it is" if en else "Ver qué es").click()  # 2
    describe(page, "It is a new list" if en else "Es una lista nueva")
    page.get_by_role(
        "heading", name="How is this new list read?" if en else "¿Cómo se lee esta lista nueva?"
    ).wait_for()
    seen(page, f"columns-{name}")
    page.get_by_role("button", name="Try it" if en else "Probar").click()  # 3
    page.get_by_text("12 would be shown" if en else "se mostrarían 12").wait_for()
    seen(page, f"tried-{name}")
    page.get_by_role("button", name="Save and take" if en else "Guardar y tomar").click()  # 4
    page.get_by_role("heading", name="The list is taken" if en else "La lista está tomada").wait_for()
    seen(page, f"taken-{name}")
    later = tmp_path / f"{kite} roster 2026-11-20.xlsx"
    later.write_bytes(workbook(rows=(*ROWS[1:10], ("Kite Beds", *ROWS[0][1:]))))
    page.goto(page.url.split("/refresh/")[0] + "/refresh")
    page.set_input_files("#file", later)
    page.get_by_role("button", name="See what it is" if en else "Ver qué es").click()
    seen(page, f"recognized-{name}")
    page.get_by_role("button", name=f"this is {kite} roster" if en else f"es {kite} roster").first.click()
    page.get_by_role("heading", name="What would change" if en else "Qué cambiaría").wait_for()
    seen(page, f"trial-{name}")
    page.get_by_role("button", name="Take this list" if en else "Tomar esta lista").click()
    page.get_by_role("heading", name="The list is taken" if en else "La lista está tomada").wait_for()


def test_without_javascript_a_known_list_is_taken_in_four_clicks_and_a_picture_is_refused(
    seat: Callable[..., Page], tmp_path: Path
) -> None:
    page = seat("/refresh", java_script_enabled=False, viewport=PHONE)
    clicks = 0
    for step, data in enumerate((listed(*ROWS), listed(*ROWS[1:]))):
        file = tmp_path / f"Heron roster 2026-11-1{step}.csv"
        file.write_bytes(data.replace(b"Kite", b"Heron"))
        page.goto(page.url.split("/refresh")[0] + "/refresh")
        page.set_input_files("#file", file)
        clicks = 1
        if not step:
            page.get_by_role("button", name="See what it is").click()
            describe(page, "It is a new list")
            page.get_by_role("button", name="Save and take").click()
            page.get_by_role("heading", name="The list is taken").wait_for()
            continue
        for button in (
            "See what it is",
            *(("Yes, this is Heron roster", "Take this list") if step else ("Save and take",)),
        ):
            page.get_by_role("button", name=button).first.click()
            clicks += 1
        page.get_by_role("heading", name="The list is taken").wait_for()
    assert clicks == 4
    assert page.get_by_role("link", name="Publish", exact=True).is_visible()
    page.goto(page.url.split("/refresh")[0] + "/refresh")
    cat = tmp_path / "cat.png"
    cat.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    page.set_input_files("#file", cat)
    page.get_by_role("button", name="See what it is").click()
    assert "this is a picture" in page.inner_text("main")


def test_the_brake_and_changed_columns_can_be_used_by_everybody(seat: Callable[..., Page], tmp_path: Path) -> None:
    page = seat("/refresh", viewport=PHONE, locale="es-MX")
    home = page.url
    files = {
        "Loon roster 2026-11-10.csv": listed(*ROWS),
        "Loon roster 2026-11-11.csv": listed(*ROWS[:4]),
        "Loon roster 2026-11-12.csv": listed(*ROWS).replace(b"Phone\n", b"Main phone\n"),
    }
    for number, (name, data) in enumerate(files.items()):
        (tmp_path / name).write_bytes(data.replace(b"Kite", b"Loon"))
        page.goto(home)
        page.set_input_files("#file", tmp_path / name)
        page.get_by_role("button", name="Ver qué es").click()
        if number:
            page.get_by_role("button", name="Loon roster").first.click()
            seen(page, f"{'brake' if number == 1 else 'headings'}-es-360")
        else:
            describe(page, "Es una lista nueva")
            page.get_by_role("button", name="Guardar y tomar").click()
    assert "Columnas que faltan" in page.inner_text("main")
