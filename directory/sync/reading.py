"""Each field of a source as one function from a row to its value and what could not be taken, made once for a list.

Cells repeat within a list, so that what a short text says is worked out once and kept, as many as `KEPT` to a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar

from directory import phones
from directory.folding import spaced
from directory.model import PhoneKind, Tri
from directory.sync import fields
from directory.sync.parse import RawRow
from directory.sync.problems import Code
from directory.sync.source import Column, Source

__all__ = [
    "Field", "Note", "Notes", "Texts", "Words", "checked", "field", "hinted", "note", "phone_reader", "phrase_pattern",
]  # fmt: skip

T = TypeVar("T")
Texts = tuple[str, ...]
Note = tuple[str, Code, "str | None"]
Notes = tuple[Note, ...]
Read = Callable[[Texts], tuple[T, Notes]]
Field = Callable[[RawRow], tuple[T, Notes]]

KEPT = 2048
"""How many short texts of a field are kept with what they say."""
_SHORT = 200  # characters; a longer text hardly comes twice


@cache
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as whole words: "na" is not in "Chinatown"."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.I)


def note(field: str, code: Code, value: str | None = None) -> Note:
    """What could not be taken, with the beginning of what the list says there."""
    return field, code, fields.excerpt(value) if value else None


def _lines(column: Column, raw: Texts) -> Iterable[str]:
    """The texts; in a column that is cut each line is one, but for a wrapped one that is known whole."""
    if not column.split:
        return raw
    return (line for text in raw for line in (text.splitlines() if spaced(text) not in column.words else [text]))


def field(source: Source, name: str, read: Read[T]) -> Field[T]:
    """The field as `read` takes it from the texts of its columns, clean; from the default where all are empty."""
    column = source.columns.get(name)
    default = source.defaults.get(name)
    nothing = read((default,) if default else ())
    if column is None:
        return lambda row: nothing

    def worked_out(raw: Texts) -> tuple[T, Notes]:
        texts = tuple(filter(None, map(fields.clean, _lines(column, raw))))
        return read(texts) if texts else nothing

    return _of_columns(column, lru_cache(KEPT)(worked_out), worked_out, nothing)


def _of_columns(
    column: Column, kept: Callable[[Texts], tuple[T, Notes]], worked_out: Read[T], nothing: tuple[T, Notes]
) -> Field[T]:
    paths = tuple(part.path for part in column.parts)
    first = paths[0]

    def single(row: RawRow) -> tuple[T, Notes]:
        text = row.cells.get(first)
        if not text:
            return nothing
        return kept((text,)) if len(text) <= _SHORT else worked_out((text,))

    def several(row: RawRow) -> tuple[T, Notes]:
        raw = tuple(text for path in paths for text in row.texts(path))
        if not raw:
            return nothing
        return kept(raw) if sum(map(len, raw)) <= _SHORT else worked_out(raw)

    return single if len(paths) == 1 and "[" not in first else several


class Words:
    """How the texts of one field become values: cut, looked up in the source's own table, joined."""

    def __init__(self, source: Source, name: str, unknown: Code = Code.UNKNOWN_WORD) -> None:
        self.name, self.column, self.unknown = name, source.columns.get(name), unknown

    def words(self, texts: Texts) -> tuple[list[str], list[Note]]:
        """The values after cutting cells and looking words up; and the words that had to be reported."""
        column, found, notes = self.column, list[str](), list[Note]()
        for text in texts:
            if column is None or not column.words:
                found += [text] if column is None or not column.split else fields.split(text, column.split)
                continue
            whole = column.words.get(text.casefold())
            for part in [text] if whole is not None or not column.split else fields.split(text, column.split):
                stands = column.words.get(part.casefold())
                if stands is not None:
                    found += stands
                elif column.others == "read":
                    found.append(part)
                elif column.others == "report":
                    notes.append(note(self.name, self.unknown, part))
        return found, notes

    def said(self, texts: Texts) -> tuple[list[str], list[Note]]:
        """The texts as they are, where the source has no words for them."""
        return self.words(texts) if self.column and self.column.words else (list(texts), [])

    def joined(self, texts: list[str]) -> str | None:
        """All of them where the source joins them, else the first."""
        if not texts:
            return None
        join = self.column.join if self.column else None
        return texts[0] if join is None else join.join(texts)

    # Ways of reading, each for `field`

    def text(self, texts: Texts) -> tuple[str | None, Notes]:
        """The text, if it says anything."""
        said, notes = self.said(texts)
        return self.joined([text for text in said if not fields.blank(text)]), tuple(notes)

    def kept_text(self, texts: Texts) -> tuple[str | None, Notes]:
        """The text, also one that is only "None": of a price that says something."""
        said, notes = self.said(texts)
        return self.joined(said), tuple(notes)

    def title(self, texts: Texts) -> tuple[str | None, Notes]:
        """A name, each part of it tidy and out of ALL CAPS."""
        said, notes = self.said(texts)
        parts = [text for item in said if not fields.blank(item) and (text := fields.tidy(fields.title(item)))]
        return self.joined(parts), tuple(notes)

    def tri(self, texts: Texts, one: Callable[[str], Tri | None] = fields.tri) -> tuple[str | None, Notes]:
        """ "yes" or "no" by the first word that is either; None is unknown."""
        said, notes = self.words(texts)
        for word in said:
            found = one(word)
            if found is None:
                notes.append(note(self.name, Code.UNCLEAR_YES_NO, word))
            elif found != Tri.UNKNOWN:
                return found.value, tuple(notes)
        return None, tuple(notes)

    def day(self, texts: Texts, *, today: date | None) -> tuple[date | None, Notes]:
        """A day, not after today where that is given."""
        text, notes = self.text(texts)
        if not text:
            return None, notes
        found = fields.day(text)
        if found is None:
            return None, (*notes, note(self.name, Code.UNREADABLE_DATE, text))
        if today and found > today:
            return None, (*notes, note(self.name, Code.FUTURE_DATE, text))
        return found, notes

    def one(self, texts: Texts, read: Callable[[str], str | None], problem: Code) -> tuple[str | None, Notes]:
        """What `read` makes of the text; the problem where it makes nothing."""
        text, notes = self.text(texts)
        found = read(text) if text else None
        return (found, notes) if found or not text else (None, (*notes, note(self.name, problem, text)))

    def link(self, texts: Texts) -> tuple[str | None, Notes]:
        """The first web address in any of the columns."""
        said = [text for text in texts if not fields.blank(text)]
        found = next((url for url in map(fields.link, said) if url), None)
        return found, () if found or not said else (note(self.name, Code.UNREADABLE_LINK, said[0]),)

    def languages(self, texts: Texts) -> tuple[Texts, Notes]:
        """Codes of languages, once each."""
        codes: dict[str, None] = {}
        said, notes = self.words(texts)
        for word in said:
            found, unread = fields.languages(word)
            codes.update(dict.fromkeys(found))
            notes += [note(self.name, Code.UNKNOWN_LANGUAGE, item) for item in unread]
        return tuple(codes), tuple(notes)


