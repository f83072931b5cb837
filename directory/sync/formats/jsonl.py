"""JSON lines: one object a line; nested values become paths such as `phones[0].number`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from directory.errors import UnreadableList
from directory.sync.formats import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["read"]


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
        plain = json.loads(record)
    except (json.JSONDecodeError, RecursionError):
        plain = None
    if not isinstance(plain, dict):
        if first:
            raise _unreadable(name, line)
        return line, {"": record}, Code.DAMAGED_ROW
    headings.update(dict.fromkeys(plain))
    return line, dict(_flat("", plain)), None


def _unreadable(name: str, line: int) -> UnreadableList:
    return UnreadableList(
        f"{name}, line {line}: this is not a list of JSON lines (one object a line). Nothing was changed. "
        "Open the file to see what it is, or ask the sender for it again."
    )


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(f"{path}.{key}" if path else key, item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _flat(f"{path}[{number}]", item)
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, str(value)
