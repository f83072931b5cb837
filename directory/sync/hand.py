"""One place by hand: added or corrected by somebody of the clinic, who stands beside it with the day.

What was said by hand outranks every list, and no later list overwrites it. It is read like a cell of a list; but a
person is there to mend what cannot be read, so that stops it instead of being noted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from directory.errors import EntryError
from directory.model import Address
from directory.phones import display
from directory.sync import diff, fields, hand_rows, hand_words, where
from directory.sync.hand_rows import HAND
from directory.sync.normalize import Draft, normalize
from directory.sync.parse import RawRow
from directory.sync.problems import Code, Problem, sentence
from directory.sync.record import from_json, to_json
from directory.sync.source import FIELDS, Column, Layout, Part, Source
from directory.sync.withholding import withheld

__all__ = ["HAND", "LABELS", "Entry", "Read", "Unreadable", "add", "as_changes", "cells", "edit", "read", "shown"]

TITLE = "Entered by the clinic"

TOGETHER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("address_1", "city", "postal_code"), ("address", "latitude", "longitude", "reach")),
        "hours_text": ("hours_text", "schedule"),
        "counties": ("counties", "statewide"),
        "topics": ("needs",),
        "programs": ("programs", "needs"),
        **dict.fromkeys(
            ("capacity", "capacity_on", "capacity_by", "wait_list"),
            ("capacity", "capacity_on", "capacity_by", "wait_list"),
        ),
    }
)
"""Entered field -> the fields of a listing that it says; every other field says itself."""
_TOLD_ONLY = frozenset({Code.OUTSIDE_AREA, Code.COUNTY_FROM_ADDRESS, Code.CITY_AS_COUNTY, Code.ADDRESS_WITHHELD})
"""Problems that are no mistake when a person says so."""
_CUT = {"topics": ",;", "programs": ";", "plans": ",;"}


class Unreadable(EntryError):
    """What was entered cannot be used; `problems` says the same field by field."""

    def __init__(self, text: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(text)
        self.problems = problems


@dataclass(frozen=True)
class Read:
    """What was entered as it was read: the draft (JSON), the fields of it that were said, and what to know about it.

    `door` is the hash of organization and street, and whether the place was called confidential.
    """

    draft: str
    said: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    door: tuple[str | None, bool] = (None, False)

    @property
    def plain(self) -> Mapping[str, object]:
        """The draft as plain values."""
        found: dict[str, object] = json.loads(self.draft)
        return found


@dataclass(frozen=True)
class Entry:
    """A place after it was entered: its listing, its row in the source `hand`, and what changed."""

    listing_id: str
    row_id: str
    read: Read
    changes: tuple[diff.Change, ...] = ()


def read(
    entered: Mapping[str, str], *, row_id: str, today: date, base: Mapping[str, object] | None = None
) -> Read:  # fmt: skip
    """What was entered, by field of a source file; EntryError with every field that is unknown or cannot be read.

    `base` is the draft of the place that is corrected: what is not entered stays as it is there.
    """
    if unknown := sorted(entered.keys() - FIELDS):
        raise EntryError(f"{unknown[0]!r} is no field of a place. Fields: {', '.join(sorted(FIELDS))}.")
    _refuse_half_letters(entered)
    if entered.get("topics"):
        entered = {**entered, "topics": hand_words.needs_said(entered["topics"])}
    known = {**cells(base or {}), **{name: text for name, text in entered.items() if text.strip()}}
    for name in entered:
        if not entered[name].strip():
            known.pop(name, None)
    if (base or {}).get("confidential"):  # what a list hides nobody shows by hand
        known["confidential"] = "yes"
    code = fields.zip_code(entered.get("postal_code", ""))
    if code and not where.zip_places(code):
        raise Unreadable(
            f"{code} is no ZIP code of California that we know. Look whether it is right. Nothing was saved.",
            (Problem(1, "postal_code", Code.UNREADABLE_ZIP, code),),
        )
    made = normalize(RawRow(1, known), _source(), identity=row_id, today=today)
    if isinstance(made, Problem):
        raise _refused([made])
    told = [problem for problem in made.problems if problem.field in entered or base is None]
    if wrong := [problem for problem in told if problem.code not in _TOLD_ONLY]:
        raise _refused(wrong)
    said = ("*",) if base is None else tuple(dict.fromkeys(name for field in entered for name in _says(field)))
    return Read(_over(base, made, said, entered), said, tuple(told), (made.place, made.marked))


def _refuse_half_letters(entered: Mapping[str, str]) -> None:
    """EntryError for bytes that are no letters in this terminal; they could not be kept."""
    for name, text in entered.items():
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise EntryError(
                f"{LABELS.get(name, name)}: it holds signs that this terminal does not send as letters. "
                "Nothing was saved. Type it again, or set the terminal to UTF-8."
            )


def add(
    work: sqlite3.Connection, entered: Mapping[str, str], *, who: str, now: datetime, dry_run: bool = False
) -> Entry:  # fmt: skip
    """A new place with an id of its own; the caller has looked whether it is on a list already."""
    row_id = hand_rows.next_row(work)
    found = read(_signed(entered, who, now), row_id=row_id, today=now.date())
    entry = Entry(f"{HAND}:{row_id}", row_id, found)
    if not dry_run:
        hand_rows.keep(work, _row(entry), None, who=who, now=now)
    return entry


def edit(
    work: sqlite3.Connection,
    listing_id: str,
    base: Mapping[str, object],
    entered: Mapping[str, str],
    *,
    who: str,
    now: datetime,
    dry_run: bool = False,
) -> Entry:
    """Corrects a place; `base` is the draft that is shown of it today. An empty text takes a value away."""
    before = hand_rows.row_of(work, listing_id)
    row_id = before[0] if before else hand_rows.next_row(work)
    found = read(_signed(entered, who, now), row_id=row_id, today=now.date(), base=base)
    earlier = hand_rows.fields_of(work, row_id) if before else ()
    said = ("*",) if "*" in earlier else tuple(dict.fromkeys((*earlier, *found.said)))
    changes = diff.compare({row_id: json.dumps(dict(base))}, {row_id: found.draft}).changed
    entry = Entry(listing_id, row_id, replace(found, said=said), changes)
    if not dry_run:
        hand_rows.keep(work, _row(entry), before[1] if before else None, who=who, now=now)
    return entry


def _signed(entered: Mapping[str, str], who: str, now: datetime) -> Mapping[str, str]:
    """What was entered; room that is said bears the day and who said so."""
    if not entered.get("capacity", "").strip():
        return entered
    return {"capacity_on": now.date().isoformat(), "capacity_by": who, **entered}


def as_changes(entry: Entry) -> tuple[diff.Change, ...]:
    """Every field of a new place, as a change from nothing."""
    return diff.compare({entry.row_id: "{}"}, {entry.row_id: entry.read.draft}).changed


def _says(field: str) -> tuple[str, ...]:
    return TOGETHER.get(field, (field,))


def _source() -> Source:
    columns = {name: Column((Part(name),), split=_CUT.get(name)) for name in FIELDS}
    return Source(HAND, TITLE, Layout("csv"), columns, (), ("name",), definition="")


_LACKS: Mapping[Code, str] = MappingProxyType(
    {
        Code.NO_NAME: "name: say what the place is called.",
        Code.NO_NEED: "need: say what it is for, a need (food, housing, transport, ...) or a program.",
        Code.NO_COUNTY: "county: say which counties it serves, or statewide.",
        Code.NO_CONTACT: "phone: say how people reach it, a phone, a web page, an e-mail or a street.",
    }
)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "topics": "need", "programs": "program", "counties": "county", "plans": "plan", "address_1": "street",
        "postal_code": "zip", "phones": "phone", "hours_text": "hours", "eligibility_text": "who", "fees_text": "cost",
        "how_to_apply": "apply", "documents": "bring", "taking_referrals": "referrals", "url": "website",
        "description": "about",
    }
)  # fmt: skip
"""Field of a source file -> the word for it where a person enters it; the others are called as they are."""


def _refused(problems: Iterable[Problem]) -> Unreadable:
    found = tuple(problems)
    return Unreadable("\n".join([*map(_sentence, found), "Nothing was saved."]), found)


def _sentence(problem: Problem) -> str:
    if problem.code in _LACKS and not (problem.code == Code.NO_COUNTY and problem.value):
        return _LACKS[problem.code]
    found = sentence(problem.code)
    value = f" ({problem.value})" if problem.value else ""
    told = hand_words.wrong(problem.code, problem.value or "") or f"{found.means} {found.do}"
    return f"{LABELS.get(problem.field, problem.field)}{value}: {told}"


def cells(draft: Mapping[str, object]) -> dict[str, str]:
    """The draft as somebody would enter it: what reading a row needs beside the field that is corrected."""
    found = {name: value for name, value in draft.items() if name in FIELDS and isinstance(value, str)}
    address = draft.get("address")
    if isinstance(address, dict):
        found.update({name: value for name, value in address.items() if name in FIELDS and value})
    phones = from_json(json.dumps({**_NOBODY, "phones": draft["phones"]})).phones if draft.get("phones") else ()
    if phones:
        found["phones"] = "; ".join(map(display, phones))
    for name, field, cut in _LISTS:
        values = draft.get(name)
        if isinstance(values, list):
            found[field] = cut.join(map(str, values))
    if draft.get("statewide"):
        found["counties"] = "statewide"
    return found


_NOBODY = {"id": "", "organization": "", "name": "", "provenance": {"source": "", "row": "", "source_title": ""}}
_LISTS = (
    ("needs", "topics", "; "),
    ("programs", "programs", "; "),
    ("counties", "counties", ", "),
    ("plans", "plans", "; "),
)


def _over(
    base: Mapping[str, object] | None, made: Draft, said: tuple[str, ...], entered: Mapping[str, str]
) -> str:  # fmt: skip
    """The draft: all that was read of a new place, else the base with what was said over it."""
    text = to_json(made.listing)
    if base is None:
        return text
    fresh: dict[str, object] = json.loads(text)
    whole = {**base, "id": fresh["id"], "provenance": _of_same_kind(base, fresh["provenance"])}
    for name in said:
        whole.pop(name, None)
        if name in fresh:
            whole[name] = fresh[name]
    if made.listing.confidential:  # nothing of its place stays from before, nor of the one that was said now
        bare = {name: value for name, value in whole.items() if name not in ("address", "latitude", "longitude")}
        return to_json(from_json(json.dumps(withheld({**bare, "confidential": True}, _places(base, entered)))))
    return to_json(from_json(json.dumps(whole)))


def _of_same_kind(base: Mapping[str, object], fresh: object) -> object:
    """The provenance of a correction: of an invented place it is invented too, and goes with it."""
    before = base.get("provenance")
    invented = isinstance(before, Mapping) and bool(before.get("demo"))
    return {**fresh, "demo": True} if invented and isinstance(fresh, Mapping) else fresh


def _places(base: Mapping[str, object], entered: Mapping[str, str]) -> Iterable[Address]:
    """Where the place was said to be: before, and now."""
    now = Address(entered.get("address_1"), entered.get("city"), entered.get("postal_code"))
    before = base.get("address")
    said = dict(before) if isinstance(before, Mapping) else {}
    return now, Address(said.get("address_1"), said.get("city"), said.get("postal_code"))


def _row(entry: Entry) -> hand_rows.Row:
    return hand_rows.Row(entry.row_id, entry.listing_id, entry.read.draft, entry.read.said, entry.read.door)


def shown(work: sqlite3.Connection, listing_id: str) -> tuple[str, Mapping[str, object]]:
    """The id of a listing today and the draft that a correction of it begins with; EntryError when no list has it."""
    source_id, _, row_id = listing_id.partition(":")
    query = """SELECT link.listing_id, draft FROM link JOIN staged USING (source_id, row_id)
               WHERE draft IS NOT NULL AND ended_on IS NULL AND (listing_id = :id OR listing_id =
                   (SELECT listing_id FROM link WHERE source_id = :source AND row_id = :row))
               ORDER BY link.source_id <> :hand, link.source_id || ':' || link.row_id <> listing_id LIMIT 1"""
    keys = {"id": listing_id, "source": source_id, "row": row_id, "hand": HAND}
    row = work.execute(query, keys).fetchone()
    if row is None:
        raise EntryError(f"No list in force has a place {listing_id!r}. `puente search` prints the ids.")
    return row["listing_id"], json.loads(row["draft"])
