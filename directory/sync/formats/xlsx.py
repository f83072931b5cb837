"""XLSX: one sheet or several as text; a number or a day becomes the text a person would see."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from directory.errors import ChangedHeadings, UnreadableList
from directory.sync.formats import grid, sheet_marks
from directory.sync.formats.sheet_marks import Marks
from directory.sync.formats.table import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["MAX_CELLS", "MAX_UNPACKED", "lines", "read", "titles"]

MAX_UNPACKED = 100_000_000
"""Bytes that a workbook may be when unpacked: a list of 20,000 places is a third of that."""
MAX_CELLS = 20_000_000
"""Cells, empty ones too: a sheet with one letter in its last corner would be counted out to 17 billion."""

# What openpyxl raises on a workbook that is torn, locked or made up; it names no error of its own for that.
# An unclosed XML element is a SyntaxError, a locked archive a RuntimeError.
_TORN = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, SyntaxError,
    RuntimeError,
)  # fmt: skip
_HEAD = 1 << 16
# The letters behind which the fonts Wingdings and Wingdings 2 draw a mark, and what each drawing is.
_DRAWN = {
    "wingdings": {"ü": "✓", "û": "✗", "þ": "☑", "ý": "☒", "x": "☒", "l": "●", "n": "■", "o": "☐", "q": "☐", "¨": "☐"},
    "wingdings 2": {"P": "✓", "O": "✗", "R": "☑", "Q": "☒", "S": "☒", "T": "☒", "£": "☐", "*": "☐"},
}


@dataclass(frozen=True)
class _Sheet:
    """One sheet that is read: its marks, and the line that its first row counts as."""

    name: str
    sheet: Worksheet
    marks: Marks
    after: int = 0
    drawn: bool = False


_LAST_ROW = 1_048_576
"""Of a sheet in Excel; one that states more would be read for years."""
_MAX_STYLES = 16_000_000
"""Bytes of styles, each of which is read: 64,000 of them, the most that Excel allows, are 10 MB."""


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table on the sheets; UnreadableList when the bytes are no workbook or a sheet is not in it."""
    try:
        _refuse_bomb(data, name)
        book = _book(data)
        chosen, left_out = _chosen(book, layout, name)
        parts = [_table(sheet, layout, name) for sheet in _placed(data, chosen)]
    except _TORN as error:
        raise _damaged(name, 1) from error
    # A workbook read whole may have a cover: a sheet with a text and no columns.
    kept = [(sheet, part) for sheet, part in parts if layout.sheets != () or len(part.headings) > 1]
    left_out += [sheet.name for sheet, _ in parts if sheet not in [other for other, _ in kept]]
    return _one(kept, layout, name, _said(kept, left_out, layout)) if kept else Table((), iter(()))


def lines(data: bytes, layout: Layout, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of the first sheet that the layout names, merged cells filled, nothing left out."""
    try:
        _refuse_bomb(data, name)
        sheet = next(_placed(data, _chosen(_book(data), layout, name)[0]))
    except _TORN as error:
        raise _damaged(name, 1) from error
    yield from _cells(sheet, name)


def titles(data: bytes, name: str) -> tuple[str, ...]:
    """The sheets of a workbook that are not hidden; UnreadableList when it is none."""
    try:
        _refuse_bomb(data, name)
        return tuple(sheet.title for sheet in _book(data).worksheets if sheet.sheet_state == "visible")
    except _TORN as error:
        raise _damaged(name, 1) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    """Few bytes may unpack to very many, and an XML part that defines its own words may repeat them without end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise _too_large(name, f"{MAX_UNPACKED // 1_000_000} MB when unpacked")
        for part in archive.infolist():
            if part.filename.casefold().endswith("styles.xml") and part.file_size > _MAX_STYLES:
                raise _too_large(name, f"{_MAX_STYLES // 1_000_000} MB of styles")
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(_HEAD):
                    raise ValueError("a workbook has no document type")


def _too_large(name: str, what: str) -> UnreadableList:
    return UnreadableList(
        f"{name}: the workbook is more than {what}, which no list of places is. Nothing was changed. "
        "Copy the list alone into a new workbook, or ask the sender for it again."
    )


def _damaged(name: str, line: int) -> UnreadableList:
    return UnreadableList(
        f"{name}, line {line}: this is not an Excel workbook (.xlsx), or it is damaged. Nothing was changed. "
        "Open it in Excel and save it again as .xlsx, or ask the sender for it again."
    )


def _book(data: bytes) -> Workbook:
    import openpyxl  # heavy, and the actions server never reads a workbook

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)


def _chosen(book: Workbook, layout: Layout, name: str) -> tuple[list[Worksheet], list[str]]:
    """The sheets that the layout names, or the first; of all of them those that are not hidden, and which are."""
    sheets: dict[str, Worksheet] = {sheet.title: sheet for sheet in book.worksheets}
    wanted = layout.sheets or ((layout.sheet,) if layout.sheet is not None else ())
    for title in wanted:
        if title not in sheets:
            raise UnreadableList(
                f"{name}, line 1: there is no sheet called {title!r} (there are: {', '.join(sheets)}). "
                "Nothing was changed. Ask the sender which sheet to use and name it in the source file."
            )
    if wanted:
        return [sheets[title] for title in wanted], []
    hidden = [title for title, sheet in sheets.items() if sheet.sheet_state != "visible" and layout.hidden != "read"]
    shown = [sheet for title, sheet in sheets.items() if title not in hidden]
    return (shown, hidden) if layout.sheets is not None else ((shown or list(sheets.values()))[:1], [])


