"""Which character separates the columns of a list, when it is not the one that its source names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from directory.errors import ChangedHeadings, UnreadableList
from directory.sync.formats import csv
from directory.sync.source import Source

__all__ = ["refuse_another_delimiter"]

_NAMES: Mapping[str, str] = {",": "a comma ( , )", ";": "a semicolon ( ; )", "\t": "a tab", "|": "a bar ( | )"}
_WRITTEN: Mapping[str, str] = {"\t": "\\t"}


def refuse_another_delimiter(data: bytes, headings: tuple[str, ...], source: Source, name: str) -> None:
    """ChangedHeadings when another character than the source's cuts the heading line into the columns it knows."""
    own = source.layout.delimiter
    known = len(source.known.intersection(headings))
    for other in _NAMES:
        found = len(source.known.intersection(_headings(data, source, name, other))) if other != own else 0
        if found > known and 2 * found >= len(source.required):
            raise ChangedHeadings(
                f"{name}: the columns are separated by {_NAMES[other]}, and {source.title} names "
                f"{_NAMES.get(own, repr(own))}. Nothing was changed. If the sender always does so, write "
                f'`delimiter: "{_WRITTEN.get(other, other)}"` under `format` in {source.id}.yml; '
                f"else open the list in Excel, save it as CSV with {_NAMES.get(own, repr(own))} and give that file."
            )


def _headings(data: bytes, source: Source, name: str, delimiter: str) -> tuple[str, ...]:
    try:
        return csv.read(data, replace(source.layout, delimiter=delimiter), name).headings
    except UnreadableList:
        return ()
