"""What a file is by its bytes, whatever its name says: a list of another kind is refused by what it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from directory.errors import UnreadableList
from directory.sync.source import Source

__all__ = ["refuse_another_kind"]

_HEAD = 4096


@dataclass(frozen=True)
class _Kind:
    """What the file is, what to do about it (`{wanted}` is how to save it), and the `kind` in source files if one."""

    said: str
    do: str = "Ask the sender for the list as a spreadsheet (CSV or Excel)."
    kind: str | None = None


_OPEN = (
    "Open it in Excel, see that its columns are right, save the sheet with the places as {wanted} and give that file"
)
_CSV = _Kind("a text file with columns (CSV)", _OPEN, "csv")
_XLSX = _Kind("an Excel workbook (.xlsx)", _OPEN, "xlsx")
_JSONL = _Kind("a list of JSON lines", kind="jsonl")
_JSON = _Kind("JSON, but not one object a line", "Ask the sender for the list as JSON lines, or as a spreadsheet.")
_PDF = _Kind("a PDF", "A PDF has no columns: ask the sender for the list as a spreadsheet (CSV or Excel).")
_PICTURE = _Kind("a picture")
_OLD = _Kind("an old Office file (.xls or .doc), or one with a password", f"{_OPEN}, without a password.")
_ODS = _Kind("an OpenDocument spreadsheet (.ods)", f"{_OPEN}.")
_PACKED = _Kind("a packed file", "Unpack it and give the list that is in it.")
_PAGE = _Kind(
    "a web page (HTML)",
    "Perhaps a page to sign in was saved instead of the list: open the address in a browser, download the list itself "
    "and give that file.",
)
_NAMES: Mapping[str, str] = {"csv": _CSV.said, "xlsx": _XLSX.said, "jsonl": _JSONL.said}
_SAVE: Mapping[str, str] = {"csv": "CSV UTF-8", "xlsx": "Excel workbook (.xlsx)", "jsonl": "JSON lines"}

_SIGNS: tuple[tuple[bytes, _Kind], ...] = (
    (rb"\s*%PDF-", _PDF),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)", _PICTURE),
    (rb"\{\\rtf", _Kind("a text document (RTF)")),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf", _PACKED),
)
_PARTS: tuple[tuple[str, _Kind], ...] = (
    ("xl/", _XLSX),
    ("word/", _Kind("a Word document (.docx)")),
    ("ppt/", _Kind("a presentation (.pptx)")),
    ("content.xml", _ODS),
)
_WEB_PAGE = re.compile(r"(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype html|html|head|body|meta|script)\b", re.I | re.S)
_OBJECT = re.compile(r'\{\s*"')
_OTHER_JSON = re.compile(r'\{\s*$|\[\s*(?:[\[{"]|$)')


def refuse_another_kind(data: bytes, source: Source, name: str) -> None:
    """UnreadableList when the bytes are surely something else than the source says."""
    wanted = source.layout.kind
    found = _kind(data)
    if found is None or found.kind == wanted:
        return
    do = found.do.format(wanted=_SAVE[wanted]) if found.kind != "jsonl" else "Ask the sender for the usual list"
    if found.kind:
        do += f"; if they always send it so, write `kind: {found.kind}` under `format` in {source.id}.yml."
    raise UnreadableList(
        f"{name}: this is {found.said}, but {source.title} is read from {_NAMES[wanted]}. Nothing was changed. {do}"
    )


def _kind(data: bytes) -> _Kind | None:
    head = data[:_HEAD]
    for sign, kind in _SIGNS:
        if re.match(sign, head, re.S):
            return kind
    return _archive(data) if head.startswith(b"PK\x03\x04") else _text(head)


def _archive(data: bytes) -> _Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.casefold().lstrip("/") for name in archive.namelist()]
    except (zipfile.BadZipFile, LookupError, ValueError, OSError, RuntimeError):
        return None  # torn; who reads it says so
    found = next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), None)
    return found or (None if "[content_types].xml" in names else _PACKED)


def _text(head: bytes) -> _Kind | None:
    """What a text is; None for bytes that are no text, and for a text that may be anything."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", errors="ignore").lstrip()
    first = text.partition("\n")[0].rstrip()
    if _WEB_PAGE.match(text):
        return _PAGE
    if _OBJECT.match(first):
        return _JSONL
    if _OTHER_JSON.match(first):
        return _JSON
    columns = max(map(first.count, ",;\t|"))
    return _CSV if columns >= 2 and first.replace("\t", " ").isprintable() else None
