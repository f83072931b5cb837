"""PDF: one table with drawn lines over all pages; what it cannot be read from is said by name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from directory.errors import UnreadableList
from directory.sync.formats import grid
from directory.sync.formats.table import Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["MAX_BYTES", "MAX_MEMORY", "MAX_PAGES", "MAX_SECONDS", "lines", "pages", "read", "table"]

MAX_BYTES = 50_000_000
MAX_PAGES = 500
MAX_SECONDS = 300
"""A page takes about a fifth of a second."""
MAX_MEMORY = 2_000_000_000

_READER = Path(__file__).with_name("pdf_pages.py")
_WHOLE = re.compile(r"(?:https?:|www\.)|[^\s@]+@[^\s@]+")
_ASK = "Ask the sender for the list as a spreadsheet (CSV or Excel)."
_SAID = {
    "locked": "this PDF has a password",
    "damaged": "this PDF is damaged",
    "memory": f"this PDF needs more than {MAX_MEMORY // 1_000_000_000} GB of memory, which no list of places does",
    "time": f"this PDF takes more than {MAX_SECONDS} seconds to read, which no list of places does",
    "pages": f"this PDF has more than {MAX_PAGES} pages, which no list of places has",
    "characters": "a page of this PDF holds more letters than fit on a page",
    "bytes": f"this PDF is larger than {MAX_BYTES // 1_000_000} MB, which no list of places is",
    "pictures": "this PDF holds pictures of pages (a scan), not text",
    "turned": "the text of this PDF is turned on its side",
    "no table": "this PDF holds text and no table with drawn lines, so nobody can tell which column a word is in",
}


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table of all pages; UnreadableList says what stands against it. A line is a row of the table, from 1."""
    return table(pages(data, name), layout, name)


def table(found: list[dict[str, Any]], layout: Layout, name: str) -> Table:
    """The pages as one table."""
    parts = sum(len(page["tables"]) for page in found)
    said = f"PDF, {len(found)} page{'s' * (len(found) != 1)}, {parts} part{'s' * (parts != 1)} of a table"
    return grid.table(lines(found, layout), layout, name, said, notes=True)


def pages(data: bytes, name: str) -> list[dict[str, Any]]:
    """What stands on each page; UnreadableList when that is no table that can be read."""
    if len(data) > MAX_BYTES:
        raise _refused(name, "bytes")
    found = [json.loads(line) for line in _told(data, name)]
    for page in found:
        if "refused" in page:
            raise _refused(name, page["refused"])
    bare = [page["page"] for page in found if not page["letters"] and page["picture"]]
    if bare or not any(page["letters"] for page in found):
        raise _refused(name, "pictures", bare)
    turned = [page["page"] for page in found if page["turned"]]
    if turned:
        raise _refused(name, "turned", turned)
    if not any(page["tables"] for page in found):
        raise _refused(name, "no table")
    return found


def _told(data: bytes, name: str) -> list[bytes]:
    """What the reader says, from a process that the system stops when it takes too much."""
    command = [sys.executable, "-I", str(_READER), str(MAX_MEMORY), str(MAX_SECONDS), str(MAX_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS + 30, check=False)
    except subprocess.TimeoutExpired as error:
        raise _refused(name, "time") from error
    if done.returncode < 0:
        raise _refused(name, "time")
    if done.returncode:
        raise _refused(name, "memory" if b"MemoryError" in done.stderr else "damaged")
    return done.stdout.splitlines()


def _refused(name: str, why: str, pages: list[int] | None = None) -> UnreadableList:
    where = f" (page {', '.join(map(str, pages[:5]))}{' and more' * (len(pages) > 5)})" if pages else ""
    do = "Ask the sender for it without a password." if why == "locked" else _ASK
    return UnreadableList(f"{name}: {_SAID.get(why, why)}{where}. Nothing was changed. {do}")


def lines(found: list[dict[str, Any]], layout: Layout) -> Iterator[grid.Line]:
    """The rows of one table that goes over all pages; its headings, where a page repeats them, are no row."""
    parts = _parts(found)
    top = parts[0][: layout.heading_row + layout.heading_rows - 1] if parts else []
    heads = top[layout.heading_row - 1 :]
    held: grid.Line | None = None
    line = 0
    for number, part in enumerate(parts):
        again = _again(part, top, heads) if number else 0
        for place, row in enumerate(part):
            line += 1
            if place < again:
                continue
            broken = bool(number) and place == again and _broken(row, heads, layout)
            if broken and held and layout.broken_rows == "join":
                held = (held[0], [" ".join(filter(None, pair)) for pair in zip(held[1], row, strict=False)], held[2])
                continue
            if held:
                yield held
            held = (line, row, _damage(row, heads, broken))
    if held:
        yield held


def _parts(found: list[dict[str, Any]]) -> list[list[list[str]]]:
    """The drawn tables in order, from the first that is as wide as most rows: a box around a title is none."""
    parts = [[_clean(row) for row in part] for page in found for part in page["tables"]]
    widths = [len(row) for part in parts for row in part if len(row) > 1]
    width = max(widths, key=lambda wide: (widths.count(wide), wide), default=1)
    first = next((number for number, part in enumerate(parts) if part and len(part[0]) == width), 0)
    return parts[first:]


def _again(part: list[list[str]], top: list[list[str]], heads: list[list[str]]) -> int:
    """How many rows at the beginning of a page say again what stood over the table."""
    return next((len(rows) for rows in (top, heads) if rows and part[: len(rows)] == rows), 0)


def _broken(row: list[str], heads: list[list[str]], layout: Layout) -> bool:
    """Whether the first row of a page goes on with the last of the page before: nothing stands in its first cell."""
    carried = bool(heads and heads[0] and heads[0][0] in layout.carry_down)
    return bool(row and not row[0] and any(row)) and not carried


def _damage(row: list[str], heads: list[list[str]], broken: bool) -> Code | None:
    if heads and len(row) != len(heads[0]):
        return Code.DAMAGED_ROW  # of another table: its columns are other ones
    return Code.BROKEN_ROW if broken else None


def _clean(row: list[str]) -> list[str]:
    return [_unwrapped(text) for text in row]


def _unwrapped(text: str) -> str:
    """A text that was wrapped in its cell as one line; an address of the web has no spaces to be wrapped at."""
    parts = text.split("\n")
    if len(parts) > 1 and _WHOLE.match(text) and not any(" " in part for part in parts):
        return "".join(parts)
    return re.sub(r"(?<=\w)-\n(?=\w)", "-", text).replace("\n", " ").strip()
