"""Reads the notes of a clinic strictly: one that lacks its who, day or source is refused with file and key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.eligibility.conditions import parse_tree
from directory.eligibility.strict import Entry, Period, parse, refuse
from directory.errors import RulesError
from directory.overlay.changes import parse_change
from directory.overlay.fields import day, line
from directory.overlay.hostile import refuse_hostile
from directory.overlay.shapes import Note, OfferChange, RuleChange, TableChange
from directory.overlay.targets import parse_target

__all__ = ["Names", "in_order", "plain_entries", "read_notes"]

_LONGEST = 400


@dataclass(frozen=True)
class Names:
    """What the tree of a rule may name."""

    conditions: frozenset[str]
    definitions: frozenset[str]


def read_notes(content: bytes, path: Path, names: Names, *, before: Sequence[object] = ()) -> tuple[Note, ...]:
    """The notes in the order of the file; RulesError names file and key of the first thing it refuses.

    `before` are entries that were good once: they may name a condition that an upgrade took away.
    """
    try:
        entries = _entries(content, path)
        notes = tuple(_note(number, entry) for number, entry in enumerate(entries, start=1))
        for note, entry in zip(notes, entries, strict=True):
            if isinstance(note.changed, RuleChange) and entry.value not in before:
                parse_tree(note.changed.when, conditions=names.conditions, definitions=names.definitions)
        _refuse_crossing(notes, path)
    except RulesError as error:
        said = str(error)
        raise (error if len(said) <= _LONGEST else RulesError(f"{said[:_LONGEST]} ...")) from None
    return notes


def plain_entries(content: bytes, path: Path) -> list[object]:
    """The entries as they were written."""
    return [entry.value for entry in _entries(content, path)]


def in_order(notes: Iterable[Note]) -> list[Note]:
    """The older first; of one day, that which stands first."""
    return sorted(notes, key=lambda note: (note.on, note.number))


def _entries(content: bytes, path: Path) -> list[Entry]:
    found = Entry(parse(refuse_hostile(content, path), path), path, "")
    if found.value is None:
        return []
    if not isinstance(found.value, list):
        raise found.refuse("a list of notes was expected, each beginning with '- who:'. Restore it.")
    for plain in found.value:
        if isinstance(plain, dict) and True in plain and "on" not in plain:
            plain["on"] = plain.pop(True)  # YAML takes a bare `on` for a truth
    return found.each()


def _note(number: int, entry: Entry) -> Note:
    found = entry.fields(("who", "on", "source"), ("checked", "changed"))
    if ("checked" in found) is ("changed" in found):
        raise entry.refuse("a note says either 'checked' or 'changed'. Write two notes for both.")
    checked = found["checked"].each() if "checked" in found else []
    if "checked" in found and not checked:
        raise found["checked"].refuse("nothing is named. Write what was looked at, such as [table:fpl].")
    return Note(
        number,
        line(found["who"]),
        day(found["on"]),
        line(found["source"]),
        tuple(parse_target(part) for part in checked),
        parse_change(found["changed"]) if "changed" in found else None,
    )


def _refuse_crossing(notes: Iterable[Note], path: Path) -> None:
    """A newer note that begins before an older one and ends within it would leave half of the older in force."""
    known: dict[object, list[tuple[Note, Period]]] = {}
    for note in in_order(notes):
        if isinstance(note.changed, TableChange | RuleChange | OfferChange):
            dates = note.changed.period
            for older, old in known.setdefault(_thing(note.changed), []):
                if _crosses(old, dates):
                    raise refuse(
                        path,
                        f"{note.number}.changed.from",
                        f"the dates overlap those of note {older.number}, which begins later ({old.start}), so half "
                        "of it would stay in force. Mend the dates of one of the two.",
                    )
            known[_thing(note.changed)].append((note, dates))


def _thing(change: TableChange | RuleChange | OfferChange) -> object:
    if isinstance(change, OfferChange):
        return change.plan, change.program, change.county
    return change.table if isinstance(change, TableChange) else ("rule", change.program)


def _crosses(old: Period, new: Period) -> bool:
    begins_before = (new.start or date.min) < (old.start or date.min)
    return begins_before and old.overlaps(new) and new.until is not None and new.until < (old.until or date.max)
