"""look: what a file is, how it is written, and where its headings seem to stand, for a first proposal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice, pairwise

from directory.errors import UnreadableList
from directory.sync.formats import csv, delimiter, encoding, grid, json, jsonl, kinds, pdf, xlsx
from directory.sync.formats.table import Table
from directory.sync.source import Layout

__all__ = ["Look", "look"]

_LINES = 60
_LONGEST_HEADING = 60
# What only HSDS nests: the records of an organization or of a service, each with an id of its own.
_HSDS = frozenset({"services[0].id", "service_at_locations[0].id", "organization.id", "phones[0].service_id"})


@dataclass(frozen=True)
class Look:
    """What a file seems to be; `layout` reads it so. `kind` is None when it is no list (`said` is what it is instead,
    `do` what to do about it).

    `headings` and `rows` (heading -> text) are what that layout gives for the first lines.
    """

    kind: str | None
    said: str
    layout: Layout | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    heading_row: int = 1
    heading_rows: int = 1
    headings: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    do: str = ""


def look(data: bytes, name: str, *, rows: int = 50) -> Look:
    """What the bytes seem to be; UnreadableList when they are damaged."""
    found = kinds.kind_of(data)
    kind = found.kind if found else "xlsx" if data.startswith(b"PK") else "csv"
    if kind is None:
        return Look(None, found.said if found else "", do=kinds.to_do(found) if found else "")
    if kind in ("json", "jsonl"):
        return _nested(data, name, rows)
    if kind in ("hsds", "fhir"):
        return Look(kind, found.said if found else "", Layout(kind))
    if kind == "csv":
        return _csv(data, name, rows)
    return _pages(data, name, rows) if kind == "pdf" else _book(data, name, rows)


def _csv(data: bytes, name: str, rows: int) -> Look:
    written = encoding.find(data, None, name)
    best = delimiter.guess(data, written, Layout("csv"), anywhere=True)
    layout = Layout("csv", delimiter=best)
    lines = [cells for _, cells, _ in islice(csv.lines(data, written, best, name), _LINES)]
    seen = _seen(csv.read(data, _headed(layout, lines), name), _headed(layout, lines), rows)
    return replace(seen, encoding=written.name, delimiter=best)


def _book(data: bytes, name: str, rows: int) -> Look:
    titles = xlsx.titles(data, name)
    looks = [_sheet(data, title, name, rows) for title in titles]
    best = max(looks, key=lambda item: (len(item.headings) > 1) * (len(item.rows), len(item.headings)), default=None)
    return replace(best, sheets=titles) if best else Look("xlsx", "Excel workbook", Layout("xlsx"))


def _sheet(data: bytes, title: str, name: str, rows: int) -> Look:
    layout = Layout("xlsx", sheet=title)
    layout = _headed(layout, [cells for _, cells in islice(xlsx.lines(data, layout, name), _LINES)])
    return _seen(xlsx.read(data, layout, name), layout, rows)


def _pages(data: bytes, name: str, rows: int) -> Look:
    layout = Layout("pdf")
    found = pdf.pages(data, name)
    layout = _headed(layout, [cells for _, cells, _ in islice(pdf.lines(found, layout), _LINES)])
    return _seen(pdf.table(found, layout, name), layout, rows)


def _nested(data: bytes, name: str, rows: int) -> Look:
    """JSON lines, or JSON with the array where its objects stand; HSDS when the objects are services or their kin."""
    try:
        layout = Layout("jsonl")
        seen = _seen(jsonl.read(data, layout, name), layout, rows)
        several = len(seen.rows) > 1
    except UnreadableList:
        several = False
    if not several:
        layout = Layout("json", records=_records(data, name))
        seen = _seen(json.read(data, layout, name), layout, rows)
    paths = {path for row in seen.rows for path in row}
    return replace(seen, kind="hsds", layout=Layout("hsds")) if _HSDS & paths else seen


def _records(data: bytes, name: str) -> str | None:
    plain = json.parsed(data, encoding.find(data, "utf-8", name), name)
    if not isinstance(plain, dict):
        return None
    arrays = [key for key, value in plain.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return max(arrays, key=lambda key: len(plain[key]), default=None)


def _seen(table: Table, layout: Layout, rows: int) -> Look:
    found = tuple(cells for _, cells, damage in islice(table.rows, rows) if damage is None)
    return Look(
        layout.kind, table.said, layout, heading_row=layout.heading_row, heading_rows=layout.heading_rows,
        sheets=(layout.sheet,) if layout.sheet else (), headings=table.headings, rows=found,
    )  # fmt: skip


def _headed(layout: Layout, lines: list[list[str]]) -> Layout:
    """The layout with the row that looks most like headings, and the one below when that names parts of groups."""
    width = max((_width(cells) for cells in lines), default=0)
    for number, cells in enumerate(lines):
        if _like_headings(cells, lines[number + 1 :], width):
            groups = _grouped(cells, lines[number + 1 :])
            return replace(layout, heading_row=number + 1, heading_rows=2 if groups else 1)
    first = next((number for number, cells in enumerate(lines, start=1) if any(cells)), 1)
    return replace(layout, heading_row=first)


def _width(cells: list[str]) -> int:
    return max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _like_headings(cells: list[str], below: list[list[str]], width: int) -> bool:
    """Short texts that are no numbers, mostly distinct, over rows that are as wide."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    wide = _width(cells) >= max(2, width * 0.6) and len(texts) >= 2 and len({*texts}) >= 2
    short = all(len(text) <= _LONGEST_HEADING and not _value(text) for text in texts)
    filled = any(_width(row) >= 2 for row in below[:3]) or not below
    return wide and short and filled


def _value(text: str) -> bool:
    """Whether a text is what stands in a row and not over it: a number, a phone, an address of the web."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= 5 or digits == len(text) or "@" in text or text.startswith(("http", "www."))


def _grouped(groups: list[str], below: list[list[str]]) -> bool:
    """Whether these are groups: some stand over several columns, and the row below names those columns."""
    names = next(iter(below), [])
    width = max(len(groups), len(names))
    above, under = grid.wide(groups, width), grid.wide(names, width)
    spread = sum(1 for left, right in pairwise(above) if left and right in ("", left))
    named = [text for text in under if text.strip()]
    short = all(len(text) <= _LONGEST_HEADING and not _value(text) for text in named)
    full = grid.joined(groups, names)
    return bool(spread and named and short and all(full)) and len({*full}) == len(full)
