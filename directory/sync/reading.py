"""What a list says in each field of one row, as the source file describes it; what cannot be taken is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from directory import phones
from directory.model import Capacity, Phone, PhoneKind, Tri
from directory.sync import fields
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.source import Column, Source

__all__ = ["Reading", "phrase_pattern"]


@cache
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as whole words: "na" is not in "Chinatown"."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.I)


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """The pattern of a source file, in which only `*` is special: any text or none."""
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.I)


class Reading:
    """One row, read field by field; `problems` collects what could not be taken."""

    def __init__(self, row: RawRow, source: Source, today: date) -> None:
        self.row, self.source, self.today = row, source, today
        self.problems: list[Problem] = []

    def problem(self, field: str, code: Code, value: str | None = None) -> Problem:
        return Problem(self.row.line, field, code, fields.excerpt(value) if value else None)

    def note(self, field: str, code: Code, value: str | None = None) -> None:
        self.problems.append(self.problem(field, code, value))

    def raw(self, field: str) -> list[str]:
        """The texts of a field, untouched but for odd characters; the default when all are empty."""
        column = self.source.columns.get(field)
        texts = [t for t in map(fields.clean, self.cells(column)) if t] if column else []
        default = self.source.defaults.get(field)
        return texts or ([default] if default else [])

    def cells(self, column: Column) -> Iterator[str]:
        return (text for part in column.parts for text in self.row.texts(part.path))

    def words(self, field: str, unknown: Code = Code.UNKNOWN_WORD) -> list[str]:
        """The values of a field after cutting cells and looking words up in the source's own table."""
        column = self.source.columns.get(field)
        found: list[str] = []
        for text in self.raw(field):
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
                    self.note(field, unknown, part)
        return found

    def text(self, field: str, *, keep: bool = False) -> str | None:
        """The first text of a field, or all of them joined when the source says so; `keep` keeps a word like "None"."""
        column = self.source.columns.get(field)
        said = self.words(field) if column and column.words else self.raw(field)
        texts = [text for text in said if keep or not fields.blank(text)]
        if not texts:
            return None
        return column.join.join(texts) if column and column.join is not None else texts[0]

    def title(self, field: str) -> str | None:
        """A name, each part of it tidy and out of ALL CAPS."""
        column = self.source.columns.get(field)
        said = self.words(field) if column and column.words else self.raw(field)
        texts = [text for item in said if not fields.blank(item) and (text := fields.tidy(fields.title(item)))]
        joined = column.join.join(texts) if column and column.join is not None else next(iter(texts), "")
        return joined or None

    def name(self, organization: str | None) -> str | None:
        """The name of the place; where that says too little by itself, the organization stands before it."""
        name, column = self.title("name"), self.source.columns.get("name")
        if not (name and organization and column) or organization.casefold() in name.casefold():
            return name
        generic = any(_glob(pattern).fullmatch(name) for pattern in column.generic)
        return f"{organization}: {name}" if generic else name

    def day(self, field: str) -> date | None:
        text = self.text(field)
        if not text:
            return None
        found = fields.day(text)
        if found is None:
            self.note(field, Code.UNREADABLE_DATE, text)
        elif found > self.today:
            self.note(field, Code.FUTURE_DATE, text)
            return None
        return found

    def tri(self, field: str) -> Tri:
        for word in self.words(field):
            found = fields.tri(word)
            if found is None:
                self.note(field, Code.UNCLEAR_YES_NO, word)
            elif found != Tri.UNKNOWN:
                return found
        return Tri.UNKNOWN

    def capacity(self) -> Capacity:
        word = next(iter(self.words("capacity")), "")
        found = fields.capacity(word)
        if found is None:
            self.note("capacity", Code.UNKNOWN_CAPACITY, word)
        return found or Capacity.UNKNOWN

    def languages(self) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for word in self.words("languages"):
            found, unread = fields.languages(word)
            codes.update(dict.fromkeys(found))
            for item in unread:
                self.note("languages", Code.UNKNOWN_LANGUAGE, item)
        return tuple(codes)

    def link(self) -> str | None:
        texts = [text for text in self.raw("url") if not fields.blank(text)]
        found = next((url for url in map(fields.link, texts) if url), None)
        if texts and not found:
            self.note("url", Code.UNREADABLE_LINK, texts[0])
        return found

    def email(self) -> str | None:
        text = self.text("email")
        found = fields.email(text) if text else None
        if text and not found:
            self.note("email", Code.UNREADABLE_EMAIL, text)
        return found

    # Phones

    def phones(self) -> tuple[Phone, ...]:
        found: dict[tuple[str, str | None], Phone] = {}
        for field, kind in (("phones", None), ("ttys", PhoneKind.TTY), ("faxes", PhoneKind.FAX)):
            for text, label in self.numbers(field):
                read = phones.parse(text)
                if not read and field == "phones":
                    self.note(field, Code.UNREADABLE_PHONE, text)
                for phone in read:
                    phone = replace(phone, kind=kind or phone.kind, label=phone.label or label)
                    found.setdefault((phone.number, phone.extension), phone)
        return tuple(found.values())

    def numbers(self, field: str) -> Iterator[tuple[str, str | None]]:
        column = self.source.columns.get(field)
        for part in column.parts if column else ():
            for path, text in (
                self.row.at(part.path) if "[" in part.path else [("", t) for t in self.row.texts(part.path)]
            ):
                text = fields.clean(text)
                if fields.blank(text):
                    continue
                label = self.beside(path, part.label) if part.label else None
                more = self.beside(path, part.extension) if part.extension else None
                yield (f"{text} ext. {more.removesuffix('.0')}" if more else text), label

    def beside(self, path: str, name: str) -> str | None:
        """The text of another column, or in JSON of another key of the same object."""
        full = f"{path.rpartition('.')[0]}.{name}" if path else name
        text = fields.clean(self.row.cells.get(full, ""))
        return None if fields.blank(text) else text

    # Words inside texts, and check marks

    def hinted(self, field: str) -> Iterator[str]:
        """What phrases inside names and texts stand for, where the source says so."""
        column = self.source.columns.get(field)
        if column is None:
            return
        text = " | ".join(self.raw(field))
        for phrase, stands in column.words.items():
            if phrase_pattern(phrase).search(text):
                yield from stands

    def checked(self) -> Iterator[str]:
        """What the check-mark columns with a mark stand for; a mark that is none is a problem."""
        for heading, words in self.source.checks.items():
            for text in self.row.texts(heading):
                found = fields.tri(text)
                if found is None:
                    self.note(heading, Code.UNCLEAR_YES_NO, text)
                elif found == Tri.YES:
                    yield from words
