"""A sheet that came back: its rows under the names of our columns, whatever Excel or LibreOffice made of the file."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.errors import UnreadableList
from directory.folding import unaccented
from directory.sync.formats import csv, delimiter, encoding, kinds, xlsx
from directory.sync.source import Layout

__all__ = ["Row", "Sheet", "plain", "reread"]

_COLUMNS: Mapping[str, str] = {
    "id": "id", "key": "id", "clave": "id",
    "english": "en", "ingles": "en",
    "spanish": "es", "espanol": "es",
    "newenglish": "new_en", "nuevoingles": "new_en", "inglesnuevo": "new_en",
    "newspanish": "new_es", "nuevoespanol": "new_es", "espanolnuevo": "new_es",
    "reviewer": "reviewer", "reviewedby": "reviewer", "revisor": "reviewer", "revisora": "reviewer",
    "day": "day", "date": "day", "dia": "day", "fecha": "day",
    "note": "note", "notes": "note", "nota": "note", "notas": "note",
}  # fmt: skip
_TOP = 10
"""So many lines may stand above the headings."""
_MOST_BYTES = 12_000_000
"""Of a sheet, unpacked: one with every text has some three million, and a larger one would be read for minutes."""
# What a spreadsheet or a phone makes of plain signs; quotation marks that lean would also make a text message dearer.
_SIGNS = str.maketrans({
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u2026": "...", "\u00a0": " ",
    "\u202f": " ", "\u2011": "-", "\u00ad": None, "\u200b": None, "\ufeff": None, "\r": None,
})  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the sheet; `cells` holds id, en, es, new_en, new_es, reviewer, day and note, as far as they stand."""

    line: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """That cell; empty where the sheet has no such column."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Sheet:
    """The columns that were found, and the rows that are not empty."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


def plain(text: str) -> str:
    """A text with plain signs and its spaces tidied, so that what a spreadsheet did to it does not count."""
    lines = unicodedata.normalize("NFC", text.translate(_SIGNS).replace("_x000D_", "")).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def reread(file: Path) -> Sheet:
    """The rows of a CSV or XLSX file; UnreadableList when it is none or lacks the columns ID and English or Spanish."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableList(
            f"{file} cannot be read ({error.strerror}). Nothing was changed. Look at the name."
        ) from error
    _refuse_outsize(data, file.name)
    found = _lines(data, file.name)
    for _, cells in zip(range(_TOP), found, strict=False):
        columns = {number: name for number, cell in enumerate(cells[1]) if (name := _COLUMNS.get(_key(cell)))}
        if "id" in columns.values() and {"en", "es"} & set(columns.values()):
            return Sheet(frozenset(columns.values()), tuple(_rows(found, columns)))
    raise UnreadableList(
        f"{file.name}: the columns ID and Spanish (or English) are not in the first {_TOP} lines, so nobody knows "
        "which texts are meant. Nothing was changed. Write a sheet with `puente texts export` and keep its headings."
    )


def _refuse_outsize(data: bytes, name: str) -> None:
    """UnreadableList for what holds more than any sheet of texts; what is torn is told by whoever reads it."""
    size = len(data)
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                size = sum(part.file_size for part in archive.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            return
    if size > _MOST_BYTES:
        raise UnreadableList(
            f"{name}: this is more than {_MOST_BYTES // 1_000_000} MB when unpacked, which no sheet of texts is. "
            "Nothing was changed. Copy the rows with texts alone into a new file and give that."
        )


def _lines(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    kind = kinds.kind_of(data)
    if kind and kind.kind not in ("csv", "xlsx"):
        raise UnreadableList(
            f"{name}: this is {kind.said}. Nothing was changed. "
            "Open it in Excel or LibreOffice, save it as Excel workbook (.xlsx) and give that file."
        )
    if (kind and kind.kind == "xlsx") or data.startswith(b"PK"):
        return iter(xlsx.lines(data, Layout("xlsx"), name))
    written = encoding.find(data, None, name)
    between = delimiter.guess(data, written, Layout("csv"), anywhere=True)
    return ((line, cells) for line, cells, _ in csv.lines(data, written, between, name))


def _rows(lines: Iterator[tuple[int, list[str]]], columns: Mapping[int, str]) -> Iterator[Row]:
    for line, cells in lines:
        named = {name: plain(cells[number]) for number, name in columns.items() if number < len(cells)}
        if any(named.values()):
            yield Row(line, named)


def _key(heading: str) -> str:
    return re.sub(r"[^a-z]", "", unaccented(heading.casefold()))
