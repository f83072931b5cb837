"""HSDS 3: JSON (a list, a page, one object, or one a line) and the tabular data package as a zip."""

from __future__ import annotations

from collections.abc import Iterator

from directory.errors import UnreadableList
from directory.sync.formats.hsds.rows import rows_of
from directory.sync.formats.hsds.tables import packaged
from directory.sync.formats.records import records
from directory.sync.formats.table import Cells, Table
from directory.sync.problems import Code
from directory.sync.source import Layout

__all__ = ["read"]


def read(data: bytes, layout: Layout, name: str) -> Table:
    """A row for each service at each place; UnreadableList when the bytes are neither JSON nor a data package."""
    if data.startswith(b"PK"):
        return Table(("id",), _rows(packaged(data, name), name))
    return Table(("id",), _rows(records(_text(data, layout, name), name), name))


def _text(data: bytes, layout: Layout, name: str) -> str:
    try:
        return data.decode(layout.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise UnreadableList(
            f"{name}, line {line}: the text is not UTF-8, so it cannot be read without guessing. Nothing was changed. "
            "Ask the sender for it as UTF-8, or name its encoding in the source file."
        ) from error


def _rows(found: Iterator[tuple[int, object, bool]], name: str) -> Iterator[Cells]:
    count = 0
    for line, record, twice in found:
        rows = list(rows_of(record)) if isinstance(record, dict) else []
        for cells in rows if rows and not twice else [{"": str(record)[:200]}] if twice else []:
            count += 1
            yield line, cells, Code.DAMAGED_ROW if twice else None
    if not count:
        raise UnreadableList(
            f"{name}, line 1: there is no service and no organization in it, so this is not a list of HSDS 3. "
            "Nothing was changed. Ask the sender for full services, or for the tabular data package as a zip."
        )
