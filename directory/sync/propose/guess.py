"""How the bytes of an unknown list are read: its kind, its sheet, and the row with the headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from directory.errors import ListError, UnreadableList
from directory.sync import formats
from directory.sync.propose import names, services
from directory.sync.propose.content import KINDS
from directory.sync.source import Layout

__all__ = ["guess"]

_DEEPEST = 12
_VALUES = ("email", "link", "zip", "phone", "day", "plan", "latitude", "longitude")


def guess(data: bytes, name: str) -> tuple[Layout, tuple[str, ...]]:
    """The layout, and the texts of the rows above the headings; UnreadableList when the bytes are no list."""
    look = formats.look(data, name)
    if look.layout is None:
        raise UnreadableList(
            f"{name}: this is {look.said or 'a file of a kind that holds no list'}, so there is nothing to describe. "
            f"Nothing was changed. {look.do or 'Ask the sender for the list as a spreadsheet (CSV or Excel).'}"
        )
    if look.layout.kind not in ("csv", "xlsx"):
        return look.layout, ()
    first = look.layout
    shape = _known(look.headings)
    better = [(score, at) for score, at in _candidates(data, first, look.sheets, name) if score > shape]
    best = max(better, key=lambda item: item[0])[1] if better else _above_values(data, first, name)
    return best, tuple(" ".join(cells) for cells in _above(data, best, name))


def _candidates(data: bytes, first: Layout, sheets: Sequence[str], name: str) -> Iterator[tuple[float, Layout]]:
    """The layouts whose headings are surely headings, each with how many of them are known."""
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
                if _surely(table.headings):
                    yield _known(table.headings) - row / 100, at


def _above_values(data: bytes, layout: Layout, name: str) -> Layout:
    """The layout, or one with the heading row above when what stands in its own are values of a row."""
    for row in range(layout.heading_row, 0, -1):
        at = replace(layout, heading_row=row, heading_rows=1 if row < layout.heading_row else layout.heading_rows)
        try:
            headings = [heading for heading in formats.read(data, at, name).headings if heading]
        except ListError:
            continue
        if len(headings) > 1 and not any(KINDS[kind](heading) for kind in _VALUES for heading in headings):
            return at
    return layout


def _known(headings: Sequence[str]) -> int:
    return sum(bool(names.fields_of(heading) or services.read(heading)) for heading in headings)


def _surely(headings: Sequence[str]) -> bool:
    """Several names of fields, no number or long text; a row of data may well hold the name of a service."""
    filled = [heading for heading in headings if heading]
    named = sum(bool(names.fields_of(heading)) for heading in filled)
    wrong = any(len(heading) > 60 or heading[:1].isdigit() or "@" in heading for heading in filled)
    return not wrong and named >= 2 and 10 * _known(headings) >= 4 * len(filled)


def _above(data: bytes, layout: Layout, name: str) -> Iterator[tuple[str, ...]]:
    for row in range(1, layout.heading_row):
        try:
            headings = formats.read(data, replace(layout, heading_row=row, heading_rows=1), name).headings
        except ListError:
            continue
        yield headings
