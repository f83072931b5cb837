"""Which character separates the columns of a list: found out, or told when it is not the one its source names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice

from directory.errors import ChangedHeadings, UnreadableList
from directory.sync.formats import encoding, grid
from directory.sync.source import Layout, Source

__all__ = ["NAMES", "guess", "refuse_another_delimiter"]

NAMES: Mapping[str, str] = {",": "a comma ( , )", ";": "a semicolon ( ; )", "\t": "a tab", "|": "a bar ( | )"}
_WRITTEN: Mapping[str, str] = {"\t": "\\t"}
_HEAD = 1 << 16
_ROWS = 50


def guess(data: bytes, written: encoding.Encoding, layout: Layout, *, anywhere: bool = False) -> str:
    """The character that cuts the most lines into as many cells as there are headings; a comma where none does.

    With `anywhere` nobody knows yet where the headings stand, and the most frequent number of cells counts.
    """
    text = _head(data, written)
    return max(NAMES, key=lambda between: _fit(text, layout, between, anywhere))


def _fit(text: str, layout: Layout, between: str, anywhere: bool) -> float:
    found = _lines(text, between)
    heads = 0 if anywhere else len(grid.headings(found, layout))
    sizes = [len(cells) for _, cells, _ in found if any(cells)]
    width = max(sizes, key=lambda size: (sizes.count(size), size), default=0) if anywhere else heads
    even = sizes.count(width) / len(sizes) if sizes else 1.0
    return even * (width - 1) + width / _HEAD if width > 1 else 0.0


def refuse_another_delimiter(data: bytes, headings: tuple[str, ...], source: Source, name: str) -> None:
    """ChangedHeadings when another character than the source's cuts the heading line into the columns it knows."""
    own = source.layout.delimiter
    if own is None:
        return
    known = len(source.known.intersection(headings))
    for other in NAMES:
        found = len(source.known.intersection(_headings(data, source, name, other))) if other != own else 0
        if found > known and 2 * found >= len(source.required):
            raise ChangedHeadings(
                f"{name}: the columns are separated by {NAMES[other]}, and {source.title} names "
                f"{NAMES.get(own, repr(own))}. Nothing was changed. If the sender always does so, write "
                f'`delimiter: "{_WRITTEN.get(other, other)}"` under `format` in {source.id}.yml, or leave `delimiter` '
                f"out; else open the list in Excel, save it as CSV with {NAMES.get(own, repr(own))} and give that file."
            )


def _headings(data: bytes, source: Source, name: str, between: str) -> tuple[str, ...]:
    try:
        written = encoding.find(data, source.layout.encoding, name)
    except UnreadableList:
        return ()
    return grid.headings(_lines(_head(data, written), between), source.layout)


def _head(data: bytes, written: encoding.Encoding) -> str:
    return encoding.open_text(data, written).read(_HEAD)


def _lines(text: str, between: str) -> Iterator[grid.Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    line = 1
    try:
        for cells in islice(reader, _ROWS):
            yield line, cells, None
            line = reader.line_num + 1
    except csv.Error:
        return
