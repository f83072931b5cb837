"""Every paper, for every clinic: one page, nothing cut off, nothing of the code, nothing invented, both languages."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from directory import prints, settings
from directory.errors import PrintError
from directory.model import Language
from directory.prints import colors
from directory.prints.facts import DEMO_ADDRESS
from directory.prints.first_month import our_plans
from directory.prints.latin import latin
from directory.prints.leaflet import asked
from directory.settings import Settings
from directory.settings.contrast import contrast
from directory.text.catalogue import say
from tests.prints.conftest import BARE, DAY, LONG, PATIENTS, REAL, STAFF, made, pages

EDGE = 2.0
"""Points of a page that no letter touches."""
DEMO = (settings.DEMO_CLINIC, settings.DEMO_PHONE, DEMO_ADDRESS.removeprefix("https://"), "DEMO", "demo", "muestra")


@pytest.mark.parametrize("what", [*PATIENTS, *STAFF])
def test_nothing_is_cut_off_or_left_of_the_code(what: str, said: Settings, tmp_path: Path) -> None:
    for name, data in made(what, said, tmp_path).items():
        if name.endswith(".txt"):
            continue
        for page in pages(data):
            outside = [
                letter["text"]
                for letter in page.letters
                if not (letter["x0"] >= EDGE and letter["x1"] <= page.width - EDGE)
                or not (letter["top"] >= EDGE and letter["bottom"] <= page.height - EDGE)
            ]
            assert outside == [], name
            assert not re.search(r"[{}]|\bNone\b|\bFalse\b|\\n|Line\(|Sender\(|\.\.\.$", page.text), name
            assert min(letter["size"] for letter in page.letters) >= 5.0, name


@pytest.mark.parametrize("what", [*PATIENTS, *STAFF])
def test_no_words_stand_over_each_other(what: str, said: Settings, tmp_path: Path) -> None:
    """Two letters of different lines may share no more than the air between lines."""
    for name, data in made(what, said, tmp_path).items():
        if name.endswith(".txt"):
            continue
        for page in pages(data):
            assert _overlapping(page.letters) == [], name


def _overlapping(letters: list[dict[str, object]]) -> list[str]:
    boxes = [(float(l["x0"]), float(l["x1"]), float(l["top"]), float(l["bottom"]), str(l["text"])) for l in letters]  # type: ignore[arg-type]  # noqa: E741
    solid = sorted(box for box in boxes if box[4].strip())
    found = []
    for number, (left, right, top, bottom, text) in enumerate(solid):
        middle = (top + bottom) / 2
        for other in solid[number + 1 :]:
            if other[0] >= right - 0.4:
                break
            if other[1] > left + 0.4 and abs((other[2] + other[3]) / 2 - middle) < 0.35 * min(
                bottom - top, other[3] - other[2]
            ):
                found.append(f"{text}{other[4]} at {left:.0f},{top:.0f}")
    return found


@pytest.mark.parametrize("what", [*PATIENTS, "front-desk", "first-month"])
def test_it_is_one_page(what: str, said: Settings, tmp_path: Path) -> None:
    assert {name: len(pages(data)) for name, data in made(what, said, tmp_path).items()} == dict.fromkeys(
        made(what, said, tmp_path), 1
    )


def test_the_letter_is_a_page_for_each_plan(said: Settings, tmp_path: Path) -> None:
    plans = our_plans(prints.facts(said, tmp_path, DAY))
    found = made("letter", said, tmp_path)
    for name in ("letter_en.pdf", "letter_es.pdf"):
        told = pages(found[name])
        assert len(told) == max(1, len(plans))
        assert all(page.says(plan.name) for page, plan in zip(told, plans, strict=False))


@pytest.mark.parametrize("what", [*PATIENTS, *STAFF])
def test_a_real_clinic_meets_nothing_of_the_demo(what: str, said: Settings, tmp_path: Path) -> None:
    for name, data in made(what, said, tmp_path).items():
        text = data.decode("utf-8") if name.endswith(".txt") else "\n".join(page.text for page in pages(data))
        assert [word for word in DEMO if re.search(rf"\b{word}\b", text)] == [], name


@pytest.mark.parametrize("what", [*PATIENTS, *STAFF])
def test_the_demo_says_so_on_every_page(what: str, tmp_path: Path) -> None:
    demo = Settings(clinic=settings.DEMO_CLINIC, phone=settings.DEMO_PHONE, demo=True)
    for name, data in made(what, demo, tmp_path).items():
        for page in [] if name.endswith(".txt") else pages(data):
            large = [letter for letter in page.letters if letter["text"] in "DEMO" and letter["size"] > 100]
            assert len(large) == 4, name
            assert page.says("invented names") or page.says("nombres y números inventados"), name


@pytest.mark.parametrize("what", PATIENTS)
def test_what_patients_get_says_it_all_in_both_languages(what: str, tmp_path: Path) -> None:
    for data in made(what, REAL, tmp_path).values():
        [page] = pages(data)
        for words in (
            "Kite Community Health Center",
            "209-555-0140",
            "209-555-0150",
            "ask.kitehealth.example.org",
            "911",
            "988",
            "211",
        ):
            assert page.says(words), words
        for language in Language:
            assert page.says(say(f"{what}.headline", language))
            assert page.says(say(f"{what}.automated", language))
            for line in ("911", "988", "211"):
                assert page.says(say(f"leaflet.danger_{line}", language))


def test_the_leaflet_says_what_a_person_must_know(tmp_path: Path) -> None:
    [page] = pages(made("leaflet", REAL, tmp_path)["leaflet.pdf"])
    known = prints.facts(REAL, tmp_path, DAY)
    for language in Language:
        for key in ("what", "privacy", "cost_texts", "stop", "decides", "person"):
            assert page.says(say(f"leaflet.{key}", language)), key
        assert all(page.says(message) for message in asked(known, language))
    for words in ("95354", "Monday to Friday 8 am to 5 pm", "lunes a viernes de 8 am a 5 pm", "1200 J Street"):
        assert page.says(words), words


def test_without_texting_nothing_is_said_of_texts(tmp_path: Path) -> None:
    quiet = replace(REAL, sms=None)
    for what in (*PATIENTS, "front-desk"):
        for name, data in made(what, quiet, tmp_path).items():
            [page] = pages(data)
            assert not re.search(r"STOP|HELP|\btext\b|\btexts\b|\btextos?\b|209-555-0150", page.text), name


def test_without_a_page_the_number_alone_stands_there(tmp_path: Path) -> None:
    texting = replace(REAL, public_address=None)
    for what in PATIENTS:
        for data in made(what, texting, tmp_path).values():
            [page] = pages(data)
            assert page.says("209-555-0150") and "http" not in page.text and "example.org" not in page.text


@pytest.mark.parametrize("what", [*PATIENTS, "front-desk"])
def test_without_either_it_is_refused_with_what_to_set(what: str, tmp_path: Path) -> None:
    with pytest.raises(PrintError, match=r"public_address.*sms.*puente setup"):
        made(what, replace(REAL, public_address=None, sms=None), tmp_path)


def test_one_language_alone(tmp_path: Path) -> None:
    [(name, data)] = made("leaflet", REAL, tmp_path, [Language.ES]).items()
    [page] = pages(data)
    assert name == "leaflet_es.pdf"
    assert page.text.count("95354") >= 2 and say("leaflet.privacy", Language.EN) not in page.text
    names = set(made("sign", REAL, tmp_path, [Language.EN]))
    assert names == {"sign_letter_en.pdf", "sign_11x17_en.pdf"}


def test_the_front_desk_knows_whom_to_call_and_whom_to_tell(tmp_path: Path) -> None:
    for data in made("front-desk", REAL, tmp_path).values():
        [page] = pages(data)
        for words in (
            "911",
            "988",
            "Behavioral health, 209-555-0161 (24 hours)",
            "1-800-799-7233",
            "Rosa Núñez (rosa@kite.example.org)",
        ):
            assert page.says(words), words
        assert page.says('puente pause "We are back soon." --es "Volvemos pronto."') and page.says("puente resume")


def test_what_the_clinic_has_not_said_is_a_line_to_fill_in(tmp_path: Path) -> None:
    for data in made("front-desk", BARE, tmp_path).values():
        [page] = pages(data)
        assert page.text.count("______") >= 2 and page.says("1-800-799-7233")


def test_the_letter_asks_for_what_puente_reads(tmp_path: Path) -> None:
    found = made("letter", REAL, tmp_path)
    for name in ("letter_en.txt", "letter_es.txt"):
        text = found[name].decode("utf-8")
        for words in (
            "Excel (.xlsx)",
            "CSV",
            "PDF",
            "HSDS 3",
            "FHIR",
            "NPI",
            "ECM",
            "Stanislaus",
            "rosa@kite.example.org",
        ):
            assert words in text, words


@pytest.mark.parametrize("what", [*PATIENTS, *STAFF])
def test_a_reader_aloud_learns_title_and_language(what: str, tmp_path: Path) -> None:
    for name, data in made(what, REAL, tmp_path).items():
        if name.endswith(".txt"):
            continue
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            catalog = pdf.doc.catalog
            spoken = catalog["Lang"].decode("latin-1")
            assert len(pdf.metadata["Title"]) > 10 and "_" not in pdf.metadata["Title"]
        assert spoken.startswith("es" if name.endswith("_es.pdf") else "en"), name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¿Ñandú, pingüino, señal, á é í ó ú?", "¿Ñandú, pingüino, señal, á é í ó ú?"),
        ("“Nguyễn” – Łódź…", '"Nguyen" - Lódz...'),
        ("中文 clinic", " clinic"),
        ("a\u202eb\u200bc", "abc"),
    ],
)
def test_letters_that_the_fonts_lack(text: str, shown: str) -> None:
    assert latin(text) == shown


def test_accents_reach_the_paper(tmp_path: Path) -> None:
    [page] = pages(made("sign", LONG, tmp_path)["sign_letter.pdf"])
    assert page.says("Señora de los Ángeles") and page.says('"Nguyen"')


@pytest.mark.parametrize("written", ["#000000", "#ffffff", "#fff9c4", "#7a1f5c", "#808080", "#ff0000"])
def test_words_can_be_read_on_any_color(written: str) -> None:
    color = colors.of(written)
    assert contrast(colors.on(color), color) >= 4.5
    assert contrast(colors.legible(color), colors.WHITE) >= 4.5


@pytest.mark.parametrize("sealed", [False, True])
def test_the_first_month_names_the_backup_that_works_and_a_try_that_changes_nothing(
    tmp_path: Path, sealed: bool
) -> None:
    clinic = replace(REAL, backups=settings.Backups(encrypted=sealed))
    for data in made("first-month", clinic, tmp_path).values():
        [page] = pages(data)
        assert page.says("puente restore FILE --drill")
        assert page.says("puente backup --encrypt") is sealed


def test_spanish_on_the_wall_is_said_as_people_say_it(tmp_path: Path) -> None:
    [leaflet] = made("leaflet", REAL, tmp_path, [Language.ES]).values()
    assert pages(leaflet)[0].says("Escanee para abrir la página") and pages(leaflet)[0].says("o transporte?")
    for sign in made("sign", REAL, tmp_path, [Language.ES]).values():
        assert pages(sign)[0].says("Le contesta una computadora") and not pages(sign)[0].says("máquina")
