"""Texts at the desk: what nobody reviewed, signed off by name, in better words, and on a translator's sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from directory import wording
from directory.accounts import Role
from tests.desk.forms import post, token

ID = "assistant.after.helped"
_HIDDEN = re.compile(r'name="(id|language|seen_en|seen_es|token|mark|by)" value="([^"]*)"')


def hidden(page: str) -> dict[str, str]:
    return dict(_HIDDEN.findall(page))


def form(client: TestClient, language: str = "es", **more: str) -> dict[str, str]:
    """The form of that text as a browser sends it."""
    found = hidden(client.get(f"/texts/one?id={ID}&language={language}").text)
    return {**found, "reviewer": "Ana Luna", "qualification": "medical interpreter", **more}


def test_both_languages_stand_side_by_side_and_can_be_searched(signed: Callable[..., TestClient]) -> None:
    page = signed().get("/texts", params={"words": "alegra AYUDARAN"}).text
    assert "I am glad it helped." in page and "Me alegra que le ayudaran." in page
    assert "shown here" in page and "Next" not in page.split("</main>")[0].split("<nav")[-1]
    assert "No text fits" in signed(name="two").get("/texts?words=zzzz&room=%3Cb%3E&page=-1").text


def test_a_text_is_signed_off_by_name_and_counts(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    assert post(staff, "/texts/sign", form(staff)).status_code == 303
    kept = (desk_home / "reviewed.yml").read_text(encoding="utf-8")
    assert "Ana Luna, medical interpreter" in kept and ID in kept
    assert "1 of " in staff.get("/texts").text
    assert ID in staff.get("/texts?state=reviewed").text
    assert f"<code>{ID}</code>" not in staff.get("/texts?state=open&words=alegra").text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Me alegra que te ayudaran.", "says tú"),
        ("Me alegra. Llame al 555-0100.", "stand"),
        ("Usted sí califica.", "promises"),
        ("Me alegra, {name}.", "{name}"),
    ],
)
def test_words_that_break_a_promise_are_refused(
    signed: Callable[..., TestClient], desk_home: Path, words: str, why: str
) -> None:
    staff = signed()
    answer = post(staff, "/texts/sign", form(staff, new=words))
    assert answer.status_code == 400 and why in answer.text
    assert words.replace("{", "{") in answer.text  # what was written is not lost
    assert not (desk_home / "texts.yml").exists() and not (desk_home / "reviewed.yml").exists()


def test_the_clinics_own_words_win(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    assert post(staff, "/texts/sign", form(staff, new="Qué bueno que le ayudaran.")).status_code == 303
    assert wording.words(ID, "es", "Me alegra que le ayudaran.") == "Qué bueno que le ayudaran."
    page = staff.get(f"/texts/one?id={ID}").text
    assert "Qué bueno que le ayudaran." in page and "What ships with Puente: Me alegra" in page


def test_who_opened_a_text_before_it_changed_is_told(signed: Callable[..., TestClient], desk_home: Path) -> None:
    ana, ben = signed(name="ana"), signed(name="ben")
    of_ben = form(ben)
    assert post(ana, "/texts/sign", form(ana, new="Qué bueno que le ayudaran.")).status_code == 303
    late = post(ben, "/texts/sign", of_ben)
    assert late.status_code == 409 and "Somebody changed this text" in late.text


def test_a_sheet_goes_out_and_comes_back_tried_before_it_is_taken(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    staff = signed()
    sent = staff.get("/texts/sheet?language=es&room=leaflet&unreviewed=1")
    assert "attachment" in sent.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    rows = book["Texts"]
    assert rows.max_row > 20
    rows.cell(2, 6).value, rows.cell(3, 5).value = "Ana Luna", "Tú calificas {x}"
    rows.cell(4, 5).value = rows.cell(4, 4).value
    out = io.BytesIO()
    book.save(out)
    files = {"sheet": ("../../etc/passwd.xlsx", out.getvalue())}
    tried = staff.post("/texts/sheet", data={"csrf": token(staff), "by": "Ben"}, files=files)
    assert tried.status_code == 200 and "passwd.xlsx" in tried.text and "etc/" not in tried.text
    assert not (desk_home / "reviewed.yml").exists()
    assert post(staff, "/texts/take", {**hidden(tried.text), "by": f"Ben\n{'x' * 500}"}).status_code == 303
    kept = (desk_home / "reviewed.yml").read_text(encoding="utf-8")
    assert "Ana Luna" in kept and "Ben x" in kept and "x" * 120 not in kept
    assert post(staff, "/texts/take", hidden(tried.text)).status_code == 409  # once


@pytest.mark.parametrize("name", ["../reviewed.yml", "a" * 32, "../../etc/passwd", ""])
def test_no_other_file_is_taken(signed: Callable[..., TestClient], desk_home: Path, name: str) -> None:
    assert post(signed(), "/texts/take", {"token": name, "mark": "x"}).status_code == 409


def test_what_is_no_sheet_is_told(signed: Callable[..., TestClient], desk_home: Path) -> None:
    staff = signed()
    for content in (b"%PDF-1.4 no sheet", b"a;b\n1;2\n", b""):
        answer = staff.post("/texts/sheet", data={"csrf": token(staff)}, files={"sheet": ("a.xlsx", content)})
        assert answer.status_code == 400 and "Nothing was changed" in answer.text
    assert not list((desk_home / "uploads").iterdir()), "nothing of it is kept"


def test_a_small_file_that_unpacks_to_a_very_long_sheet_is_refused_at_once(
    signed: Callable[..., TestClient], desk_home: Path
) -> None:
    book, out, staff = openpyxl.Workbook(), io.BytesIO(), signed()
    book.create_sheet("Texts").append(["ID", "Spanish"])
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<row><c/></row>" * 1_000_000)
    assert len(out.getvalue()) < 100_000
    answer = staff.post("/texts/sheet", data={"csrf": token(staff)}, files={"sheet": ("a.xlsx", out.getvalue())})
    assert answer.status_code == 400 and "no sheet of texts" in answer.text


def test_a_health_worker_signs_off_nothing(signed: Callable[..., TestClient], desk_home: Path) -> None:
    worker = signed(Role.CHW)
    assert worker.get("/texts").status_code == 403
    assert post(worker, "/texts/sign", {"id": ID, "reviewer": "x"}).status_code == 403
