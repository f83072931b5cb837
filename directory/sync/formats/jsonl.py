"""JSON lines: one object a line; nested values become paths such as `phones[0].number`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from directory.errors import UnreadableList
from directory.sync.formats import encoding
from directory.sync.formats.table import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["DEEPEST", "flat", "heading", "once_each", "read", "too_deep"]

DEEPEST = 20
"""Levels of nesting; HSDS and FHIR need 9."""


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The objects in the bytes; a line that is none becomes a damaged row, the first such line refuses the list.

    The lines are read twice, once for their headings and once for their rows: no list is held in memory.
    """
    written = encoding.named(data, layout.encoding or "utf-8")
    if line := encoding.misfit(data, written):
        raise _unreadable(name, line)
    headings: dict[str, None] = {}
    first = True
    for line, record in _records(data, written):
        plain = _object(record)
        if plain is None and first:
            raise _unreadable(name, line)
        headings.update(dict.fromkeys(map(heading, plain or ())))
        first = False
    rows = (_row(line, record) for line, record in _records(data, written))
    return Table(tuple(headings), rows, f"JSON lines, {written.said}")


def _records(data: bytes, written: encoding.Encoding) -> Iterator[tuple[int, str]]:
    for line, record in enumerate(encoding.open_text(data, written, newline="\n"), start=1):
        if record.strip():
            yield line, record


def _row(line: int, record: str) -> Cells:
    plain = _object(record)
    return (line, {"": record}, Code.DAMAGED_ROW) if plain is None else (line, dict(flat(plain)), None)


def _object(record: str) -> dict[str, object] | None:
    """The object of a line; None when it is none, has a key twice, or is nested too deep."""
    try:
        plain = json.loads(record, object_pairs_hook=once_each)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) and not too_deep(plain, DEEPEST) else None


def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """One object; ValueError when a key stands twice, because one of the two values would be lost unsaid."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def too_deep(value: object, left: int) -> bool:
    """Whether a value is nested deeper than any place needs."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left < 0 or any(too_deep(item, left - 1) for item in inner if isinstance(item, (dict, list)))


def heading(text: str) -> str:
    """The text with a mark for half a character (a lone surrogate such as "\\ud83d"), which no database can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _unreadable(name: str, line: int) -> UnreadableList:
    return UnreadableList(
        f"{name}, line {line}: this is not a list of JSON lines (one object a line). Nothing was changed. "
        "Open the file to see what it is, or ask the sender for it again."
    )


def flat(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text in a nested value with the path that leads to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flat(item, f"{path}.{heading(key)}" if path else heading(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from flat(item, f"{path}[{number}]")
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, heading(str(value))
