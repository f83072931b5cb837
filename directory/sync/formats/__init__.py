"""One reader for each format, `formats/<kind>.py`: bytes -> headings and rows of text."""

from __future__ import annotations

from importlib import import_module

from directory.sync.formats.looking import Look, look
from directory.sync.formats.table import Cells, Table
from directory.sync.source import Layout

__all__ = ["Cells", "Look", "Table", "look", "read"]


def read(data: bytes, layout: Layout, name: str) -> Table:
    """The table in the bytes; ListError when they are not what the layout says. A reader is loaded when it is used."""
    table: Table = import_module(f"{__name__}.{layout.kind}").read(data, layout, name)
    return table
