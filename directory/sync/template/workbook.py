"""A blank workbook for places of our own: drop-downs, two examples, and how to fill it in, in both languages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from directory import plans
from directory.eligibility import rules, strict
from directory.errors import SourceError
from directory.sync.source import load

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["SOURCE", "Column", "columns", "workbook", "workbook_choices"]

SOURCE = "puente_template"
_ROWS = 500
"""Rows with drop-downs; more may be filled in without them."""
_FIRST_LANGUAGES = (
    "English", "Spanish", "Arabic", "Armenian", "Cambodian", "Chinese", "Farsi", "Filipino", "Hindi", "Hmong",
    "Japanese", "Korean", "Lao", "Mien", "Mixteco", "Portuguese", "Punjabi", "Russian", "Samoan", "Thai", "Triqui",
    "Ukrainian", "Vietnamese", "Zapoteco", "American Sign Language",
)  # fmt: skip
_YES_NO = ("Yes", "No", "Unknown", "Sí", "Desconocido")


@dataclass(frozen=True)
class Column:
    """One column: its heading in both languages, its width, its drop-down, two examples and what to write in it."""

    heading: str
    es: str
    width: int
    examples: tuple[str, ...]
    en_help: str
    es_help: str
    list: str | None = None
    text: bool = False
    day: bool = False


@cache
def columns() -> tuple[Column, ...]:
    """The columns, left to right."""
    plain = strict.plain(Path(__file__).parent / "columns.yml", SourceError)
    if not isinstance(plain, list):
        raise SourceError("columns.yml is not a list. The program is not whole: install it again.")
    return tuple(Column(**{**item, "examples": tuple(item["examples"])}) for item in plain)


def workbook() -> bytes:
    """The workbook as .xlsx."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Places"
    choices = workbook_choices()
    _places(sheet)
    _how_to(book.create_sheet("How to fill it in"))
    ranges = _lists(book.create_sheet("Lists"), choices)
    _drop_downs(sheet, ranges)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook_choices() -> Mapping[str, Sequence[str]]:
    """Name of a drop-down -> what it offers, in English and then in Spanish."""
    source = load(SOURCE)
    programs = rules.programs().values()
    named = [*(program.short.en for program in programs), *(program.short.es for program in programs)]
    return {
        "needs": _capital(source.columns["topics"].words),
        "capacity": _capital(source.columns["capacity"].words),
        "programs": tuple(dict.fromkeys(named)),
        "counties": ("All counties", *plans.counties()),
        "plans": tuple(plan.short_name for plan in plans.plans().values()),
        "languages": _FIRST_LANGUAGES,
        "yes_no": _YES_NO,
    }


def _capital(words: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(word[:1].upper() + word[1:] for word in words)


def _places(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    gray, wrapped = PatternFill("solid", fgColor="E7ECEF"), Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(columns(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        for row, text in enumerate((column.heading, column.es, *column.examples), start=1):
            cell = sheet.cell(row, number, text or None)
            cell.alignment = wrapped
            if row <= 2:
                cell.font, cell.fill = Font(bold=row == 1, italic=row == 2), gray
            else:
                cell.font = Font(italic=True, color="808080")
        for row in range(3, _ROWS):
            if column.text or column.day:
                sheet.cell(row, number).number_format = "@" if column.text else "mm/dd/yyyy"
    sheet.freeze_panes = "B3"


def _lists(sheet: Worksheet, choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Writes the drop-downs to a hidden sheet: name -> the cells they stand in."""
    from openpyxl.utils import get_column_letter

    found = {}
    for number, (name, texts) in enumerate(choices.items(), start=1):
        for row, text in enumerate(texts, start=1):
            sheet.cell(row, number, text)
        letter = get_column_letter(number)
        found[name] = f"Lists!${letter}$1:${letter}${len(texts)}"
    sheet.sheet_state = "hidden"
    return found


def _drop_downs(sheet: Worksheet, ranges: Mapping[str, str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(columns(), start=1):
        if column.list is None:
            continue
        # Several with ; between them may be typed, so a text that is not in the list is only remarked upon.
        validation = DataValidation(type="list", formula1=f"={ranges[column.list]}", allow_blank=True)
        validation.errorStyle = "information"
        validation.error = "This is not in the list. / Esto no está en la lista."
        validation.prompt, validation.promptTitle = f"{column.en_help}\n{column.es_help}"[:255], column.heading[:32]
        validation.showErrorMessage = column.list == "yes_no"
        validation.showInputMessage = True
        letter = get_column_letter(number)
        validation.add(f"{letter}3:{letter}{_ROWS}")
        sheet.add_data_validation(validation)


_BEFORE = (
    ("How to fill in this workbook", "Cómo llenar este libro"),
    (
        "Write each place on its own row of the sheet Places, below the two examples.",
        "Escriba cada lugar en su propia fila de la hoja Places, debajo de los dos ejemplos.",
    ),
    (
        "The examples are not taken. You may delete them. Please keep the first two rows.",
        "Los ejemplos no se toman en cuenta. Puede borrarlos. No borre las dos primeras filas.",
    ),
    (
        "Each place needs a name, a kind of help or a program, and a phone or an address.",
        "Cada lugar necesita un nombre, un tipo de ayuda o un programa, y un teléfono o una dirección.",
    ),
    (
        "If you do not know something, leave it empty. Empty means: we do not know.",
        "Si no sabe algo, déjelo vacío. Vacío quiere decir: no lo sabemos.",
    ),
    (
        "When you are done: puente sync --file puente_list.xlsx --dry-run",
        "Cuando termine: puente sync --file puente_list.xlsx --dry-run",
    ),
)


def _how_to(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    for letter, width in (("A", 30), ("B", 60), ("C", 30), ("D", 60)):
        sheet.column_dimensions[letter].width = width
    for row, cells in enumerate(_help_rows(), start=1):
        for number, text in enumerate(cells, start=1):
            cell = sheet.cell(row, number, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number in (1, 3) or row == 1)


def _help_rows() -> Iterator[tuple[str, str, str, str]]:
    yield "", _BEFORE[0][0], "", _BEFORE[0][1]
    for number, (en, es) in enumerate(_BEFORE[1:], start=1):
        yield str(number), en, str(number), es
    for column in columns():
        yield column.heading, column.en_help, column.es, column.es_help
