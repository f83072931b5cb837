"""How the bytes of an unknown list are read: its kind, its sheet, and the row with the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from directory.errors import ListError, UnreadableList
from directory.sync import formats
from directory.sync.propose import names, services
from directory.sync.source import Layout

__all__ = ["guess"]

_DEEPEST = 12


def guess(data: bytes, name: str) -> tuple[Layout, tuple[str, ...]]:
    """The layout, and the texts of the rows above the headings; UnreadableList when the bytes are no list."""
    look = formats.look(data, name)
    if look.layout is None:
        raise UnreadableList(
            f"{name}: this is {look.said or 'a file of a kind that holds no list'}, so there is nothing to describe. "
            "Nothing was changed. Ask the sender for the list as a spreadsheet (CSV or Excel)."
        )
    if look.layout.kind not in ("csv", "xlsx"):
        return look.layout, ()
    first = look.layout
    best = max(_candidates(data, first, look.sheets, name), key=lambda item: item[0], default=(0.0, first))[1]
    return best, tuple(" ".join(cells) for cells in _above(data, best, name))


def _candidates(data: bytes, first: Layout, sheets: Sequence[str], name: str) -> Iterator[tuple[float, Layout]]:
    """The layouts that may be right, each with how much its headings look like headings; the shape's choice counts."""
    for sheet in sheets or (first.sheet,):
        for row in range(1, _DEEPEST + 1):
            for deep in {1, first.heading_rows}:
                at = replace(first, sheet=sheet, heading_row=row, heading_rows=deep)
                try:
                    table = formats.read(data, at, name)
                    if next(table.rows, None) is None:
                        break
                except ListError:
                    continue
                yield _score(table.headings) - row / 100 + (0.5 if at == first else 0.0), at


def _score(headings: Sequence[str]) -> float:
    """How much a row looks like headings: known names count most, numbers and long texts count against it."""
    known = sum(bool(names.fields_of(heading) or services.read(heading)) for heading in headings)
    filled = [heading for heading in headings if heading]
    wrong = sum(len(heading) > 60 or heading[:1].isdigit() for heading in filled)
    return 3 * known + 0.2 * len(filled) - 2 * wrong


def _above(data: bytes, layout: Layout, name: str) -> Iterator[tuple[str, ...]]:
    for row in range(1, layout.heading_row):
        try:
            headings = formats.read(data, replace(layout, heading_row=row, heading_rows=1), name).headings
        except ListError:
            continue
        yield headings
