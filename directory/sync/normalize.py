"""normalize: RawRow -> Draft | Problem; what cannot be read is a problem and never a guess."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from directory.folding import spaced
from directory.model import Listing
from directory.sync import confidential, fields
from directory.sync.drafts import Drafting, Left, Made
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem
from directory.sync.reading import Note, phrase_pattern
from directory.sync.record import from_json, plain
from directory.sync.source import Filter, Source

__all__ = ["Draft", "beside", "normalize", "row_id"]

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Draft:
    """A listing as one row gives it, in the plain form of `record`, with what in the row could not be taken.

    `place` is the hash of organization and street, before an address was withheld; `marked` says that the list itself
    calls the row confidential.
    """

    plain: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    place: str | None = None
    marked: bool = False

    @property
    def json(self) -> str:
        """The listing as work.db keeps it: what `record.to_json` makes of `listing`."""
        return _ENCODER.encode(self.plain)

    @property
    def listing(self) -> Listing:
        """The listing as the rest of Puente knows it."""
        return from_json(self.json)


def beside(cells: dict[str, str], source: Source) -> dict[str, str]:
    """What the list says in the columns of each field, untouched, for those who see what was read of it."""
    row = RawRow(0, cells)
    said = {
        name: " | ".join(text for part in column.parts for text in row.texts(part.path) if text.strip())
        for name, column in source.columns.items()
    }
    return {name: text for name, text in said.items() if text}


def row_id(row: RawRow, source: Source) -> str | None:
    """What identifies the row wherever it stands in its list: its own id, else a hash of the columns named for that."""
    for path in source.row_id:
        for text in row.texts(path):
            if own := text.strip():
                own = own.removesuffix(".0")
                return own if _SAFE_ID.fullmatch(own) else _hashed([own])
    parts = [spaced(" ".join(row.texts(path))) for path in source.row_hash]
    return _hashed(parts) if any(parts) else None


def _hashed(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def normalize(row: RawRow, source: Source, *, identity: str, today: date) -> Draft | Problem:
    """The draft of a row, or the one problem that leaves it out."""
    if row.damage:
        return Problem(row.line, "row", row.damage, fields.excerpt(" ".join(row.cells.values())))
    formulas = _formulas(row)
    if formulas:
        row = RawRow(row.line, {**row.cells, **dict.fromkeys((item.field for item in formulas), "")})
    for item in source.filters:
        if found := _left_out(row, item):
            return Problem(row.line, item.path, item.reason, fields.excerpt(found))
    made = _drafting(source, today).draft(row, identity)
    if isinstance(made, Left):
        value = made.note[2]
        return _problem(row, (*made.note[:2], formulas[0].value if formulas and value is None else value))
    return _finished(row, source, made, formulas)


def _formulas(row: RawRow) -> tuple[Problem, ...]:
    """Where in the row a formula stands instead of a text."""
    if fields.SIGNS.isdisjoint([text[:1] for text in row.cells.values()]):
        return ()
    found = [(heading, text) for heading, text in row.cells.items() if fields.formula(text)]
    return tuple(Problem(row.line, heading, Code.FORMULA, fields.excerpt(text)) for heading, text in found)


def _problem(row: RawRow, told: Note) -> Problem:
    return Problem(row.line, *told)


def _left_out(row: RawRow, item: Filter) -> str | None:
    texts = [text.strip() for text in row.texts(item.path)]
    if item.how == "is":
        return next((text for text in texts if text.casefold() in item.words), None)
    whole = " ".join(texts).casefold()
    has = any(phrase_pattern(word).search(whole) for word in item.words)
    return (whole or "(empty)") if has == (item.how == "has") else None


def _finished(row: RawRow, source: Source, made: Made, formulas: tuple[Problem, ...]) -> Draft | Problem:
    found, notes, marked = made.plain, made.notes, made.marked
    place = _place(found)
    problems = tuple([Problem(row.line, *told) for told in notes]) if notes else ()
    name = f"{found['organization']} {found['name']}"
    refuge = marked or confidential.is_confidential(name=name, texts=f"{name} {made.texts}", kinds=made.kinds)
    if refuge:
        had = "address" in found or "latitude" in found
        found = plain(confidential.withhold(from_json(_ENCODER.encode(found))))
        problems = tuple(problem.without_place() for problem in problems)
        formulas = tuple(replace(problem, value=None) for problem in formulas)
        problems += (Problem(row.line, "address_1", Code.ADDRESS_WITHHELD),) if had else ()
    if not ("phones" in found or "url" in found or "email" in found or "address" in found):
        if not (refuge and place):
            return Problem(row.line, "phones", Code.NO_CONTACT, fields.excerpt(found["name"]))
        # Kept, though nobody is shown it: what stands at its door has to be hidden too.
        problems += (Problem(row.line, "phones", Code.NOTHING_TO_TELL),)
    # A topic that stands for "confidential" in the source file is our reading of it, not a mark of the list.
    column = source.columns.get("confidential")
    return Draft(found, formulas + problems, place, marked and column is not None and not column.words)


def _place(found: dict[str, Any]) -> str | None:
    street = found.get("address", {}).get("address_1")
    if not street:
        return None
    return _hashed([found["organization"].casefold(), *re.findall(r"\w+", street.casefold())[:3]])


_KEPT_LISTS = 4
_draftings: dict[int, tuple[Source, date, Drafting]] = {}


def _drafting(source: Source, today: date) -> Drafting:
    """How rows of this list are read today; made once, and only the last few lists are kept."""
    known = _draftings.get(id(source))
    if known and known[0] is source and known[1] == today:
        return known[2]
    while len(_draftings) >= _KEPT_LISTS:
        del _draftings[next(iter(_draftings))]
    made = Drafting(source, today)
    _draftings[id(source)] = (source, today, made)
    return made
