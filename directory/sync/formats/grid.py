"""A table of lines -> headings and rows: one or two heading rows, values carried down, notes told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from directory.errors import ChangedHeadings, UnreadableList
from directory.sync.formats.table import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["MAX_COLUMNS", "Line", "headings", "joined", "table", "unique", "wide"]

Line = tuple[int, "list[str]", "Code | None"]
"""Line, its cells, and what was wrong with it as a whole."""

MAX_COLUMNS = 16_384
"""As many as a sheet in Excel has."""
_NOTE_BESIDE = 3
"""Columns from which on a line with one text is a note: a row of a narrow list may well have only that."""


def table(
    lines: Iterator[Line], layout: Layout, name: str, said: str = "", *, notes: bool = False, spread: bool = True
) -> Table:
    """The lines as headings and rows; `notes`: a line that holds one text and nothing else is reported as no place."""
    names = headings(lines, layout, spread=spread)
    if len(names) > MAX_COLUMNS:
        raise UnreadableList(
            f"{name}, line {layout.heading_row}: there are {len(names)} columns, which no list of places has. Nothing "
            "was changed. Open the file to see what it is, or ask the sender for it again."
        )
    for column in layout.carry_down:
        if names and column not in names:
            raise ChangedHeadings(
                f"{name}, line {layout.heading_row}: no column is called {column!r}, which `carry_down` names. "
                "A column may have moved, so nothing was changed. "
                "Compare with last time's list; then correct the list, or `carry_down` in the source file."
            )
    rows = _rows(lines, names, notes=notes)
    return Table(names, _carried(rows, layout.carry_down) if layout.carry_down else rows, said)


def headings(lines: Iterator[Line], layout: Layout, *, spread: bool = True) -> tuple[str, ...]:
    """The headings, read from `lines`; none when there is no line that has any."""
    for line, cells, _ in lines:
        if line >= layout.heading_row and any(cells):
            if layout.heading_rows == 1:
                return unique(cells)
            below = next(lines, (line, [], None))[1]
            return unique(joined(cells, below, spread=spread))
    return ()


def joined(groups: Sequence[str], below: Sequence[str], *, spread: bool = True) -> list[str]:
    """A row of groups and the row of headings under it as one: "Services / Food".

    With `spread` a group goes on to the right over headings that have nothing above them.
    """
    width = max(len(groups), len(below))
    found: list[str] = []
    group = ""
    for above, under in zip(wide(groups, width), wide(below, width), strict=True):
        above, under = " ".join(above.split()), " ".join(under.split())
        if above or not under or not spread:
            group = above if under and above != under else ""
        found.append(f"{group} / {under}" if group else under or above)
    return found


def wide(cells: Sequence[str], width: int) -> list[str]:
    """The cells, with empty ones up to that width."""
    return [*cells, *[""] * (width - len(cells))]


def unique(cells: Iterable[str]) -> tuple[str, ...]:
    """Headings with the second of two alike told apart; blank ones at the end are none."""
    cells = list(cells)
    last = max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    seen: dict[str, int] = {}
    named = []
    for cell in cells[:last]:
        heading = " ".join(cell.split())
        seen[heading] = seen.get(heading, 0) + 1
        named.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(named)


def _rows(lines: Iterator[Line], names: tuple[str, ...], *, notes: bool) -> Iterator[Cells]:
    """The lines below the headings as rows; empty lines are none, and cells beyond the headings are a damage."""
    width = len(names)
    notes = notes and width >= _NOTE_BESIDE
    for line, cells, damage in lines:
        if not any(map(str.strip, cells)):
            continue
        if damage is None:
            if len(cells) > width and any(map(str.strip, cells[width:])):
                damage = Code.EXTRA_CELLS
            if notes and len({cell for cell in cells if cell}) == 1:
                damage = Code.NOT_A_SERVICE
        if len(cells) < width:  # a row that ends early is the same row as one with empty cells
            cells = wide(cells, width)
        yield line, dict(zip(names, cells, strict=False)), damage


def _carried(rows: Iterator[Cells], columns: tuple[str, ...]) -> Iterator[Cells]:
    """Under a value an empty cell means the same again, until a column named before it has a new value."""
    held = dict.fromkeys(columns, "")
    for line, cells, damage in rows:
        if damage is None:
            new = False
            for column in columns:
                if cells.get(column, "").strip():
                    new = new or cells[column] != held[column]
                    held[column] = cells[column]
                else:
                    held[column] = "" if new else held[column]
                    cells[column] = held[column]
        yield line, cells, damage
