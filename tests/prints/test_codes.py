"""The code that is drawn is the code of the clinic's address, module by module, and black enough for any camera."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import segno
from PIL import Image

from directory import prints
from directory.settings import Settings
from tests.prints.conftest import DAY, LONG, REAL, SETTINGS, made, pictures

CHAT = "https://ask.kitehealth.example.org/webhooks/web/"
TEXT = "sms:+12095550150"
SCALE = 4.0
QUIET = 4


@dataclass(frozen=True)
class Code:
    """A code on a page: where a tap on it leads, and its modules as a camera sees them, the white edge included."""

    leads_to: str
    seen: list[list[bool]]


def codes(data: bytes) -> list[Code]:
    """Every code of a page, from the left: the place is that of its link, the modules are those of the picture."""
    [picture] = pictures(data, SCALE)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        links = sorted(pdf.pages[0].annots, key=lambda link: float(link["x0"]))
    return [Code(link["uri"], _seen(picture, link, len(written(link["uri"])))) for link in links]


def _seen(picture: Any, link: dict[str, Any], count: int) -> list[list[bool]]:
    left, top = float(link["x0"]) * SCALE, float(link["top"]) * SCALE
    module = (float(link["x1"]) - float(link["x0"])) * SCALE / count
    places = [(number + 0.5) * module for number in range(count)]
    return [[picture.getpixel((int(left + x), int(top + y))) < 128 for x in places] for y in places]


def written(text: str) -> list[list[bool]]:
    """The modules of the code of that text, with its white edge."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]


@pytest.mark.parametrize("name", ["sign_letter.pdf", "sign_11x17.pdf"])
def test_the_sign_leads_to_the_chat(name: str, tmp_path: Path) -> None:
    [code] = codes(made("sign", REAL, tmp_path)[name])
    assert code.leads_to == CHAT
    assert code.seen == written(CHAT)
    assert code.seen != written(CHAT.replace("ask", "abk"))


def test_the_leaflet_leads_to_a_text_and_to_the_chat_in_each_half(tmp_path: Path) -> None:
    found = codes(made("leaflet", REAL, tmp_path)["leaflet.pdf"])
    assert [code.leads_to for code in found] == [TEXT, CHAT, TEXT, CHAT]
    for code in found:
        assert code.seen == written(code.leads_to)


@pytest.mark.parametrize("what", ["sign_letter.pdf", "leaflet.pdf"])
def test_a_long_address_and_the_demo_are_read_too(what: str, tmp_path: Path) -> None:
    for said in (LONG, Settings(demo=True, clinic="Puente Demo Clinic")):
        for code in codes(made(what.partition("_")[0].partition(".")[0], said, tmp_path)[what]):
            assert code.seen == written(code.leads_to)


def test_a_code_is_large_enough_for_a_phone(tmp_path: Path) -> None:
    """Millimeters: a tenth of the distance on the sign, two thirds of an inch in the hand."""
    for name, least in (("sign_letter.pdf", 60), ("sign_11x17.pdf", 90), ("leaflet.pdf", 17)):
        for said in (REAL, LONG):
            data = made(name.partition("_")[0].partition(".")[0], said, tmp_path)[name]
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                sides = [(float(link["x1"]) - float(link["x0"])) * 25.4 / 72 for link in pdf.pages[0].annots]
            assert min(sides) >= least, name


@pytest.mark.parametrize(
    ("address", "chat"),
    [
        ("https://ask.example.org", "https://ask.example.org/webhooks/web/"),
        ("https://ask.example.org/", "https://ask.example.org/webhooks/web/"),
        ("https://ask.example.org/webhooks/web/", "https://ask.example.org/webhooks/web/"),
        ("https://example.org/help", "https://example.org/help/webhooks/web/"),
    ],
)
def test_any_way_to_write_the_address_leads_to_the_chat(address: str, chat: str, tmp_path: Path) -> None:
    known = prints.facts(Settings(public_address=address), tmp_path, DAY)
    assert known.chat == chat
    assert known.web == address.removeprefix("https://").removesuffix("/webhooks/web/").rstrip("/")


@pytest.mark.parametrize("logo", ["broken.png", "missing.png", "huge.png", "drawing.svg", "bomb.png"])
def test_a_logo_that_cannot_be_used_is_left_out_and_told(logo: str, tmp_path: Path) -> None:
    _write(tmp_path / logo)
    said = Settings(public_address="https://ask.example.org", logo=logo)
    known = prints.facts(said, tmp_path, DAY)
    if logo == "huge.png":
        assert known.trouble == () and max(known.logo.size) <= 900
    else:
        [trouble] = known.trouble
        assert known.logo is None and logo in trouble and "PNG or JPG" in trouble
    assert set(made("sign", said, tmp_path)) == {"sign_letter.pdf", "sign_11x17.pdf"}


def _write(file: Path) -> None:
    if file.stem == "broken":
        file.write_bytes(b"\x89PNG\r\n\x1a\nnothing of a picture")
    if file.stem == "huge":
        Image.new("RGBA", (4000, 1500), (200, 30, 30, 120)).save(file)
    if file.stem == "bomb":
        Image.new("1", (20_000, 20_000)).save(file)
    if file.stem == "drawing":
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")


def test_a_logo_stands_on_the_sign(tmp_path: Path) -> None:
    Image.new("RGBA", (400, 200), (10, 200, 30, 255)).save(tmp_path / "logo.png")
    said = Settings(**{**vars(SETTINGS["real"]), "logo": "logo.png"})
    import pypdfium2

    page = pypdfium2.PdfDocument(made("sign", said, tmp_path)["sign_letter.pdf"])[0]
    colors = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    assert sum(count for count, color in colors if color == (10, 200, 30)) > 500
