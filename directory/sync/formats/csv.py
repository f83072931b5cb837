"""CSV of any delimiter and encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from directory.errors import UnreadableList
from directory.sync.formats import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["read", "rows", "unique"]

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table in the bytes; UnreadableList says at which line reading failed."""
    lines = _lines(_text(data, layout, name), layout, name)
    headings: tuple[str, ...] = ()
    for line, cells in lines:
        if line >= layout.heading_row and any(cells):
            headings = unique(cells)
            break
    return Table(headings, rows(lines, headings))


def unique(cells: list[str]) -> tuple[str, ...]:
    """Headings with the second of two alike told apart; blank ones at the end are none."""
    last = max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    seen: dict[str, int] = {}
    named = []
    for cell in cells[:last]:
        heading = " ".join(cell.split())
        seen[heading] = seen.get(heading, 0) + 1
        named.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(named)


def _text(data: bytes, layout: Layout, name: str) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    encoding = layout.encoding or marked
    try:
        # A byte order mark (U+FEFF) may stand there twice, or under an encoding that keeps it.
        return data.decode(encoding or "utf-8").lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        if encoding is None and b"\0" not in data:
            # Spreadsheets of the clinics' time save "CSV" in the Windows code page; every byte is a letter in it.
            return data.decode("cp1252", errors="replace")
        raise UnreadableList(
            f"{name}, line {_line_of(data, error)}: the text is not {encoding or 'UTF-8'}, so it cannot be read "
            "without guessing. Nothing was changed. "
            "Save the list again as CSV UTF-8, or name its encoding in the source file."
        ) from error


def _line_of(data: bytes, error: Exception) -> int:
    return data.count(b"\n", 0, getattr(error, "start", 0)) + 1


def _lines(text: str, layout: Layout, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableList(
                f"{name}, line {line}: this is not a CSV list ({error}). "
                "Nothing was changed. Open the file to see what it is, or ask the sender for it again."
            ) from error
        yield line, cells


def rows(lines: Iterator[tuple[int, list[str]]], headings: tuple[str, ...]) -> Iterator[Cells]:
    """The lines below the headings as rows; empty lines are none, and cells beyond the headings are a damage."""
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            extra = any(cell.strip() for cell in cells[len(headings) :])
            yield line, dict(zip(headings, cells, strict=False)), Code.EXTRA_CELLS if extra else None
