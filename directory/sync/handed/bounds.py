"""How much a handed-in file may hold: what is beyond it would take minutes and memory, and is no list of places.

Counted on the bytes, before anything is read as a list; what the command line takes as it streams may be larger.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from directory.errors import UnreadableList
from directory.sync.formats.encoding import LONGEST_LINE
from directory.sync.incoming import Incoming

__all__ = ["MOST_CELLS", "MOST_LINES", "MOST_OBJECTS", "MOST_PARTS", "refuse_outsize"]

MOST_LINES = 300_000
"""The 211 lists of the whole state have some 200,000 rows together."""
MOST_CELLS = 3_000_000
MOST_OBJECTS = 600_000
MOST_PARTS = 5_000
"""Files in an archive; a workbook has some twenty."""
_MOST_UNPACKED = 100_000_000
_END = b"PK\x05\x06"
_FAR = 65_557
"""Bytes before the end of an archive within which its last record begins."""
_LONG = re.compile(rb"[^\r\n]{%d}" % LONGEST_LINE)
_TORN = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError)


def refuse_outsize(found: Incoming) -> None:
    """UnreadableList for a file that holds more than any list of places does."""
    data = found.data
    if data.startswith(b"PK"):
        _archive(found)
    elif not data.lstrip()[:5].startswith(b"%PDF-"):
        _text(found)


def _archive(found: Incoming) -> None:
    if _parts(found.data) > MOST_PARTS:
        raise _outsize(found, f"more than {MOST_PARTS} files packed together")
    try:
        with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise _outsize(found, f"more than {_MOST_UNPACKED // 1_000_000} MB when unpacked")
            cells = sum(_cells(archive, part.filename) for part in archive.infolist())
    except _TORN:
        return  # whoever reads it says that it is torn
    if cells > MOST_CELLS:
        raise _outsize(found, f"more than {MOST_CELLS // 1_000_000} million cells")


def _parts(data: bytes) -> int:
    """How many files the archive holds, by what it says and by how long its table of them is, without reading that."""
    at = data.rfind(_END, max(0, len(data) - _FAR))
    if not 0 <= at <= len(data) - 22:
        return 0
    said, table = struct.unpack_from("<HI", data, at + 10)
    return max(int(said), int(table) // _LONGEST_ENTRY)


_LONGEST_ENTRY = 400
"""Bytes that the table has for one file: 46 and its name."""


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    """The cells of a sheet, empty ones too, counted as it is unpacked."""
    if not name.casefold().lstrip("/").startswith("xl/worksheets/"):
        return 0
    count = 0
    with archive.open(name) as stream:
        while part := stream.read(1 << 20):
            count += part.count(b"<c")
    return count


def _text(found: Incoming) -> None:
    data = found.data.replace(b"\0", b"") if b"\0" in found.data[:4096] else found.data
    if _LONG.search(data) and data.lstrip()[:1] not in (b"{", b"["):
        raise _outsize(found, f"a line of more than {LONGEST_LINE // 1_000_000} million letters")
    if data.lstrip()[:1] in (b"{", b"["):
        if data.count(b"{") > MOST_OBJECTS:
            raise _outsize(found, f"more than {MOST_OBJECTS} objects")
        return
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise _outsize(found, f"more than {MOST_LINES} lines")
    if max(data.count(mark) for mark in (b",", b";", b"\t", b"|")) > MOST_CELLS:
        raise _outsize(found, f"more than {MOST_CELLS // 1_000_000} million cells")


def _outsize(found: Incoming, what: str) -> UnreadableList:
    return UnreadableList(
        f"{found.name}: this has {what}, which no list of places has. Nothing was changed. "
        "Look whether it is the right file, or ask the sender for the list alone."
    )
