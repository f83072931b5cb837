"""Texts out to a sheet for a translator: CSV or XLSX, nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from directory.errors import ExportError
from directory.exports.as_csv import harmless
from directory.model import Language
from directory.text.catalogue import say
from directory.text.register.every import PatientText
from directory.text.register.review import Review

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["LANGUAGE_NAMES", "headings", "write"]

LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "es": "Spanish"}
_WIDTHS = (34, 30, 60, 60, 60, 18, 12, 30, 24)
_SENTENCES = 5
Row = tuple[PatientText, Review]


def headings(language: str) -> tuple[str, ...]:
    """The headings of a sheet on which texts of that language are reviewed."""
    names = tuple(LANGUAGE_NAMES.values())
    return ("ID", "Where It Is Shown", *names, f"New {LANGUAGE_NAMES[language]}", "Reviewer", "Day", "Note", "State")


def write(file: Path, rows: Iterable[Row], language: str, *, force: bool = False) -> int:
    """Writes the sheet and returns how many texts are on it; ExportError when it is there or cannot be written."""
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise ExportError(f"{file}: the sheet must end in .xlsx or .csv, so that a spreadsheet opens it. Name it so.")
    if file.exists() and not force:
        raise ExportError(f"{file} is there already, and somebody may have worked in it. Name another, or add --force.")
    lines = list(_lines(rows, language))
    try:
        file.write_bytes(_workbook(lines) if file.suffix.lower() == ".xlsx" else _csv(lines))
    except OSError as error:
        raise ExportError(f"{file} cannot be written ({error.strerror}). Name a folder that is there.") from error
    return len(lines) - 1


def _lines(rows: Iterable[Row], language: str) -> Iterator[Sequence[str]]:
    yield headings(language)
    for text, review in rows:
        yield [harmless(cell) for cell in (text.id, text.where, text.en, text.es, "", "", "", "", review.said)]


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at the beginning (Excel needs it) and lines that end as Windows ends them."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def _workbook(lines: Sequence[Sequence[str]]) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Texts"
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(number, column, text or None)
            # Text in every cell: a day stays as it is typed, and nothing is reckoned with.
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    _how_to(book.create_sheet(say("desk.sheet.title", Language.EN)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _how_to(sheet: Worksheet) -> None:
    """What to write where, in both languages."""
    from openpyxl.styles import Alignment

    for column, language in enumerate(Language, start=1):
        sheet.column_dimensions["AB"[column - 1]].width = 60
        for number in range(1, _SENTENCES + 1):
            sheet.cell(number, column, say(f"desk.sheet.{number}", language)).alignment = Alignment(wrap_text=True)