# Words inside texts, and check marks


def hinted(source: Source, name: str) -> Field[Texts]:
    """What phrases inside names and texts stand for, where the source says so."""
    column = source.columns.get(name)
    words = column.words if column else {}

    def read(texts: Texts) -> tuple[Texts, Notes]:
        text = " | ".join(texts)
        told = (stands for phrase, stands in words.items() if phrase_pattern(phrase).search(text))
        return tuple(word for stands in told for word in stands), ()

    return field(source, name, read)


def checked(source: Source) -> Field[tuple[Texts, Texts]]:
    """What the check-mark columns with a mark stand for, and their headings; a mark that is none is a problem."""
    if not source.checks:
        return lambda row: (((), ()), ())
    headings = tuple(source.checks)

    @lru_cache(KEPT)
    def read(cells: tuple[Texts, ...]) -> tuple[tuple[Texts, Texts], Notes]:
        marks = [
            (heading, text, fields.tri(text)) for heading, texts in zip(headings, cells, strict=True) for text in texts
        ]
        marked = tuple(dict.fromkeys(heading for heading, _, found in marks if found == Tri.YES))
        words = (word for heading, _, found in marks if found == Tri.YES for word in source.checks[heading])
        unclear = (note(heading, Code.UNCLEAR_YES_NO, text) for heading, text, found in marks if found is None)
        return (tuple(words), marked), tuple(unclear)

    return lambda row: read(tuple([tuple(row.texts(heading)) for heading in headings]))


# Phones

Number = tuple[str, str, "str | None"]  # field, text, label
_KIND_OF = {"phones": None, "ttys": PhoneKind.TTY, "faxes": PhoneKind.FAX}


def phone_reader(source: Source) -> Callable[[RawRow], tuple[tuple[dict[str, Any], ...], Notes]]:
    """The phones of a row as plain values, once each, in the order of phones, TTY, fax."""
    columns = [(name, column) for name in _KIND_OF if (column := source.columns.get(name))]

    def read(row: RawRow) -> tuple[tuple[dict[str, Any], ...], Notes]:
        numbers = tuple([number for name, column in columns for number in _numbers(row, name, column)])
        return _phones(numbers) if numbers else ((), ())

    return read


def _numbers(row: RawRow, name: str, column: Column) -> Iterable[Number]:
    for part in column.parts:
        for path, text in row.at(part.path) if "[" in part.path else [("", row.cells.get(part.path, ""))]:
            if not text or fields.blank(text := fields.clean(text)):
                continue
            label = _beside(row, path, part.label) if part.label else None
            more = _beside(row, path, part.extension) if part.extension else None
            yield name, f"{text} ext. {more.removesuffix('.0')}" if more else text, label


def _beside(row: RawRow, path: str, name: str) -> str | None:
    """The text of another column, or in JSON of another key of the same object."""
    full = f"{path.rpartition('.')[0]}.{name}" if path else name
    text = fields.clean(row.cells.get(full, ""))
    return None if fields.blank(text) else text


@lru_cache(KEPT)
def _phones(numbers: tuple[Number, ...]) -> tuple[tuple[dict[str, Any], ...], Notes]:
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    unread: list[Note] = []
    for name, text, label in numbers:
        read = phones.parse(text)
        if not read and name == "phones":
            unread.append(note(name, Code.UNREADABLE_PHONE, text))
        for phone in read:
            plain = {
                "number": phone.number, "extension": phone.extension, "kind": (_KIND_OF[name] or phone.kind).value,
                "label": phone.label or label,
            }  # fmt: skip
            found.setdefault((phone.number, phone.extension), {k: v for k, v in plain.items() if v is not None})
    return tuple(found.values()), tuple(unread)
