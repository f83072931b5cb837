"""The listing that one row gives, as plain values; every column is made ready once, for all rows of its list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from directory import hours, store
from directory.model import Listing, Reach, Tri
from directory.plans import plan_by_alias
from directory.sync import access, fields, npi, room
from directory.sync.parse import RawRow
from directory.sync.problems import Code
from directory.sync.purpose import Purpose, reach
from directory.sync.reading import Field, Note, Notes, Texts, Words, field, note, phone_reader
from directory.sync.source import Source
from directory.sync.whereabouts import Standing

__all__ = ["Drafting", "Left", "Made"]

_NAMES = tuple(item.name for item in fields_of(Listing))
"""In the order of `record.plain`, which leaves fields at their default away; here these are all empty."""

_SAY_CLOSED = ("hours_text", "description")
"""Where a list says that a place is shut, when it has no column for that; an alert is shown as a notice."""


@dataclass(frozen=True)
class Left:
    """Why a row gives no listing."""

    note: Note


@dataclass(frozen=True)
class Made:
    """The plain listing of a row, what could not be taken, whether the row calls itself confidential, and its texts;
    `kinds` name what is done there."""

    plain: dict[str, Any]
    notes: list[Note]
    marked: bool
    texts: str
    kinds: Texts = ()


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """The pattern of a source file, in which only `*` is special: any text or none."""
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.I)


class Drafting:
    """Reads the rows of one list, as on the day `today`."""

    def __init__(self, source: Source, today: date) -> None:
        self.source, self.today = source, today
        self.organization, self.name = (field(source, n, Words(source, n).title) for n in ("organization", "name"))
        column = source.columns.get("name")
        self.generic = column.generic if column else ()
        self.has_name = column is not None
        self.purpose, self.standing = Purpose(source), Standing(source)
        self.fields = list(_simple(source, today))
        self.as_of, self.capacity_on = (_day(source, n, today) for n in ("as_of", "capacity_on"))
        self.hours = field(source, "hours_text", partial(_hours, Words(source, "hours_text")))
        self.capacity = field(source, "capacity", partial(_capacity, Words(source, "capacity")))
        self.confidential = field(source, "confidential", Words(source, "confidential").tri)
        self.demo = field(source, "demo", Words(source, "demo").tri)
        self.phones = phone_reader(source)
        words = Words(source, "plans", Code.UNKNOWN_PLAN)
        self.plans = field(source, "plans", partial(_plans, words))
        self.own_plan = (source.plan,) if source.plan else ()

    def draft(self, row: RawRow, identity: str) -> Left | Made:
        """The listing of the row, or why there is none."""
        organization, told = self.organization(row)
        name, more = self.called(row, organization)
        notes = [*told, *more]
        if not (organization or name):
            return Left(note("name", Code.NO_NAME))
        meant = self.purpose(row, notes)
        if meant.out:
            return Left(note("topics", Code(meant.out), ", ".join(meant.texts)))
        if not meant.needs:
            return Left(note("topics", Code.NO_NEED, name or organization))
        found: dict[str, Any] = {"id": f"{self.source.id}:{identity}", "organization": organization or name}
        found["name"] = name or organization
        found["needs"], found["programs"] = list(meant.needs), list(meant.programs)
        said = self.standing(row, found, notes)
        if not (found.get("counties") or found.get("statewide")):
            return Left(note("counties", Code.NO_COUNTY, ", ".join(said)))
        self.rest(row, identity, found, notes)
        if shut := next((name for name in _SAY_CLOSED if access.closed(found.get(name) or "")), None):
            return Left(note(shut, Code.CLOSED, found[shut]))
        if reach(meant, found) == Reach.DISTANCE:
            found["reach"] = Reach.DISTANCE.value
        texts = " ".join(filter(None, (found.get("description"), found.get("eligibility_text"), *meant.texts)))
        marked, told = self.confidential(row)
        notes += told
        kept = {key: found[key] for key in _NAMES if found.get(key)}
        return Made(kept, notes, marked == Tri.YES.value, texts, meant.kinds)

    def called(self, row: RawRow, organization: str | None) -> tuple[str | None, Notes]:
        """The name of the place; where that says too little by itself, the organization stands before it."""
        name, notes = self.name(row)
        if not (name and organization and self.generic) or organization.casefold() in name.casefold():
            return name, notes
        generic = any(_glob(pattern).fullmatch(name) for pattern in self.generic)
        return (f"{organization}: {name}" if generic else name), notes

    def rest(self, row: RawRow, identity: str, found: dict[str, Any], notes: list[Note]) -> None:
        """Everything but what it is for and where it is."""
        for name, read in self.fields:
            value, told = read(row)
            if value:
                found[name] = value
            if told:
                notes += told
        as_of = self.dated(row, identity, found, notes)
        self.room(row, as_of, found, notes)
        (found["hours_text"], found["schedule"]), told = self.hours(row)
        plans, more = self.plans(row)
        found["plans"] = list(dict.fromkeys(self.own_plan + plans))
        phones, unread = self.phones(row)
        found["phones"] = [dict(phone) for phone in phones]
        notes += (*told, *more, *unread)
        _in_words(found)

    def dated(self, row: RawRow, identity: str, found: dict[str, Any], notes: list[Note]) -> date | None:
        """The provenance of the row, and the day it bears."""
        own, told = self.as_of(row)
        notes += told
        as_of = own or self.source.as_of
        of: dict[str, Any] = {"source": self.source.id, "row": identity, "source_title": self.source.title}
        if as_of:
            of["as_of"] = as_of.isoformat()
        invented, told = self.demo(row)
        notes += told
        of["demo"] = self.source.demo or invented == Tri.YES.value
        found["provenance"] = of
        return as_of

    def room(self, row: RawRow, as_of: date | None, found: dict[str, Any], notes: list[Note]) -> None:
        """Whether there is room, how long the list is, and when that was said."""
        (capacity, length, until), told = self.capacity(row)
        said_on, more = self.capacity_on(row)
        notes += (*told, *more)
        if capacity is None:
            return
        on = said_on or as_of
        if until:
            ends = room.next_day(until, on or self.today)
            if ends is None or ends < self.today:
                notes += () if ends else (note("capacity", Code.UNREADABLE_DATE, until),)
                return
            length = f"until {until}"
        found["capacity"] = capacity
        if on:
            found["capacity_on"] = on.isoformat()
        if length and not found.get("wait_list"):
            found["wait_list"] = length


def _simple(source: Source, today: date) -> list[tuple[str, Field[Any]]]:
    """The fields whose value depends on their own columns alone, of those that the list has."""
    readers: dict[str, Callable[[Words], Callable[[Texts], tuple[Any, Notes]]]] = {
        **dict.fromkeys(("description", "eligibility_text", "how_to_apply", "wait_list", "alert"), lambda w: w.text),
        **dict.fromkeys(("fees_text", "documents"), lambda w: w.kept_text),
        **dict.fromkeys(("wheelchair", *access.WAYS), lambda w: w.tri),
        **dict.fromkeys(("assured_on", "edited_on"), lambda w: partial(_iso, w, today=today)),
        "alert_until": lambda w: partial(_iso, w, today=None),
        "capacity_by": lambda w: w.text,
        "url": lambda w: w.link,
        "email": lambda w: partial(w.one, read=fields.email, problem=Code.UNREADABLE_EMAIL),
        "npi": lambda w: partial(w.one, read=npi.read, problem=Code.BAD_NPI),
        "languages": lambda w: partial(_languages, w),
        "taking_referrals": lambda w: partial(w.tri, one=access.referrals),
        "fee": lambda w: partial(w.tri, one=access.fee),
        "id_asked": lambda w: partial(w.tri, one=access.asked),
    }
    there = (name for name in readers if name in source.columns or name in source.defaults)
    return [(name, field(source, name, readers[name](Words(source, name)))) for name in there]


def _day(source: Source, name: str, today: date) -> Field[date | None]:
    return field(source, name, partial(Words(source, name).day, today=today))


def _iso(words: Words, texts: Texts, *, today: date | None) -> tuple[str | None, Notes]:
    found, notes = words.day(texts, today=today)
    return (found.isoformat() if found else None), notes


def _languages(words: Words, texts: Texts) -> tuple[list[str], Notes]:
    codes, notes = words.languages(texts)
    return list(codes), notes


def _hours(words: Words, texts: Texts) -> tuple[tuple[str | None, str | None], Notes]:
    text, notes = words.text(texts)
    return (text, _schedule(text) if text else None), notes


@lru_cache(maxsize=4096)
def _schedule(text: str) -> str | None:
    return store.schedule_to_json(hours.parse(text))


def _plans(words: Words, texts: Texts) -> tuple[tuple[str, ...], Notes]:
    said, notes = words.words(texts)
    found: dict[str, None] = {}
    for word in said:
        plan = None if fields.blank(word) else plan_by_alias(word)
        if plan:
            found[plan] = None
        elif not fields.blank(word):
            notes.append(note("plans", Code.UNKNOWN_PLAN, word))
    return tuple(found), tuple(notes)


def _capacity(words: Words, texts: Texts) -> tuple[tuple[str | None, str | None, str | None], Notes]:
    """The capacity (None is unknown), the length of its wait list, and the day until which there is no room."""
    said, notes = words.words(texts)
    word = next(iter(said), "")
    found = room.capacity(word)
    if found is None:
        return (None, None, None), (*notes, note("capacity", Code.UNKNOWN_CAPACITY, word))
    known = None if found.value == "unknown" else found.value
    source = texts[0] if texts else ""
    return (known, room.wait_list(source), room.until(source)), tuple(notes)


def _in_words(found: dict[str, Any]) -> None:
    """Fee, ID and the ways in, from the texts, where no column says them and the words are sure."""
    _say(found, "fee", access.fee_in_words, "fees_text")
    _say(found, "id_asked", access.id_in_words, "documents")
    apply = found.get("how_to_apply")
    for way, tri in access.ways_in(apply).items() if apply else ():
        found.setdefault(way, tri.value)


def _say(found: dict[str, Any], name: str, read: Callable[[str], Tri], of: str) -> None:
    text = found.get(of)
    if text and name not in found and (said := read(text)) != Tri.UNKNOWN:
        found[name] = said.value
