"""What a camera reads: a QR code drawn as black squares, so that it stays sharp at any size."""

from __future__ import annotations

import io
from collections.abc import Iterator

import segno

__all__ = ["QUIET", "matrix", "runs", "svg"]

QUIET = 4
"""Modules of white that a reader needs around the code."""


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code of that text, row by row, True where it is black; one that is read when a seventh of it is dirty."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def runs(rows: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """The black of each row as column, row and width, in modules."""
    for number, row in enumerate(rows):
        start = None
        for column, black in enumerate((*row, False)):
            if black and start is None:
                start = column
            if not black and start is not None:
                yield start, number, column - start
                start = None


def svg(text: str) -> bytes:
    """The code of that text as a picture for a page, black on white whatever the page's colors are."""
    made = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(made, kind="svg", scale=4, border=QUIET, dark="#000", light="#fff")
    return made.getvalue()
