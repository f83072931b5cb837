"""parse: bytes -> rows of text, nothing inferred; the headings are checked before any row is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from directory.errors import ChangedHeadings, EmptyList, UnreadableList
from directory.sync import fields, formats
from directory.sync.formats import Table
from directory.sync.formats.delimiter import refuse_another_delimiter
from directory.sync.formats.kinds import refuse_another_kind
from directory.sync.problems import Code
from directory.sync.source import Source

__all__ = ["LONGEST_CELL", "MAX_ROWS", "RawRow", "rows"]

MAX_ROWS = 200_000
"""More than all 211 lists of the state together."""
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


def rows(data: bytes, source: Source, *, name: str) -> Iterator[RawRow]:
    """The rows of a list; UnreadableList, EmptyList or ChangedHeadings before the first row if it is not that list."""
    refuse_another_kind(data, source, name)
    table = formats.read(data, source.layout, name)
    if source.layout.kind == "csv" and not source.required.issubset(table.headings):
        refuse_another_delimiter(data, table.headings, source, name)
    _check(table, source, name)
    return _rows(table, name)


def _rows(table: Table, name: str) -> Iterator[RawRow]:
    for number, (line, cells, damage) in enumerate(table.rows, start=1):
        if number > MAX_ROWS:
            raise UnreadableList(
                f"{name}, line {line}: the list has more than {MAX_ROWS} rows, which no list of places has. "
                "Nothing was changed. Open the file to see what it is, or ask the sender for the list alone."
            )
        long = any(len(text) > LONGEST_CELL for text in cells.values())
        yield RawRow(line, cells, damage or (Code.LONG_CELL if long else None))


def _check(table: Table, source: Source, name: str) -> None:
    if not table.headings:
        raise EmptyList(
            f"{name}, line {source.layout.heading_row}: the list is empty, so nothing was changed. "
            "Open the file to see that it has rows, or ask the sender for it again."
        )
    tops = _tops if source.layout.nested else set
    missing = sorted(tops(source.required) - set(table.headings))
    new = sorted(set(table.headings) - tops(source.known))
    if not missing and not new:
        return
    said = [f"{what}: {_told(names)}" for what, names in (("missing", missing), ("new", new)) if names]
    raise ChangedHeadings(
        f"{name}, line {source.layout.heading_row}: the headings are not those of {source.title} "
        f"({'; '.join(said)}). A column may have moved, so nothing was changed. "
        f"Compare with last time's list; then correct the list, or the columns in {source.id}.yml."
    )


def _told(headings: list[str]) -> str:
    """The headings for a person: a file that is no list may have thousands, each of any length."""
    told = [fields.excerpt(heading, 40) or "(a heading without letters)" for heading in headings[:10]]
    return ", ".join(told) + (f" and {len(headings) - 10} more" if len(headings) > 10 else "")


def _tops(paths: frozenset[str]) -> set[str]:
    """Of each JSON path the part that is a heading: its first key."""
    return {re.split(r"[.\[]", path)[0] for path in paths}
