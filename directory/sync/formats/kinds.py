"""What a file is by its bytes, whatever its name says: a list of another kind is refused by what it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from directory.errors import UnreadableList
from directory.sync.source import Source

__all__ = ["Kind", "kind_of", "refuse_another_kind", "to_do"]

_HEAD = 4096


@dataclass(frozen=True)
class Kind:
    """What a file is, what to do about it (`{wanted}` is how to save it), and the `kind` in source files if one."""

    said: str
    do: str = "Ask the sender for the list as a spreadsheet (CSV or Excel)."
    kind: str | None = None


_OPEN = (
    "Open it in Excel, see that its columns are right, save the sheet with the places as {wanted} and give that file"
)
_CSV = Kind("a text file with columns (CSV)", _OPEN, "csv")
_XLSX = Kind("an Excel workbook (.xlsx)", _OPEN, "xlsx")
_USUAL = "Ask the sender for the usual list"
_JSONL = Kind("a list of JSON lines", _USUAL, "jsonl")
_JSON = Kind("JSON, but not one object a line", _USUAL, "json")
_FHIR = Kind("FHIR resources", _USUAL, "fhir")
_HSDS = Kind("an HSDS data package", _USUAL, "hsds")
_PDF = Kind("a PDF", _USUAL, "pdf")
_PICTURE = Kind("a picture")
_OLD = Kind("an old Office file (.xls or .doc)", f"{_OPEN}.")
_LOCKED = Kind("an Office file with a password", "Ask the sender for it without a password.")
_ODS = Kind("an OpenDocument spreadsheet (.ods)", f"{_OPEN}.")
_PACKED = Kind("a packed file", "Unpack it and give the list that is in it.")
_PAGE = Kind(
    "a web page (HTML)",
    "Perhaps a page to sign in was saved instead of the list: open the address in a browser, download the list itself "
    "and give that file.",
)
_NAMES: Mapping[str, str] = {
    kind.kind: kind.said for kind in (_CSV, _XLSX, _JSONL, _FHIR, _HSDS, _PDF) if kind.kind
} | {"json": "JSON"}
_SAVE: Mapping[str, str] = {"csv": "CSV UTF-8", "xlsx": "Excel workbook (.xlsx)", "pdf": "PDF"}
# What one kind is read from beside itself: they are told apart by their content, not by their first bytes.
_ALSO: Mapping[str, frozenset[str]] = {
    "json": frozenset({"jsonl", "fhir"}),
    "jsonl": frozenset({"fhir"}),
    "fhir": frozenset({"json", "jsonl"}),
    "hsds": frozenset({"json", "jsonl"}),
}

_SIGNS: tuple[tuple[bytes, Kind], ...] = (
    (rb"\s*%PDF-", _PDF),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)", _PICTURE),
    (rb"\{\\rtf", Kind("a text document (RTF)")),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf", _PACKED),
)
_PARTS: tuple[tuple[str, Kind], ...] = (
    ("datapackage.json", _HSDS),
    ("xl/", _XLSX),
    ("word/", Kind("a Word document (.docx)")),
    ("ppt/", Kind("a presentation (.pptx)")),
    ("content.xml", _ODS),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = re.compile(r"(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype html|html|head|body|meta|script)\b", re.I | re.S)
_OBJECT = re.compile(r'\{\s*"')
_OTHER_JSON = re.compile(r'\{\s*$|\[\s*(?:[\[{"]|$)')


def refuse_another_kind(data: bytes, source: Source, name: str) -> None:
    """UnreadableList when the bytes are surely something else than the source says."""
    wanted = source.layout.kind
    found = kind_of(data)
    if found is None or found.kind == wanted or found.kind in _ALSO.get(wanted, ()):
        return
    if found is _PACKED and wanted in ("hsds", "fhir"):  # tables or one file for each type; who reads it says the rest
        return
    do = found.do.format(wanted=_SAVE.get(wanted, "the usual kind of file"))
    if found.kind:
        do += f"; if they always send it so, write `kind: {found.kind}` under `format` in {source.id}.yml."
    raise UnreadableList(
        f"{name}: this is {found.said}, but {source.title} is read from {_NAMES[wanted]}. Nothing was changed. {do}"
    )


def to_do(found: Kind) -> str:
    """What to do about a file of that kind where nothing is known of the list yet."""
    return found.do.format(wanted=_SAVE["xlsx"]).rstrip(".") + "."


def kind_of(data: bytes) -> Kind | None:
    """What the bytes are; None for a text that may be anything, and for an archive that is torn."""
    head = data[:_HEAD]
    for sign, kind in _SIGNS:
        if re.match(sign, head, re.S):
            return _LOCKED if kind is _OLD and _ENCRYPTED in data else kind
    return _archive(data) if head.startswith(b"PK\x03\x04") else _text(head)


def _archive(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.casefold().lstrip("/") for name in archive.namelist()]
    except (zipfile.BadZipFile, LookupError, ValueError, OSError, RuntimeError):
        return None  # torn; who reads it says so
    found = next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), None)
    return found or (None if "[content_types].xml" in names else _PACKED)


def _text(head: bytes) -> Kind | None:
    """What a text is; None for bytes that are no text, and for a text that may be anything."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", errors="ignore").lstrip("\ufeff \t\r\n")
    first = text.partition("\n")[0].rstrip()
    if _WEB_PAGE.match(text):
        return _PAGE
    if _OBJECT.match(first) or _OTHER_JSON.match(first):
        return _FHIR if '"resourceType"' in text else _JSONL if _OBJECT.match(first) else _JSON
    columns = max(map(first.count, ",;\t|"))
    return _CSV if columns >= 2 and first.replace("\t", " ").isprintable() else None
