"""parse: bytes -> rows of text, nothing inferred; the headings are checked before any row is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from directory.errors import EmptyList, UnreadableList
from directory.sync import formats, recognize
from directory.sync.formats import Table
from directory.sync.formats.delimiter import refuse_another_delimiter
from directory.sync.formats.kinds import refuse_another_kind
from directory.sync.problems import Code, Problem
from directory.sync.source import Source

__all__ = ["LONGEST_CELL", "MAX_ROWS", "Parsed", "RawRow", "parse", "rows"]

MAX_ROWS = 2_000_000
"""Ten times all 211 lists of the state together."""
LONGEST_CELL = 20_000
"""Characters; the longest description in a real list has 4,850."""

_INDEX = re.compile(r"\[\d*\]")


@dataclass(frozen=True)
class RawRow:
    """One row as the list has it: line (from 1), heading or path -> text; `damage` when it could not be read whole."""

    line: int
    cells: Mapping[str, str]
    damage: Code | None = None
    _grouped: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False, repr=False)

    def texts(self, path: str) -> list[str]:
        """All texts at a heading or path; `phones[].number` takes every number, `tags[]` never a lone text."""
        if "[" not in path:
            return [self.cells[path]] if path in self.cells else []
        return [text for _, text in self.at(path)]

    def at(self, path: str) -> list[tuple[str, str]]:
        """The full paths that a path with `[]` stands for, each with its text; `point[1]` is one place in a list."""
        if path in self.cells:
            return [(path, self.cells[path])]
        if not self._grouped:
            for full, text in self.cells.items():
                self._grouped.setdefault(_INDEX.sub("[]", full), []).append((full, text))
        return self._grouped.get(path, [])


@dataclass(frozen=True)
class Parsed:
    """A list whose headings were checked, and its rows, read once; `news` are columns that the source does not know.

    `said` tells a person what kind of file it is.

    A column that goes by a name accepted for it stands under the name that the source file uses.
    """

    headings: tuple[str, ...]
    rows: Iterator[RawRow]
    news: tuple[Problem, ...] = ()
    said: str = ""


def parse(data: bytes, source: Source, *, name: str) -> Parsed:
    """The list in the bytes; UnreadableList, EmptyList or ChangedHeadings before the first row if it is another."""
    refuse_another_kind(data, source, name)
    table = formats.read(data, source.layout, name)
    if source.layout.kind == "csv" and not source.required.issubset(table.headings):
        refuse_another_delimiter(data, table.headings, source, name)
    if not table.headings:
        raise EmptyList(
            f"{name}, line {source.layout.heading_row}: the list is empty, so nothing was changed. "
            "Open the file to see that it has rows, or ask the sender for it again."
        )
    first = list(islice(table.rows, recognize.SAMPLE))
    checked = recognize.check(table.headings, source, [cells for _, cells, _ in first], name=name)
    table = replace(table, rows=chain(first, table.rows))
    news = (Problem(source.layout.heading_row, heading, Code.NEW_COLUMN, heading) for heading in checked.ignored)
    headings = tuple(checked.renamed.get(heading, heading) for heading in table.headings)
    return Parsed(headings, _rows(table, name, checked.renamed), tuple(news), table.said)


def rows(data: bytes, source: Source, *, name: str) -> Iterator[RawRow]:
    """The rows alone."""
    return parse(data, source, name=name).rows


def _rows(table: Table, name: str, renamed: Mapping[str, str]) -> Iterator[RawRow]:
    for number, (line, cells, damage) in enumerate(table.rows, start=1):
        if number > MAX_ROWS:
            raise UnreadableList(
                f"{name}, line {line}: the list has more than {MAX_ROWS} rows, which no list of places has. "
                "Nothing was changed. Open the file to see what it is, or ask the sender for the list alone."
            )
        if renamed:
            cells = {renamed.get(heading, heading): text for heading, text in cells.items()}
        if damage is None and max(map(len, cells.values()), default=0) > LONGEST_CELL:
            damage = Code.LONG_CELL
        yield RawRow(line, cells, damage)
