"""A list as a table before anybody described it: how its bytes are read, its columns, and the lines above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from directory.errors import EmptyList
from directory.sync import formats
from directory.sync.parse import MAX_ROWS, RawRow
from directory.sync.propose.guess import guess
from directory.sync.source import Layout

__all__ = ["BRING_THEIR_OWN", "Sheet", "columns_of", "see"]

BRING_THEIR_OWN = ("hsds", "fhir")
"""Formats whose fields are always called the same, so that a source file needs no columns."""
_FIRST_COLUMNS = 3
_INDEX = re.compile(r"\[\d+\]")
_POINT = re.compile(r"(?:coordinates|point|location|geo)\[[01]\]")


@dataclass(frozen=True)
class Sheet:
    """A whole list: its layout, its headings, heading (or path) -> one text for each row, the lines above them."""

    layout: Layout
    headings: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    above: tuple[str, ...] = ()
    every: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def texts(self, heading: str) -> Sequence[str]:
        """All texts of a column: a path such as `services[]` may have several in one row."""
        return self.every.get(heading, self.columns[heading])

    def carried(self) -> tuple[str, ...]:
        """The first columns that say something only where a group of rows begins, as merged cells do when saved."""
        found = []
        for heading, cells in list(self.columns.items())[:_FIRST_COLUMNS]:
            filled = sum(bool(cell.strip()) for cell in cells)
            if cells and cells[0].strip() and filled > 1 and 2 * filled <= len(cells):
                found.append(heading)
        return tuple(found)


def see(data: bytes, name: str, *, carry_down: tuple[str, ...] = ()) -> Sheet:
    """The table in the bytes; ListError when there is none. `carry_down`: empty cells there say the same again."""
    layout, above = guess(data, name)
    if layout.kind in BRING_THEIR_OWN:
        return Sheet(layout, (), {}, above)
    layout = replace(layout, carry_down=carry_down) if carry_down else layout
    table = formats.read(data, layout, name)
    rows = [RawRow(line, cells, damage) for line, cells, damage in islice(table.rows, MAX_ROWS)]
    if not table.headings or not rows:
        raise EmptyList(
            f"{name}: no rows were found under headings, so there is nothing to describe. Nothing was changed. "
            "Open the file to see that it is the list, or ask the sender for it again."
        )
    whole = [row for row in rows if not row.damage]
    headings = tuple(dict.fromkeys(table.headings))
    columns = columns_of(whole, headings, nested=layout.nested)
    every = {path: [text for row in whole for text in row.texts(path)] for path in columns if "[]" in path}
    return Sheet(layout, headings, columns, above, every)


def columns_of(rows: Sequence[RawRow], headings: Sequence[str], *, nested: bool) -> dict[str, list[str]]:
    """Heading -> its cells from top to bottom; of nested rows path -> the first text at it."""
    if not nested:
        return {heading: [row.cells.get(heading, "") for row in rows] for heading in headings}
    paths = dict.fromkeys(_path(full) for row in rows for full in row.cells)
    return {path: [next(iter(row.texts(path)), "") for row in rows] for path in paths}


def _path(full: str) -> str:
    """`phones[0].number` -> `phones[].number`; the two numbers of a point stay apart."""
    return full if _POINT.fullmatch(full) else _INDEX.sub("[]", full)
