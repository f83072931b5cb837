"""A list as a table before anybody described it: how its bytes are read, its columns, and the lines above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from directory.errors import EmptyList
from directory.sync import fields, formats
from directory.sync.parse import MAX_ROWS, RawRow
from directory.sync.propose.guess import guess
from directory.sync.source import Layout

__all__ = ["Sheet", "columns_of", "see"]

_INDEX = re.compile(r"\[\d+\]")
_POINT = re.compile(r"(?:coordinates|point|location|geo)\[[01]\]")


@dataclass(frozen=True)
class Sheet:
    """A whole list: its layout, its headings, heading (or path) -> one text for each row, the lines above them."""

    layout: Layout
    headings: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    above: tuple[str, ...] = ()


def see(data: bytes, name: str) -> Sheet:
    """The table in the bytes; ListError when there is none."""
    layout, above = guess(data, name)
    table = formats.read(data, layout, name)
    rows = [RawRow(line, cells, damage) for line, cells, damage in islice(table.rows, MAX_ROWS)]
    if not table.headings or not rows:
        raise EmptyList(
            f"{name}: no rows were found under headings, so there is nothing to describe. Nothing was changed. "
            "Open the file to see that it is the list, or ask the sender for it again."
        )
    whole = [row for row in rows if not row.damage]
    headings = tuple(dict.fromkeys(table.headings))
    return Sheet(layout, headings, columns_of(whole, headings, nested=layout.nested), above)


def columns_of(rows: Sequence[RawRow], headings: Sequence[str], *, nested: bool) -> dict[str, list[str]]:
    """Heading -> its cells from top to bottom; of nested rows path -> the first text at it."""
    if not nested:
        return {heading: [row.cells.get(heading, "") for row in rows] for heading in headings}
    paths = dict.fromkeys(_path(full) for row in rows for full in row.cells)
    return {path: [next(iter(row.texts(path)), "") for row in rows] for path in paths}


def _path(full: str) -> str:
    """`phones[0].number` -> `phones[].number`; the two numbers of a point stay apart."""
    return full if _POINT.fullmatch(full) else _INDEX.sub("[]", full)


def above_text(above: Sequence[str]) -> str:
    """The lines above the headings as one text."""
    return " ".join(fields.clean(line) for line in above if line)
