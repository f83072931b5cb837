"""XLSX: one sheet as text; a number or a day becomes the text a person would see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from directory.errors import UnreadableList
from directory.sync.formats import Cells, Table
from directory.sync.formats.csv import unique
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["read"]


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table on the sheet; UnreadableList when the bytes are no workbook or the sheet is not in it."""
    lines = _lines(data, layout, name)
    headings: tuple[str, ...] = ()
    for line, cells in lines:
        if line >= layout.heading_row and any(cells):
            headings = unique(cells)
            break
    return Table(headings, _rows(lines, headings))


def _lines(data: bytes, layout: Layout, name: str) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # heavy, and the actions server never reads a workbook

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, ParseError) as error:
        raise UnreadableList(
            f"{name}, line 1: this is not an Excel workbook (.xlsx), or it is damaged. Nothing was changed. "
            "Open it in Excel and save it again as .xlsx, or ask the sender for it again."
        ) from error
    if layout.sheet is not None and layout.sheet not in book.sheetnames:
        raise UnreadableList(
            f"{name}, line 1: there is no sheet called {layout.sheet!r} (there are: {', '.join(book.sheetnames)}). "
            "Nothing was changed. Ask the sender which sheet to use and name it in the source file."
        )
    sheet = book[layout.sheet] if layout.sheet else book.worksheets[0]
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield line, [_text(value) for value in values]


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


def _rows(lines: Iterator[tuple[int, list[str]]], headings: tuple[str, ...]) -> Iterator[Cells]:
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            extra = any(cell.strip() for cell in cells[len(headings) :])
            yield line, dict(zip(headings, cells, strict=False)), Code.EXTRA_CELLS if extra else None
