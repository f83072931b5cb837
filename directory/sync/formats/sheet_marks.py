"""What a sheet says of its rows and columns beside their texts: merged cells, hidden rows, hidden columns.

The reader that streams a sheet leaves these out, and the one that keeps them holds the whole sheet in memory; so the
tags are looked for in the XML itself, a part at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

__all__ = ["Marks", "Merge", "fill", "marks"]

_PART = 1 << 20
_LONGEST_TAG = 4096
_TAG = re.compile(rb"<(?:\w+:)?(row|col|mergeCell)(\s[^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_MOST = 100_000
_WIDEST = 16_384


@dataclass(frozen=True)
class Merge:
    """Cells shown as one, from row and column `top`, `left` (from 1) to `bottom`, `right`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Marks:
    """The merged cells by their first row, the hidden rows and columns (from 1), and the last row."""

    merges: tuple[Merge, ...] = ()
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    last: int = 0


def marks(stream: IO[bytes]) -> Marks:
    """The marks of a sheet's XML; ValueError for more of them than any list has."""
    merges: list[Merge] = []
    rows: set[int] = set()
    columns: set[int] = set()
    last = 0
    for tag, said in _tags(stream):
        if tag == b"mergeCell":
            merges.append(_merge(said.get(b"ref", b"").decode("ascii", "replace")))
        elif tag == b"row":
            last = int(said.get(b"r", last + 1))
            rows.update([last] if _true(said) else [])
        elif _true(said):
            columns.update(range(int(said[b"min"]), min(int(said[b"max"]), _WIDEST) + 1))
        if len(merges) > _MOST:
            raise ValueError("more merged cells than any list has")
    merges.sort(key=lambda merge: (merge.top, merge.left))
    return Marks(tuple(merges), frozenset(rows), frozenset(columns), last)


def _tags(stream: IO[bytes]) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
    left = b""
    while part := stream.read(_PART):
        text = left + part
        end = 0
        for found in _TAG.finditer(text):
            end = found.end()
            yield found[1], dict(_ATTRIBUTE.findall(found[2]))
        # A tag may be cut in two by the end of the part; what was read already is not read again.
        left = text[max(end, len(text) - _LONGEST_TAG) :]


def _true(said: dict[bytes, bytes]) -> bool:
    return said.get(b"hidden") in (b"1", b"true")


def _merge(text: str) -> Merge:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ValueError(f"no range of cells: {text[:40]}")
    left, top, right, bottom = found.groups()
    return Merge(int(top), _column(left), int(bottom or top), _column(right or left))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def fill(
    lines: Iterable[tuple[int, list[str]]], merges: tuple[Merge, ...], most: int
) -> Iterator[tuple[int, list[str]]]:
    """The lines with the text of merged cells in each of them, down and to the right.

    ValueError when more than `most` cells would be filled: merged cells that lie on each other are no work of Excel.
    """
    waiting = list(reversed(merges))
    open_now: list[tuple[Merge, str]] = []
    widest = 0
    for line, cells in lines:
        widest = max(widest, len(cells))
        open_now = [item for item in open_now if item[0].bottom >= line]
        while waiting and waiting[-1].top <= line:
            merge = waiting.pop()
            if merge.top == line and merge.left <= len(cells):
                open_now.append((merge, cells[merge.left - 1]))
        for merge, text in open_now:
            # A row may end before the merged cell does; no row is made wider than the table is.
            last = min(merge.right, widest)
            cells += [""] * (last - len(cells))
            most -= 1 + max(0, last - merge.left)
            if most < 0:
                raise ValueError("more merged cells than any list has")
            cells[merge.left - 1 : last] = [text] * (last - merge.left + 1)
        yield line, cells
