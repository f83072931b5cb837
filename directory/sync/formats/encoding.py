"""Which encoding a text has: as the source file says, else as its bytes say; never half right."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass

from directory.errors import UnreadableList

__all__ = ["LONGEST_LINE", "Encoding", "find", "misfit", "named", "open_text"]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAID = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
_PART = 1 << 20
LONGEST_LINE = 1 << 20
"""Letters of a line that are read at once; no row of places is as long; one that is gets cut and told as damaged."""
# Letters with accents as each code page writes them, beside a plain letter: "Niño" is Ni\xf1o or Ni\x96o.
_HIGH = re.compile(rb"[\x80-\xff]")
# What only UTF-8 writes: a letter of Spanish, or a quotation mark or dash of a word processor. Read as Windows-1252
# these are "Ã±" and "â€™", which stand in no list.
_UTF_8 = re.compile(
    rb"\xc3[\x81\x89\x8d\x91\x93\x9a\x9c\xa1\xa9\xad\xb1\xb3\xba\xbc]|\xe2\x80[\x93\x94\x98\x99\x9c\x9d\xa6]"
)
_WINDOWS = re.compile(rb"[a-zA-Z][\xe1\xe9\xed\xf3\xfa\xf1\xfc]|[\xe1\xe9\xed\xf3\xfa\xf1\xfc][a-zA-Z]")
_MAC = re.compile(rb"[a-z][\x87\x8e\x9c\xd5]|[\x87\x8e\x9c\xd5][a-z]")


@dataclass(frozen=True)
class Encoding:
    """An encoding that every byte of the text fits; `start` is where the text begins after its marks."""

    name: str
    start: int = 0

    @property
    def said(self) -> str:
        """The name for a person."""
        return _SAID.get(self.name, self.name)


def find(data: bytes, wanted: str | None, name: str) -> Encoding:
    """The encoding of the whole text; UnreadableList names the line that does not fit."""
    if wanted is not None:
        return _checked(data, named(data, wanted), name)
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    bare = marked or _without_mark(data)
    if bare:
        return _checked(data, named(data, bare), name)
    try:
        return _checked(data, Encoding("utf-8"), name)
    except UnreadableList:
        if b"\0" in data or _UTF_8.search(data):
            raise  # lines of two encodings: read as either, some would be wrong
        return Encoding(_code_page(data))


def open_text(data: bytes, encoding: Encoding, newline: str = "") -> io.TextIOWrapper:
    """The text as a stream that decodes as it is read: the bytes are shared, not copied."""
    stream = io.BytesIO(data)
    stream.seek(encoding.start)
    # Every byte was looked at before; only a code page has bytes that are no letter, and those are told as such.
    return io.TextIOWrapper(stream, encoding.name, errors="replace", newline=newline)


def named(data: bytes, wanted: str) -> Encoding:
    """The encoding of that name, without a mark of its own: a byte order mark (U+FEFF) may stand there twice."""
    try:
        plain = codecs.lookup(wanted).name
    except LookupError:
        return Encoding(wanted)
    if plain == "utf-16":
        plain = "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    plain = plain.replace("utf-8-sig", "utf-8")
    mark = next((mark for mark, encoding in _MARKS if encoding == plain), None)
    start = 0
    while mark and data.startswith(mark, start):
        start += len(mark)
    return Encoding(plain, start)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that lost its mark shows it: every other byte of plain letters is empty."""
    head = data[:4096]
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if half and not even and odd > half * 0.6:
        return "utf-16-le"
    return "utf-16-be" if half and not odd and even > half * 0.6 else None


def _code_page(data: bytes) -> str:
    """Spreadsheets of the clinics' time save "CSV" in the code page of Windows; an old Mac has one of its own."""
    first = _HIGH.search(data)
    part = data[max(0, first.start() - 1) : first.start() + _PART] if first else b""
    windows, mac = len(_WINDOWS.findall(part)), len(_MAC.findall(part))
    return "mac_roman" if mac and not windows else "cp1252"


def misfit(data: bytes, encoding: Encoding) -> int | None:
    """The line of the first byte that is no text in that encoding; None when all of them are."""
    read = 0
    try:
        decoder = codecs.getincrementaldecoder(encoding.name)()
        view = memoryview(data)[encoding.start :]
        for read in range(0, len(view) or 1, _PART):
            decoder.decode(view[read : read + _PART], final=read + _PART >= len(view))
    except (UnicodeDecodeError, LookupError) as error:
        return data.count(b"\n", 0, encoding.start + read + getattr(error, "start", 0)) + 1
    return None


def _checked(data: bytes, encoding: Encoding, name: str) -> Encoding:
    line = misfit(data, encoding)
    if line is not None:
        raise UnreadableList(
            f"{name}, line {line}: the text is not {encoding.said}, so it cannot be read without "
            "guessing. Nothing was changed. "
            "Save the list again as CSV UTF-8, or name its encoding in the source file."
        )
    return encoding
