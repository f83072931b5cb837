"""JSON: an array of objects, or an object that holds such an array under a path; read like JSON lines."""

from __future__ import annotations

import json

from directory.errors import UnreadableList
from directory.sync.formats import encoding, jsonl
from directory.sync.formats.table import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["array", "parsed", "read"]


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The objects of the array; what is no object becomes a damaged row. The line of a row is its number."""
    written = encoding.find(data, layout.encoding or "utf-8", name)
    found = array(parsed(data, written, name), layout.records)
    if found is None:
        where = f"under {layout.records!r}" if layout.records else "at its top"
        raise UnreadableList(
            f"{name}: this JSON has no array of objects {where}. Nothing was changed. "
            "Open the file to see where the places stand, and write the key under `format` in the source file, "
            "such as `records: data`; or ask the sender for the list as a spreadsheet."
        )
    headings = {jsonl.heading(key): None for item in found if isinstance(item, dict) for key in item}
    return Table(tuple(headings), map(_row, range(1, len(found) + 1), found), f"JSON, {written.said}")


def array(plain: object, records: str | None) -> list[object] | None:
    """The array at a path such as `data` or `data.places`; None when none stands there."""
    for key in records.split(".") if records else ():
        plain = plain.get(key) if isinstance(plain, dict) else None
    return plain if isinstance(plain, list) else None


def parsed(data: bytes, written: encoding.Encoding, name: str) -> object:
    """The value that the bytes hold; UnreadableList names the line that is no JSON."""
    try:
        found: object = json.load(encoding.open_text(data, written), object_pairs_hook=jsonl.once_each)
        return found
    except (ValueError, RecursionError) as error:
        raise UnreadableList(
            f"{name}, line {getattr(error, 'lineno', 1)}: this is not JSON, or it is damaged. Nothing was changed. "
            "Open the file to see what it is, or ask the sender for it again."
        ) from error


def _row(number: int, item: object) -> Cells:
    if not isinstance(item, dict) or jsonl.too_deep(item, jsonl.DEEPEST):
        return number, {"": json.dumps(item)[:200] if not isinstance(item, dict) else ""}, Code.DAMAGED_ROW
    return number, dict(jsonl.flat(item)), None
