"""The chat page wears the clinic's name, and leads on when nobody answers: a real door in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat import CONTRAST, LOCALE, PICTURES, answer
from tests.browser.chat import Begin as At

pytestmark = pytest.mark.browser

SAID = """
clinic: Kite Community Health Center
phone: "209-555-0140"
hours: "Mon-Fri 8am-5pm"
color: "#7a2f8f"
logo: logo.svg
language_help:
  en: "Free help in your language. Ask our staff."
  es: "Ayuda gratis en su idioma. Pregunte a nuestro personal."
  url: https://example.org/help
nondiscrimination: {en: "We treat nobody worse.", es: "No tratamos peor a nadie."}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M30 2 50 18 30 38 10 18z"/></svg>'
HELP = {"tel:211", "tel:911", "tel:988"}
OWN = "tel:+12095550140"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of a clinic that has said all of itself."""
    (tmp_path / "settings.yml").write_text(SAID, "utf-8")
    (tmp_path / "logo.svg").write_text(LOGO, "utf-8")
    return tmp_path


def links(page: Page, of: str) -> set[str]:
    found = page.locator(f"{of} a").evaluate_all("nodes => nodes.map(node => node.getAttribute('href'))")
    return set(found)


def write(page: Page, text: str) -> None:
    page.locator("#words").fill(text)
    page.keyboard.press("Enter")


# The clinic's own


@pytest.mark.parametrize(
    ("language", "hours", "help_line"),
    [
        ("en", "Monday to Friday 8 am to 5 pm", "Free help in your language."),
        ("es", "lunes a viernes de 8 am a 5 pm", "Ayuda gratis en su idioma."),
    ],
)
def test_the_page_says_whose_it_is_and_how_to_reach_them(at: At, language: str, hours: str, help_line: str) -> None:
    one = at(locale=LOCALE[language], viewport={"width": 1280, "height": 800})
    page = one.open()
    expect(page.locator("h1")).to_have_text("Kite Community Health Center")
    assert page.title() in ("Community resources", "Recursos de la comunidad"), "the tab tells nobody of a clinic"
    assert OWN in links(page, ".clinic") and hours in page.locator(".clinic").inner_text()
    assert page.locator("h1 img").evaluate("node => node.naturalWidth > 0 && node.src.endsWith('/static/logo')")
    page.locator(".of summary").click()
    told = page.locator(".of details").inner_text()
    assert help_line in told and "30 d" in told
    assert "https://example.org/help" in links(page, ".of details")
    assert one.hosts == {urlsplit(one.url).netloc} and not one.complaints


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_a_phone_shows_the_logo_and_the_name_in_a_row_of_their_own(
    at: At, home: Path, width: int, language: str
) -> None:
    long_name = "Kite Community Health Center of the San Joaquin Valley"
    (home / "settings.yml").write_text(SAID.replace("Kite Community Health Center", long_name), "utf-8")
    page = at(locale=LOCALE[language], viewport={"width": width, "height": 640}).open()
    expect(page.locator("h1 img")).to_be_visible()
    name, leave = page.locator("h1 span").bounding_box(), page.locator("#leave").bounding_box()
    assert name and leave and name["y"] + name["height"] <= leave["y"], "the name stands above the buttons"
    assert name["height"] < 48 and name["width"] > width * 0.5, "two lines at most, and not squeezed"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    after = page.locator("#leave").bounding_box()
    assert after and 0 <= after["y"] < leave["y"], "the name scrolls away, the way out stays"


def test_the_other_language_has_its_own_words(at: At) -> None:
    page = at().open()
    page.locator(".of summary").click()
    expect(page.get_by_text("We treat nobody worse.")).to_be_visible()
    expect(page.get_by_text("No tratamos peor a nadie.")).to_be_hidden()
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_text("No tratamos peor a nadie.")).to_be_visible()
    expect(page.get_by_text("We treat nobody worse.")).to_be_hidden()
    expect(page.get_by_text("lunes a viernes de 8 am a 5 pm")).to_be_visible()


def test_what_is_kept_can_be_asked_from_the_page(at: At) -> None:
    page = at().open()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.locator(".of summary").click()
    page.get_by_role("button", name="What do you keep about me?").click()
    page.wait_for_selector(".said.helper >> nth=1")
    assert json.loads(next(body for body in sent if "message" in body))["message"] == "what do you keep about me?"


def test_without_javascript_all_of_it_is_there(at: At) -> None:
    one = at(java_script_enabled=False)
    page = one.page
    page.goto(one.url)
    assert OWN in links(page, ".clinic")
    page.locator(".of summary").click()
    words = page.locator(".of details").inner_text()
    assert "We treat nobody worse." in words and "No tratamos peor a nadie." in words
    assert "What do you keep" not in words, "a button that does nothing is not there"
    assert links(page, ".plain") >= HELP


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("color", ["#7a2f8f", "#005500", "#000000"])
def test_every_word_stands_out_in_the_clinics_color(home: Path, at: At, color: str, scheme: str) -> None:
    (home / "settings.yml").write_text(SAID.replace("#7a2f8f", color), "utf-8")
    page = at(color_scheme=scheme).open()
    page.locator(".of summary").click()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')") != ""
    band = page.locator(".top").evaluate("node => getComputedStyle(node).borderTopColor")
    assert band == f"rgb({int(color[1:3], 16)}, {int(color[3:5], 16)}, {int(color[5:], 16)})"
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_long_name_and_hostile_words_stay_words_and_fit(home: Path, at: At, width: int) -> None:
    name = '<script>hit=1</script><!--notices--> Centro Familiar del Valle &amp; \\"Hijos\\" '[:79]
    evil = "{days} </details><img src=x onerror=hit=1><script>hit=1</script>"
    (home / "settings.yml").write_text(
        f'clinic: "{name}"\nphone: "(209) 555-0140 ext. 12"\ncolor: "#7a2f8f"\nlogo: ../../etc/passwd\n'
        f'language_help: {{en: "{evil}", es: "{evil}"}}\n',
        "utf-8",
    )
    one = at(viewport={"width": width, "height": 740})
    page = one.open()
    assert "<script>hit=1</script>" in page.locator("h1").inner_text()
    page.locator(".of summary").click()
    assert evil in page.locator(".of details").inner_text()
    assert page.evaluate("window.hit") is None and page.locator("#log img, .of img, .of script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for selector in ("#switch", "#leave", "#words"):
        box = page.locator(selector).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, selector
    assert not one.complaints
    with pytest.raises(OSError, match="404"):
        urlopen(f"{one.url}static/logo")


def test_a_clinic_that_said_nothing_leaves_no_gap(home: Path, at: At) -> None:
    (home / "settings.yml").unlink()
    one = at()
    page = one.open()
    expect(page.locator("h1")).to_have_text("Community resources")
    assert page.locator(".clinic").count() == 0
    page.locator(".of summary").click()
    expect(page.get_by_text("Your words are not kept.")).to_be_visible()
    assert not one.complaints


def test_settings_that_nobody_can_read_take_no_page_away(home: Path, at: At) -> None:
    (home / "settings.yml").write_text("clinic: [", "utf-8")
    page = at().open()
    assert page.locator(".choices.needs button").count() == 6


# Nobody answers


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_door_without_its_assistant_says_whom_to_call(at: At, language: str) -> None:
    page = at(locale=LOCALE[language]).open()
    write(page, "food in Modesto" if language == "en" else "comida en Modesto")
    page.wait_for_selector(".said.helper >> nth=1")
    told = page.locator(".said.helper").last.inner_text()
    assert "211" in told and "911" in told


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["lost", "502", "unreadable", "500"])
def test_when_nothing_comes_back_the_page_itself_says_whom_to_call(at: At, language: str, kind: str) -> None:
    page = at(locale=LOCALE[language]).open()

    def broken(route: Route) -> None:
        if kind == "lost":
            route.abort()
        else:
            route.fulfill(status=200 if kind == "unreadable" else int(kind), body="<html>{")

    page.route("**/message", broken)
    write(page, "i need food in Modesto")
    note = page.locator(".note")
    expect(note).to_contain_text("Kite Community Health Center: 209-555-0140")
    assert links(page, ".note") == HELP | {OWN}
    assert "Modesto" in page.locator(".said.you").inner_text()
    page.reload()
    assert "Modesto" in page.locator(".said.you").inner_text(), "what was written outlives a reload"


def test_it_tries_again_by_itself_a_few_times_and_then_waits(at: At) -> None:
    one = at()
    one.page.clock.install()
    page = one.open()
    tries: list[int] = []

    def lose(route: Route) -> None:
        tries.append(1)
        route.abort()

    page.route("**/message", lose)
    write(page, "food in Modesto")
    for count, seconds in ((1, "00:06"), (2, "00:16"), (3, "00:46"), (4, "10:00")):
        expect(page.locator(".status.busy")).to_have_count(0)
        assert len(tries) == count and page.locator(".note").count() == 1
        page.clock.fast_forward(seconds)
    assert len(tries) == 4
    expect(page.locator(".note")).to_contain_text("Try again later")
    page.unroute("**/message")
    page.route("**/message", lambda route: route.fulfill(content_type="application/json", body=answer("Here it is.")))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".said.helper").last).to_contain_text("Here it is.")
    assert page.locator(".note").count() == 0 and page.locator(".said.you").count() == 1


def test_it_tries_again_as_soon_as_there_is_a_signal(at: At) -> None:
    page = at().open()
    page.context.set_offline(True)
    write(page, "food in Modesto")
    expect(page.locator(".note")).to_contain_text("offline")
    page.context.set_offline(False)
    page.wait_for_selector(".said.helper >> nth=1")
    assert page.locator(".note").count() == 0


# To be looked at


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_of_a_clinics_page(home: Path, at: At, language: str, scheme: str, width: int) -> None:
    page = at(locale=LOCALE[language], color_scheme=scheme, viewport={"width": width, "height": 740}).open()
    PICTURES.mkdir(exist_ok=True)
    name = f"clinic-{width}-{scheme}-{language}"
    greeting = page.screenshot(path=PICTURES / f"{name}-1-greeting.png")
    page.locator(".of summary").click()
    page.screenshot(path=PICTURES / f"{name}-2-rights.png")
    page.route("**/message", lambda route: route.abort())
    write(page, "food in Modesto")
    page.wait_for_selector(".note")
    assert page.screenshot(path=PICTURES / f"{name}-3-away.png") != greeting
    page.unroute("**/message")
    paused = {"en": "Closed for a storm.", "es": "Cerrado por la tormenta.", "since": "2026-11-22T08:00:00-08:00"}
    (home / "pause.json").write_text(json.dumps({**paused, "who": "Rosa"}), "utf-8")
    page.reload()
    write(page, "hola")
    page.wait_for_selector(".said.helper >> nth=1")
    page.screenshot(path=PICTURES / f"{name}-4-paused.png")


def test_what_is_sent_of_the_clinic_is_small_and_plain(door: str) -> None:
    for path, kind in (("", "text/html"), ("static/clinic.css", "text/css"), ("static/logo", "image/svg+xml")):
        with urlopen(Request(door + path)) as response:
            assert response.headers["Content-Type"].startswith(kind)
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert len(response.read()) < 20_000, "before it is packed"