def _placed(data: bytes, sheets: list[Worksheet]) -> Iterator[_Sheet]:
    """The sheets one after another, as if their rows stood below each other."""
    after = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawn = any(b"Wingdings" in archive.read(part) for part in archive.namelist() if part == "xl/styles.xml")
        for sheet in sheets:
            path = str(vars(sheet)["_worksheet_path"])  # the reader that streams a sheet knows no other name for it
            with archive.open(path) as stream:
                found = sheet_marks.marks(stream)
            yield _Sheet(sheet.title, sheet, found, after, drawn)
            after += found.last


def _table(sheet: _Sheet, layout: Layout, name: str) -> tuple[_Sheet, Table]:
    seen = _visible(_cells(sheet, name), sheet.marks, layout)
    top = layout.heading_row
    grouped = any(top <= merge.top <= top + 1 and merge.right > merge.left for merge in sheet.marks.merges)
    return sheet, grid.table(seen, layout, name, notes=True, spread=not grouped)


def _cells(sheet: _Sheet, name: str) -> Iterator[tuple[int, list[str]]]:
    # The size that a sheet states is often too small, and rows beyond it would be lost.
    sheet.sheet.reset_dimensions()  # type: ignore[attr-defined]
    count = line = 0
    try:
        for line, cells in sheet_marks.fill(enumerate(_texts(sheet), start=1), sheet.marks.merges, MAX_CELLS):
            count += len(cells)
            if line > _LAST_ROW:
                raise ValueError("a row below the last one of a sheet")
            if count > MAX_CELLS:
                raise _too_large(name, f"{MAX_CELLS // 1_000_000} million cells")
            yield line, cells
    except _TORN as error:
        raise _damaged(name, sheet.after + line + 1) from error


def _texts(sheet: _Sheet) -> Iterator[list[str]]:
    if not sheet.drawn:
        yield from ([_text(value) for value in values] for values in sheet.sheet.iter_rows(values_only=True))
        return
    for cells in sheet.sheet.iter_rows():
        yield [_drawn(_text(cell.value), getattr(cell, "font", None)) for cell in cells]


def _drawn(text: str, font: object) -> str:
    """The mark that a font of pictures draws for a letter."""
    return _DRAWN.get(str(getattr(font, "name", "")).casefold(), {}).get(text, text) if len(text) == 1 else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _visible(lines: Iterator[tuple[int, list[str]]], marks: Marks, layout: Layout) -> Iterator[grid.Line]:
    """The lines without hidden columns; a hidden row is a row that somebody took off, and is reported."""
    if layout.hidden == "read" or not (marks.rows or marks.columns):
        yield from ((line, cells, None) for line, cells in lines)
        return
    heads = layout.heading_row + layout.heading_rows
    for line, cells in lines:
        if marks.columns:
            cells = [cell for number, cell in enumerate(cells, start=1) if number not in marks.columns]
        yield line, cells, Code.HIDDEN_ROW if line in marks.rows and line >= heads else None


def _one(parts: list[tuple[_Sheet, Table]], layout: Layout, name: str, said: str) -> Table:
    """The tables of several sheets as one, when they have the same headings."""
    first_sheet, first = parts[0]
    for sheet, part in parts[1:]:
        if set(part.headings) != set(first.headings):
            other = sorted(set(part.headings) ^ set(first.headings))
            raise ChangedHeadings(
                f"{name}: the sheets {first_sheet.name!r} and {sheet.name!r} do not have the same headings "
                f"({', '.join(other[:5])}). Nothing was changed. Name the sheets that belong together under `sheets` "
                "in the source file, or ask the sender to give them the same headings."
            )
    own = layout.sheet_column
    if own in first.headings:
        raise ChangedHeadings(
            f"{name}: the list has a column {own!r} of its own, so the names of the sheets cannot stand there. "
            "Nothing was changed. Choose another word for `sheet_column` in the source file."
        )
    headings = (*first.headings, own) if own and first.headings else first.headings
    return Table(headings, chain.from_iterable(_placed_rows(sheet, part, own) for sheet, part in parts), said)


def _placed_rows(sheet: _Sheet, part: Table, own: str | None) -> Iterator[Cells]:
    for line, cells, damage in part.rows:
        if own:
            cells[own] = sheet.name
        yield line + sheet.after, cells, damage


def _said(parts: list[tuple[_Sheet, Table]], left_out: list[str], layout: Layout) -> str:
    """Which sheets were read, and what is hidden on them, for a person."""
    where = [f"{sheet.name} (from line {sheet.after + 1})" if sheet.after else sheet.name for sheet, _ in parts]
    said = f"Excel workbook, {'sheets' if len(parts) > 1 else 'sheet'} {', '.join(where)}"
    columns = sum(len(sheet.marks.columns) for sheet, _ in parts)
    if columns and layout.hidden != "read":
        said += f"; hidden columns left out: {columns}"
    return said + (f"; sheets left out: {', '.join(left_out)}" if left_out else "")
