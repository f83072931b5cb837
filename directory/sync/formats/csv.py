"""CSV of any delimiter and encoding, decoded and cut as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial

from directory.errors import UnreadableList
from directory.sync.formats import delimiter, encoding, grid
from directory.sync.formats.table import Table
from directory.sync.source import Layout

__all__ = ["lines", "read"]


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table in the bytes; UnreadableList says at which line reading failed."""
    written = encoding.find(data, layout.encoding, name)
    between = layout.delimiter or delimiter.guess(data, written, layout)
    said = f"CSV with {delimiter.NAMES.get(between, repr(between))} between the columns, {written.said}"
    return grid.table(lines(data, written, between, name), layout, name, said)


def lines(data: bytes, written: encoding.Encoding, between: str, name: str) -> Iterator[grid.Line]:
    """The lines of the text with the number each begins at; UnreadableList where one cannot be cut."""
    text = encoding.open_text(data, written)
    reader = csv.reader(iter(partial(text.readline, encoding.LONGEST_LINE), ""), delimiter=between)
    line = 1
    try:
        for cells in reader:
            yield line, cells, None
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableList(
            f"{name}, line {line}: this is not a CSV list ({error}). "
            "Nothing was changed. Open the file to see what it is, or ask the sender for it again."
        ) from error
