"""The list for a patient as PDF: true to the rows, large, whole, good on a grey printer, two pages for five places."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pdfplumber
import pypdfium2
import pytest

from directory import plans, store
from directory.eligibility import rules
from directory.handout import Around, Draft, Shared, paper
from directory.model import Address, Language, Listing, Need, Phone, Provenance, Schedule, Tri
from directory.prints.handout import handout
from directory.text.own import display_name
from tests.prints.conftest import REAL, Page, pages, pictures
from tests.prints.test_codes import written

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
ROSTER = store.SourceRecord("roster", "The roster", as_of=NOW.date())
PHONE = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?!\d)|(?<![\d$,.-])\b(?:211|911|988)\b")
HOUSES = ("Ñandú House", "Casa Peña", "Refugio Álamo & Cía", "Saint Brigid's Rest", "Elm Street Beds")
AROUND = Around(program="cs_recuperative_care", plan="health_net", place="Modesto", county="Stanislaus")


def house(number: int, name: str, **more: object) -> Listing:
    values: dict[str, object] = {
        "organization": "Valley Beds", "needs": (Need.HOUSING,), "programs": ("cs_recuperative_care",),
        "plans": ("health_net",), "counties": ("Stanislaus",), "phones": (Phone(f"+1209555016{number}"),),
        "address": Address(f"{number} Calle de la Constitución", "Modesto", "95354"), "languages": ("es", "en"),
        "schedule": Schedule(always=True), "walk_in": Tri.NO, "by_phone": Tri.YES, "documents": "Hospital papers",
        "fees_text": "Free", "assured_on": NOW.date(), "wheelchair": Tri.YES, **more,
    }  # fmt: skip
    row = f"{number}"
    return Listing(
        id=f"roster:{row}", name=name, provenance=Provenance("roster", row, "The roster", NOW.date()), **values
    )  # type: ignore[arg-type]


PLACES = tuple(house(number, name) for number, name in enumerate(HOUSES))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    (tmp_path / "settings.yml").write_text(
        'clinic: Kite Clinic\nphone: "209-555-0140"\nhours: Mon-Fri 8am-5pm\n', "utf-8"
    )
    return tmp_path


def printed(home: Path, language: Language, *places: Listing, shared: Shared | None = None, **draft: object) -> bytes:
    """The PDF of a list of those places."""
    path = home / "directory.db"
    if not path.exists():
        store.write_directory(path, records=places, sources=[ROSTER], publication="one", published_at=NOW)
    made = Draft(places=tuple(one.id for one in places), language=language, around=AROUND, **draft)  # type: ignore[arg-type]
    return handout(paper(made, now=NOW, path=path), shared, REAL, NOW.date())


def known_phones() -> set[str]:
    """Every number that stands in our data on plans, offices and programs, or in the settings of this test."""
    plan = plans.plan("health_net")
    offices = [plans.office("Stanislaus", id).phone for id in rules.programs()]
    lines = [program.line for program in rules.programs().values()]
    return {"211", "911", "988", "209-555-0140", plan.phone, *filter(None, [*offices, *lines])}


def outline(data: bytes) -> list[str]:
    """The headings, in the order of the list of contents."""
    document = pypdfium2.PdfDocument(data)
    return [item.get_title() for item in document.get_toc()]


@pytest.mark.parametrize("language", list(Language))
def test_every_phone_and_name_is_a_row(home: Path, language: Language) -> None:
    found = pages(printed(home, language, *PLACES, programs=("cs_recuperative_care", "calfresh")))
    own = {f"209-555-016{number}" for number in range(len(PLACES))}
    numbers = {number for page in found for number in PHONE.findall(page.text)}
    assert own <= numbers and numbers - own <= known_phones()
    titles = re.findall(r"^(\d)\. (.+)$", "\n".join(page.text for page in found), re.M)
    names = {display_name(one) for one in PLACES}
    assert names <= {title for _, title in titles}


@pytest.mark.parametrize("language", list(Language))
def test_five_places_are_two_pages_of_large_type_and_none_is_parted(home: Path, language: Language) -> None:
    shared = Shared(
        "RIVER", "Text RIVER to 209-555-0150.", "Open x.example.org/list/RIVER", "https://x.example.org/list/RIVER", "-"
    )
    found = pages(printed(home, language, *PLACES, shared=shared))
    assert len(found) == 2
    assert min(letter["size"] for page in found for letter in page.letters) > 13.9
    for number, place in enumerate(PLACES):
        [whole] = [page for page in found if page.says(f"{number + 1}. {display_name(place)}")]
        assert whole.says(f"209-555-016{number}") and whole.says(f"{number} Calle de la Constitución")


def test_the_reading_order_is_that_of_the_page_and_the_headings_lead_to_it(home: Path) -> None:
    data = printed(home, Language.ES, *PLACES, programs=("cs_recuperative_care",))
    names = [display_name(one) for one in PLACES]
    head = [
        "Ayuda que tal vez pueda recibir",
        "Un lugar para sanar (cuidado recuperativo)",
        "Lugares para llamar o visitar",
    ]
    assert outline(data) == [*head, *names, "Para hablar con una persona"]
    for page in pages(data):
        drawn = [letter["top"] for letter in page.letters if letter["size"] >= 18]
        assert drawn == sorted(drawn), "titles and numbers are drawn from the top down"
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert pdf.metadata["Title"] == "Lugares que tal vez le ayuden" and str(pdf.doc.catalog["Lang"]) in (
            "es-US",
            "b'es-US'",
        )


@pytest.mark.parametrize("size", [14, 18])
def test_spanish_letters_nothing_cut_off_and_nothing_of_the_code(home: Path, size: int) -> None:
    found = pages(printed(home, Language.ES, *PLACES, programs=("cs_recuperative_care",), size=size))
    text = "".join("".join(letter["text"] for letter in page.letters) for page in found)
    assert all(sign in text for sign in "áéíóñ¿Ñ") and "Cía" in text
    assert not re.search(r"[{}]|\bNone\b|\bFalse\b", text)
    for page in found:
        assert _outside(page) == []
        assert "..." not in page.text


def _outside(page: Page) -> list[str]:
    """The letters in the margin that printers leave white."""
    right, low = page.width - 30, page.height - 12
    return [
        one["text"] for one in page.letters
        if one["x0"] < 30 or one["x1"] > right or one["top"] < 20 or one["bottom"] > low
    ]  # fmt: skip


def test_very_long_words_of_a_list_make_more_pages_and_stay_on_them(home: Path) -> None:
    endless = "Con " * 40 + "x" * 300
    worst = house(0, "W" * 90, hours_text=endless, documents=endless, how_to_apply=endless, fees_text=endless,
                  alert=endless, schedule=None)  # fmt: skip
    for page in pages(printed(home, Language.ES, worst, size=18)):
        assert _outside(page) == []


def test_on_a_grey_printer_all_words_are_dark(home: Path) -> None:
    for picture in pictures(printed(home, Language.EN, *PLACES), scale=2):
        dark = sum(count for count, grey in picture.getcolors(256) if grey < 110)
        pale = sum(count for count, grey in picture.getcolors(256) if 130 < grey < 200)
        assert dark > 4 * pale / 2, "no words in a color that turns pale"


def test_the_square_is_that_of_the_link(home: Path) -> None:
    link = "https://ask.kite.example.org/list/RIVER"
    shared = Shared("RIVER", None, "Open ask.kite.example.org/list/RIVER", link, "It opens until then.")
    data = printed(home, Language.EN, PLACES[0], shared=shared)
    assert b"ask.kite.example.org/list/RIVER" in data
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        [square] = [note for note in pdf.pages[-1].annots if note["uri"] == link]
    picture, wanted = pictures(data, 4.0)[-1], written(link)
    module = (float(square["x1"]) - float(square["x0"])) * 4 / len(wanted)
    places = [(number + 0.5) * module for number in range(len(wanted))]
    left, top = float(square["x0"]) * 4, float(square["top"]) * 4
    assert [[picture.getpixel((int(left + x), int(top + y))) < 128 for x in places] for y in places] == wanted


def test_what_to_bring_and_to_say_comes_from_the_row_or_the_rule_and_is_not_made_up(home: Path) -> None:
    bare = house(1, "Elm Street Beds", documents=None, fees_text=None, languages=(), schedule=None, walk_in=Tri.UNKNOWN,
                 by_phone=Tri.UNKNOWN, address=None, wheelchair=Tri.UNKNOWN)  # fmt: skip
    [page] = pages(printed(home, Language.EN, bare))
    for words in ("Hours We do not know. Ask when you call.", "They speak We do not know. Ask for an interpreter.",
                  "Bring Your Medi-Cal card"):  # fmt: skip
        assert page.says(words), words
    for silent in ("Cost", "To start", "Where", "How long"):
        assert silent not in page.text
    assert page.says('"I have Medi-Cal with Health Net. I would like this help: Recuperative Care')
