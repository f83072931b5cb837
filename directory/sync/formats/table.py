"""What every reader gives: the headings of a list and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from directory.sync.problems import Code

__all__ = ["Cells", "Table"]

Cells = tuple[int, "dict[str, str]", "Code | None"]
"""Line, heading -> text, and what was wrong with the row as a whole."""


@dataclass(frozen=True)
class Table:
    """The headings of a list and its rows, read once; `said` tells a person what kind of file it is."""

    headings: tuple[str, ...]
    rows: Iterator[Cells]
    said: str = ""
