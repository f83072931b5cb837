"""Reads the tables of a PDF in a process of its own: bytes on stdin -> one JSON object a page on stdout.

A PDF can be made to eat memory or time without end, and what reads it cannot be told to stop. So it is read here,
apart, with a limit on both that the system keeps; the process imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

__all__ = ["main"]

_SLACK = 1.0
"""Points by which the lines of a drawn table may miss each other."""
_MOST_CHARACTERS = 100_000
"""On one page; a page set as tightly as can be read holds a tenth of that."""

_MOST_SAID = 100_000_000
"""Characters of all pages together, as they are told."""


def main(memory: int, seconds: int, pages: int) -> None:
    """Writes what each page holds, or one object with `refused`; ends by itself at the limits."""
    _limit(memory, seconds)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    left = _MOST_SAID
    for found in _read(sys.stdin.buffer.read(), pages):
        said = json.dumps(found)
        left -= len(said)
        sys.stdout.write((said if left > 0 else json.dumps({"refused": "characters"})) + "\n")
        if left <= 0:
            return


def _limit(memory: int, seconds: int) -> None:
    import resource

    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that has no such limit; the other one holds, and who waits gives up
            continue


def _read(data: bytes, most: int) -> Iterator[dict[str, object]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    reasons = ((PDFPasswordIncorrect, "locked"), (MemoryError, "memory"))
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > most:
                yield {"refused": "pages", "count": len(document.pages)}
                return
            for page in document.pages:
                yield _page(page)
                page.close()
    except PdfminerException as error:
        yield {"refused": next((why for kind, why in reasons if isinstance((*error.args, None)[0], kind)), "damaged")}
    except MemoryError:
        yield {"refused": "memory"}
    except Exception as error:  # whatever a torn file makes of the reader, the file is damaged
        yield {"refused": "damaged", "why": type(error).__name__}


def _page(page: Page) -> dict[str, object]:
    letters = page.chars
    if len(letters) > _MOST_CHARACTERS:
        return {"refused": "characters", "page": page.page_number}
    upright = sum(1 for letter in letters if letter["upright"])
    pictures = sum(abs(image["width"] * image["height"]) for image in page.images)
    return {
        "page": page.page_number,
        "letters": len(letters),
        "turned": len(letters) - upright > upright,
        "picture": pictures > 0.5 * float(page.width) * float(page.height),
        "tables": [_table(found) for found in page.find_tables()] if letters else [],
    }


def _table(found: Table) -> list[list[str]]:
    """The texts of a table; a cell that stands over several rows or columns is told in each of them."""
    texts = found.extract()
    boxes = [row.cells for row in found.rows]
    edges = [_edge(boxes, column) for column in range(len(boxes[0]) if boxes else 0)]
    for line, row in enumerate(boxes):
        bottom = found.rows[line].bbox[3]
        for column, box in enumerate(row):
            if box is None:
                texts[line][column] = _shared(boxes, texts, line, column, bottom, edges)
    return [[text or "" for text in row] for row in texts]


def _edge(boxes: list[list[tuple[float, float, float, float] | None]], column: int) -> float:
    """Where a column ends: the leftmost end of the cells that begin in it."""
    return min((row[column][2] for row in boxes if column < len(row) and row[column]), default=0.0)  # type: ignore[index]


def _shared(
    boxes: list[list[tuple[float, float, float, float] | None]], texts: list[list[str | None]], line: int, column: int,
    bottom: float, edges: list[float],
) -> str:  # fmt: skip
    """The text of the cell that reaches into this place from above or from the left; none where nothing does."""
    above = next((row for row in range(line - 1, -1, -1) if boxes[row][column]), None)
    if above is not None and boxes[above][column][3] >= bottom - _SLACK:  # type: ignore[index]
        return texts[above][column] or ""
    left = next((item for item in range(column - 1, -1, -1) if boxes[line][item]), None)
    if left is not None and boxes[line][left][2] >= edges[column] - _SLACK:  # type: ignore[index]
        return texts[line][left] or ""
    return ""


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
