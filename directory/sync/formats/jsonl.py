"""JSON lines: one object a line; nested values become paths such as `phones[0].number`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from directory.errors import UnreadableList
from directory.sync.formats import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["DEEPEST", "read"]

DEEPEST = 20
"""Levels of nesting; HSDS and FHIR need 9."""


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The objects in the bytes; a line that is none becomes a damaged row, the first such line refuses the list."""
    try:
        text = data.decode(layout.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise _unreadable(name, line) from error
    rows: list[Cells] = []
    headings: dict[str, None] = {}
    for line, record in enumerate(text.split("\n"), start=1):
        if record.strip():
            rows.append(_row(record, line, name, headings, first=not rows))
    return Table(tuple(headings), iter(rows))


def _row(record: str, line: int, name: str, headings: dict[str, None], *, first: bool) -> Cells:
    try:
        plain = json.loads(record, object_pairs_hook=_once_each)
        cells = dict(_flat("", plain, DEEPEST)) if isinstance(plain, dict) else None
    except (ValueError, RecursionError):
        cells = None
    if cells is None:
        if first:
            raise _unreadable(name, line)
        return line, {"": record}, Code.DAMAGED_ROW
    headings.update(dict.fromkeys(map(_whole, plain)))
    return line, cells, None


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """One object; ValueError when a key stands twice, because one of the two values would be lost unsaid."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _whole(text: str) -> str:
    """The text with a mark for half a character (a lone surrogate such as "\\ud83d"), which no database can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _unreadable(name: str, line: int) -> UnreadableList:
    return UnreadableList(
        f"{name}, line {line}: this is not a list of JSON lines (one object a line). Nothing was changed. "
        "Open the file to see what it is, or ask the sender for it again."
    )


def _flat(path: str, value: object, deeper: int) -> Iterator[tuple[str, str]]:
    if deeper < 0:
        raise RecursionError("nested too deep to be a list of places")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(f"{path}.{_whole(key)}" if path else _whole(key), item, deeper - 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _flat(f"{path}[{number}]", item, deeper - 1)
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, _whole(str(value))
