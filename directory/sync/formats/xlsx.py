"""XLSX: one sheet as text; a number or a day becomes the text a person would see."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from directory.errors import UnreadableList
from directory.sync.formats import Table
from directory.sync.formats.csv import rows, unique
from directory.sync.source import Layout

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["MAX_CELLS", "MAX_UNPACKED", "read"]

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


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table on the sheet; UnreadableList when the bytes are no workbook or the sheet is not in it."""
    lines = _lines(data, layout, name)
    headings: tuple[str, ...] = ()
    for line, cells in lines:
        if line >= layout.heading_row and any(cells):
            headings = unique(cells)
            break
    return Table(headings, rows(lines, headings))


def _lines(data: bytes, layout: Layout, name: str) -> Iterator[tuple[int, list[str]]]:
    line = 0
    try:
        _refuse_bomb(data, name)
        for line, cells in _cells(_book(data), layout, name):
            yield line, cells
    except _TORN as error:
        raise UnreadableList(
            f"{name}, line {line + 1}: this is not an Excel workbook (.xlsx), or it is damaged. Nothing was changed. "
            "Open it in Excel and save it again as .xlsx, or ask the sender for it again."
        ) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    """Few bytes may unpack to very many, and an XML part that defines its own words may repeat them without end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise _too_large(name, f"{MAX_UNPACKED // 1_000_000} MB when unpacked")
        for part in archive.infolist():
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(_HEAD):
                    raise ValueError("a workbook has no document type")


def _too_large(name: str, what: str) -> UnreadableList:
    return UnreadableList(
        f"{name}: the workbook is more than {what}, which no list of places is. Nothing was changed. "
        "Copy the list alone into a new workbook, or ask the sender for it again."
    )


def _book(data: bytes) -> Workbook:
    import openpyxl  # heavy, and the actions server never reads a workbook

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)


def _cells(book: Workbook, layout: Layout, name: str) -> Iterator[tuple[int, list[str]]]:
    titles = [sheet.title for sheet in book.worksheets]
    if layout.sheet is not None and layout.sheet not in titles:
        raise UnreadableList(
            f"{name}, line 1: there is no sheet called {layout.sheet!r} (there are: {', '.join(titles)}). "
            "Nothing was changed. Ask the sender which sheet to use and name it in the source file."
        )
    sheet = book.worksheets[titles.index(layout.sheet) if layout.sheet else 0]
    sheet.reset_dimensions()  # the size that a sheet states is often too small, and rows beyond it would be lost
    count = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        count += len(values)
        if count > MAX_CELLS:
            raise _too_large(name, f"{MAX_CELLS // 1_000_000} million cells")
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
