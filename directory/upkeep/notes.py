"""A note of the clinic from a page: what people would read differently, kept once, and only on what was seen."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.eligibility import rules
from directory.errors import RulesError
from directory.model import Language
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again
from directory.overlay.otherwise import change_of
from directory.overlay.shapes import Note, Target, changed_things
from directory.overlay.writing import record
from directory.upkeep.known import in_force
from directory.upkeep.values import as_told

__all__ = ["Difference", "Noted", "Outrun", "changed", "checked", "mark", "notes_on", "previewed"]


@dataclass(frozen=True)
class Noted:
    """Who says it, on which day they looked, and where."""

    who: str
    on: date
    source: str

    def entry(self) -> dict[str, object]:
        """The beginning of a note."""
        return {"who": self.who, "on": self.on, "source": " ".join(self.source.split())}


@dataclass(frozen=True)
class Difference:
    """What people read now and what they would read, in one language."""

    language: Language
    before: tuple[str, ...]
    after: tuple[str, ...]


class Outrun(RulesError):
    """Somebody noted something of this value after the page was opened; `by` is their note, None where one went."""

    def __init__(self, by: Note | None) -> None:
        who = f"{by.who} noted something of it on {by.on}" if by else "a note on it was taken back"
        super().__init__(f"Nothing was saved: {who} since this page was opened. Look at it again first.")
        self.by = by


_one_at_a_time = threading.Lock()
"""The desk is one process: between looking and writing nobody else of it comes."""


def notes_on(target: Target) -> tuple[Note, ...]:
    """The clinic's own notes on a value, the newest first."""
    own = _bare(target)
    about = [note for note in rules.overlay().notes if own in map(_bare, (*note.checked, *changed_things(note)))]
    return tuple(sorted(about, key=lambda note: (note.on, note.number), reverse=True))


def mark(target: Target, on: date) -> str:
    """What stands for how a value is known and what was noted of it, so that a page that grew old is noticed."""
    look_again()
    known = in_force()
    values = [repr(value) for value in standing_values(on) if value.target == str(target)]
    notes = [f"{note.number} {note.who} {note.on} {note.source}" for note in notes_on(target)]
    said = "\n".join([*as_told(target, known, on, Language.EN), *values, *notes])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def previewed(
    target: Target, said: Mapping[str, object] | None, noted: Noted, *, today: date
) -> tuple[Difference, ...]:
    """What people would read; RulesError where the note would be refused. `said` is None for "it holds"."""
    look_again()
    notes = record([_entry(target, said, noted)], today=today, dry_run=True)
    now = in_force()
    then = now.with_notes(notes)
    return tuple(
        Difference(each, as_told(target, now, today, each), as_told(target, then, _day(said, today), each))
        for each in Language
    )


def checked(target: Target, noted: Noted, *, today: date, seen: str) -> Note:
    """Notes that it was looked at and holds; Outrun where somebody was first, RulesError where it is refused."""
    return _recorded(target, None, noted, today, seen)


def changed(target: Target, said: Mapping[str, object], noted: Noted, *, today: date, seen: str) -> Note:
    """Notes what is now otherwise; Outrun where somebody was first, RulesError where it is refused."""
    return _recorded(target, said, noted, today, seen)


def _recorded(target: Target, said: Mapping[str, object] | None, noted: Noted, today: date, seen: str) -> Note:
    with _one_at_a_time:
        if mark(target, today) != seen:
            raise Outrun(next(iter(notes_on(target)), None))
        return record([_entry(target, said, noted)], today=today)[-1]


def _entry(target: Target, said: Mapping[str, object] | None, noted: Noted) -> dict[str, object]:
    if said is None:
        return noted.entry() | {"checked": [str(target)]}
    return noted.entry() | {"changed": change_of(target, said)}


def _day(said: Mapping[str, object] | None, today: date) -> date:
    """The day as of which the change is read back: its first one where it lies ahead."""
    start = (said or {}).get("start")
    return max(start, today) if isinstance(start, date) else today


def _bare(target: Target) -> str:
    return str(target).partition("@")[0]
