"""Out to a sheet for a translator and back: what is taken, what is refused, what a spreadsheet did to it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from directory import cli, wording
from directory.commands import texts as room
from directory.text.register.every import every_text, find
from directory.text.register.review import State, review, signed

STEP = "program.calfresh.step.1"
HEAD = ["ID", "Where It Is Shown", "English", "Spanish", "New Spanish", "Reviewer", "Day", "Note", "State"]
RUN = re.compile(r"[\s\u00a0\u3000]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@pytest.fixture
def puente(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in that home, on a frozen day."""
    monkeypatch.setenv("PUENTE_USER", "Clerk")
    monkeypatch.setattr(room, "now", lambda: datetime(2026, 11, 22, 12))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """A sheet of one row about one text, filled in by somebody."""

    def write(id: str = STEP, **cells: str) -> Path:
        text = find(id, every_text())
        row = {"ID": id, "English": text.en if text else "", "Spanish": text.es if text else ""}
        return written(tmp_path / "back.csv", [{**row, **{key.replace("_", " "): cell for key, cell in cells.items()}}])

    return write


def written(file: Path, rows: list[Mapping[str, str]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys([*HEAD[:8], *rows[0]])), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def state(id: str, language: str = "es") -> State:
    text = find(id, every_text())
    assert text
    return review(text, language, signed()).state


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_back_untouched(puente: Callable[..., Result], tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"texts.{ending}"
    assert f"{sum(1 for _ in every_text())} texts" in puente("texts", "export", file).output
    report = json.loads(puente("texts", "import", file, "--json").output)
    assert (report["signed"], report["refused"], report["untouched"]) == ([], [], sum(1 for _ in every_text()))


def test_nothing_on_the_sheet_runs(puente: Callable[..., Result], tmp_path: Path) -> None:
    puente("texts", "export", tmp_path / "t.csv")
    puente("texts", "export", tmp_path / "t.xlsx")
    lines = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"), newline="")))
    assert lines[0] == HEAD
    assert [cell for line in lines for cell in line if RUN.match(cell)] == []
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "t.xlsx").active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_a_workbook_tells_the_translator_what_to_do(puente: Callable[..., Result], tmp_path: Path) -> None:
    report = json.loads(puente("texts", "export", tmp_path / "t.xlsx", "--room", "need", "--json").output)
    assert report == {"file": str(tmp_path / "t.xlsx"), "texts": 11, "language": "es"}
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Texts", "How to fill it in"]
    assert "usted" in book.worksheets[1]["B5"].value


def test_nobody_signs_by_accident(
    puente: Callable[..., Result], sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PUENTE_USER")
    assert "--by" in puente("texts", "import", sheet(Day="2026-11-21")).output


def test_a_sign_off_holds_for_these_words(
    puente: Callable[..., Result], sheet: Callable[..., Path], home: Path
) -> None:
    assert state(STEP) is State.DRAFT
    result = puente("texts", "import", sheet(Reviewer="Ana Luna", Day="11/20/2026"))
    assert "1 sign-offs in Spanish, 0 of them with new words" in result.output
    assert (state(STEP), state(STEP, "en")) == (State.REVIEWED, State.DRAFT)
    kept = yaml.safe_load((home / "reviewed.yml").read_text("utf-8"))
    assert [(item["by"], str(item["day"])) for item in kept] == [("Ana Luna", "2026-11-20")]
    assert not (home / "texts.yml").exists()


def test_what_many_rows_wrote_is_read_again(puente: Callable[..., Result], tmp_path: Path, home: Path) -> None:
    rows = [
        {"ID": text.id, "English": text.en, "Spanish": text.es, "New Spanish": f"Bien. {text.es}"}
        for text in (find("verdict.back", every_text()), find("verdict.same", every_text()))
        if text
    ]
    assert "Taken: 2 sign-offs" in puente("texts", "import", written(tmp_path / "back.csv", rows)).output
    again = puente("texts", "import", written(tmp_path / "again.csv", rows)).output
    assert "Taken: 2 sign-offs in Spanish, 0 of them with new words. Refused: 0." in again, "the same sheet once more"
    assert (state("verdict.back"), state("verdict.same")) == (State.REVIEWED, State.REVIEWED)
    assert not {"&", "*"} & set((home / "reviewed.yml").read_text("utf-8") + (home / "texts.yml").read_text("utf-8"))


def test_when_the_words_change_it_is_a_draft_again(
    puente: Callable[..., Result], sheet: Callable[..., Path], home: Path
) -> None:
    puente("texts", "import", sheet(Reviewer="Ana Luna"))
    file = home / "reviewed.yml"
    file.write_text(re.sub(r"words: '?\w+'?", "words: 0123456789abcdef", file.read_text("utf-8")), "utf-8")
    assert state(STEP) is State.CHANGED
    assert f"{STEP}: " in (told := puente("texts", "--unreviewed", "--language", "es").output)
    assert "changed since it was reviewed by Ana Luna on 2026-11-22" in told


def test_better_words_are_said_and_signed(
    puente: Callable[..., Result], sheet: Callable[..., Path], home: Path
) -> None:
    new = "Pida CalFresh hoy en BenefitsCal.com, o vaya a la oficina de servicios sociales de su condado."
    result = puente("texts", "import", sheet(New_Spanish=new, Reviewer="Ana Luna"))
    assert f"now:    {new}" in result.output
    text = find(STEP, every_text())
    assert text and text.es == new
    assert state(STEP) is State.REVIEWED
    assert wording.own()[STEP, "es"].who == "Ana Luna"


def test_words_that_ship_anew_are_told(puente: Callable[..., Result], sheet: Callable[..., Path], home: Path) -> None:
    puente("texts", "import", sheet("hedge.recalled", New_Spanish="No lo pudimos comprobar con una fuente oficial."))
    assert "has changed since" not in puente("texts").output
    file = home / "texts.yml"
    file.write_text(re.sub(r"instead_of: '?\w+'?", "instead_of: abc", file.read_text("utf-8")), "utf-8")
    assert "hedge.recalled (es): the clinic's words stand, and what ships has changed since" in puente("texts").output


def test_words_with_which_the_rules_cannot_be_read_are_not_kept(
    puente: Callable[..., Result], sheet: Callable[..., Path], home: Path
) -> None:
    result = puente("texts", "import", sheet("program.wic.short", New_Spanish="CalFresh (estampillas)"))
    assert result.exit_code == 1
    assert "Nothing was taken" in result.stderr and "calfresh" in result.stderr
    assert [path.name for path in home.iterdir()] == ["texts.lock"], "who writes at the same time waits for it"


def test_a_dry_run_keeps_nothing(puente: Callable[..., Result], sheet: Callable[..., Path], home: Path) -> None:
    assert "Would take: 1" in puente("texts", "import", sheet(Reviewer="Ana Luna"), "--dry-run").output
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("id", "cells", "why"),
    [
        ("no.such.text", {"Reviewer": "A"}, "no text has this id"),
        ("", {"Reviewer": "A"}, "no id"),
        (STEP, {"Spanish": "Otra cosa.", "Reviewer": "A"}, "has changed since the sheet was written"),
        (STEP, {"English": "Other words.", "Reviewer": "A"}, "has changed since the sheet was written"),
        (STEP, {"Spanish": "", "Reviewer": "A"}, "does not show which words"),
        (STEP, {"Reviewer": "A", "Day": "soon"}, "is no day"),
        (STEP, {"Reviewer": "A", "Day": "2027-01-01"}, "has not come yet"),
        (STEP, {"New Spanish": "Pida en BenefitsCal.org."}, "benefitscal.com stands in only one"),
        (STEP, {"New Spanish": "Pide hoy en BenefitsCal.com."}, "says tú"),
        (STEP, {"New Spanish": "Usted califica. Vaya a BenefitsCal.com."}, "promises"),
        ("hedge.overdue", {"New Spanish": "Lo vimos hace tiempo."}, "{day} must stand in both"),
        ("hedge.overdue", {"New Spanish": "Lo vimos el {dia}."}, "must stand in both"),
        ("hedge.overdue", {"New Spanish": "Lo vimos el {day}, {sí."}, "a brace is left over"),
        ("page.still.1", {"New Spanish": "Llame al 211."}, "stand in bot/web/chat.html itself"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(
    puente: Callable[..., Result], sheet: Callable[..., Path], home: Path, id: str, cells: dict[str, str], why: str
) -> None:
    result = puente("texts", "import", sheet(id, **cells))
    assert "Refused: 1." in result.output
    assert f"Refused, line 2, {id or 'no id'}: " in result.output
    assert why in result.output
    assert list(home.iterdir()) == []


def test_one_bad_row_does_not_stop_the_others(puente: Callable[..., Result], tmp_path: Path) -> None:
    good = find(STEP, every_text())
    assert good
    row = {"ID": STEP, "English": good.en, "Spanish": good.es, "Reviewer": "A"}
    file = written(tmp_path / "two.csv", [{**row, "ID": "x"}, row, {**row, "Reviewer": "", "Note": "a question"}])
    report = json.loads(puente("texts", "import", file, "--json").output)
    assert [item["id"] for item in report["signed"]] == [STEP]
    assert [item["line"] for item in report["refused"]] == [2]
    assert report["notes"] == [{"line": 4, "id": STEP, "note": "a question"}]


def test_a_text_that_is_there_twice_must_say_one_thing(puente: Callable[..., Result], tmp_path: Path) -> None:
    good = find(STEP, every_text())
    assert good
    row = {"ID": STEP, "English": good.en, "Spanish": good.es, "Reviewer": "A"}
    file = written(tmp_path / "twice.csv", [row, row, {**row, "Reviewer": "B"}])
    assert "Refused, line 4" in puente("texts", "import", file).output


def test_who_brings_it_back_signs_where_no_reviewer_stands(
    puente: Callable[..., Result], sheet: Callable[..., Path]
) -> None:
    puente("texts", "import", sheet(Day="2026-11-21"), "--by", "Rosa Vega")
    assert signed()[STEP, "es"][0].by == "Rosa Vega"


def leaning(text: str) -> str:
    """A text with the quotation marks of a word processor."""
    return text.translate(str.maketrans({'"': "\u201d", "'": "\u2019"}))


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("mac_roman", ","), ("utf-8", ";")],
)
def test_a_sheet_that_went_through_a_spreadsheet_comes_back(
    puente: Callable[..., Result], tmp_path: Path, encoding: str, delimiter: str
) -> None:
    """Other columns first, leaning quotation marks, hard spaces, a line above the headings, another encoding."""
    rows = []
    for id in (STEP, "condition.homebound.question", "assistant.fallback", "assistant.crisis.violence"):
        text = find(id, every_text())
        assert text
        rows.append(
            {
                "Reviewer": "Ana Luna", "Fecha": "11/21/2026", "Spanish": leaning(text.es).replace(" ", "\u00a0", 1),
                "English": leaning(text.en), "ID": f" {id} ", "NEW SPANISH ": "",
            }
        )  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    out.write(delimiter.join(["Puente", "", "", "", "", ""]) + "\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file = tmp_path / "back.csv"
    file.write_bytes(out.getvalue().encode(encoding))
    report = json.loads(puente("texts", "import", file, "--json").output)
    assert (report["refused"], len(report["signed"]), report["corrected"]) == ([], 4, [])


def test_leaning_quotation_marks_do_not_reach_a_patient(
    puente: Callable[..., Result], sheet: Callable[..., Path]
) -> None:
    puente("texts", "import", sheet("assistant.thing.none_plan", New_Spanish="Llame y diga “lo necesito”… hoy."))
    assert wording.own()["assistant.thing.none_plan", "es"].words == 'Llame y diga "lo necesito"... hoy.'


def test_a_workbook_with_days_as_excel_keeps_them(puente: Callable[..., Result], tmp_path: Path) -> None:
    puente("texts", "export", tmp_path / "t.xlsx", "--room", "hedge")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book.active
    sheet["F2"], sheet["G2"] = "Ana Luna", datetime(2026, 11, 20)
    sheet["G2"].number_format = "mm/dd/yyyy"
    sheet["E3"] = "Lo vimos por última vez el {day}. Tal vez ya cambió."
    book.save(tmp_path / "t.xlsx")
    report = json.loads(puente("texts", "import", tmp_path / "t.xlsx", "--by", "Rosa Vega", "--json").output)
    assert [(item["by"], item["on"]) for item in report["signed"]] == [
        ("Ana Luna", "2026-11-20"),
        ("Rosa Vega", "2026-11-22"),
    ]
    assert [item["id"] for item in report["corrected"]] == ["hedge.overdue"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.csv", b"a,b\r\n1,2\r\n", "ID and Spanish"),
        ("x.csv", b"ID,English,Spanish\r\nx,a,b\r\n", "New Spanish"),
        ("x.csv", b"ID,English,Spanish,New Spanish,New English\r\nx,a,b,,\r\n", "not both"),
        ("x.pdf", b"%PDF-1.4 ...", "this is a PDF"),
        ("x.xlsx", b"PK\x03\x04broken", "damaged"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Office file"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_one_sentence(
    puente: Callable[..., Result], tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = puente("texts", "import", tmp_path / name)
    assert result.exit_code == 1
    assert why in result.stderr
    assert "Traceback" not in result.output


def test_a_file_that_is_there_is_kept(puente: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("work of days")
    result = puente("texts", "export", tmp_path / "t.csv")
    assert (result.exit_code, (tmp_path / "t.csv").read_text()) == (1, "work of days")
    assert puente("texts", "export", tmp_path / "t.csv", "--force").exit_code == 0
    assert "must end in .xlsx or .csv" in puente("texts", "export", tmp_path / "t.doc").stderr


def test_counts_and_lists(puente: Callable[..., Result], sheet: Callable[..., Path]) -> None:
    everything = json.loads(puente("texts", "--json").output)
    drafts = {(item["language"], item["room"]): item["draft"] for item in everything}
    assert sum(drafts.values()) == 2 * sum(1 for _ in every_text())
    assert all(item["reviewed"] == item["changed"] == 0 for item in everything)
    puente("texts", "import", sheet(Reviewer="Ana Luna"))
    listed = json.loads(puente("texts", "--unreviewed", "--language", "es", "--room", "program", "--json").output)
    assert len(listed) == drafts["es", "program"] - 1
    assert STEP not in {item["id"] for item in listed}
    assert "There is no part 'moon'" in puente("texts", "--room", "moon").stderr


def test_english_is_reviewed_on_a_sheet_of_its_own(puente: Callable[..., Result], tmp_path: Path) -> None:
    puente("texts", "export", tmp_path / "t.csv", "--language", "en", "--room", "need")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text("utf-8-sig"), newline="")))
    assert "New English" in lines[0]
    file = tmp_path / "english.csv"
    file.write_text("ID,English,New English,Reviewer\nneed.food,food,,Lee\n", "utf-8")
    assert "1 sign-offs in English" in puente("texts", "import", file).output
    assert state("need.food", "en") is State.REVIEWED
