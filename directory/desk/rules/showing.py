"""A value and the clinic's notes as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory import upkeep
from directory.desk.frame import Visit
from directory.desk.web import web
from directory.eligibility import rules
from directory.errors import RulesError
from directory.model import Language
from directory.overlay.gathering import standing_values
from directory.overlay.shapes import LOCAL, Note, Target, changed_things
from directory.overlay.standing import Standing, State
from directory.overlay.taking_back import note_mark
from directory.text.day import day_text
from directory.upkeep.trees import STEP

__all__ = ["DUE", "Said", "Shown", "Source", "note_lines", "one", "programs", "sources", "state_of", "things"]

DUE = 60
"""Days ahead that count as soon."""
_GENERAL = "S_GK"
_UNVERIFIED = (State.RECALLED, State.COMPUTED)


@dataclass(frozen=True)
class Source:
    """Where it was seen, in words, and its page; `url` empty where it has none, or none that leads to the web."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Said:
    """A note of the clinic in words; `mark` stands for exactly this one."""

    note: Note
    mark: str
    text: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One value: `standing` is None where it has no dates of its own yet, `state` a word for its badge."""

    title: str
    lines: tuple[tuple[int, str], ...]
    standing: Standing | None
    state: str
    sources: tuple[Source, ...]
    programs: tuple[str, ...]
    notes: tuple[Said, ...]


def one(target: Target, visit: Visit) -> Shown:
    """The value of that name."""
    known = upkeep.in_force()
    standing = next((value for value in standing_values(visit.today) if value.target == str(target)), None)
    return Shown(
        upkeep.title(target, known, visit.lang),
        _indented(upkeep.value_lines(target, known, visit.today, visit.lang)),
        standing,
        state_of(standing, visit.today) if standing else "unverified",
        sources(standing.sources if standing else (), visit),
        programs(standing.programs if standing else (), visit.lang),
        note_lines(upkeep.notes_on(target), visit),
    )


def state_of(value: Standing, on: date) -> str:
    """The list on which a value stands: overdue, unverified, due or good."""
    state = value.state(on, DUE)
    if state in (State.ENDED, State.OVERDUE):
        return "overdue"
    if state in _UNVERIFIED:
        return "unverified"
    return "due" if state is State.DUE else "good"


def _indented(lines: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Each line with how far in it stands."""
    return tuple(((len(line) - len(line.lstrip())) // len(STEP), line.strip()) for line in lines)


def programs(ids: Iterable[str], language: Language) -> tuple[str, ...]:
    """Programs and needs as people call them; a kind of ride is one of them."""
    known = rules.programs()
    return tuple(dict.fromkeys(known[id].short.get(language) if id in known else _need(id, language) for id in ids))


def _need(id: str, language: Language) -> str:
    names = {need.value: text.get(language) for need, text in rules.need_names().items()}
    return names.get(id, id.replace("_", " "))


def sources(ids: Iterable[str], visit: Visit) -> tuple[Source, ...]:
    """Where a value was seen, in words; what nobody has seen is told so, never by its code."""
    found = [_source(id, visit) for id in dict.fromkeys(ids)]
    return tuple(source for source in found if source)


def _source(id: str, visit: Visit) -> Source | None:
    if id.startswith(LOCAL):
        note = next((note for note in rules.overlay().notes if note.source_id == id), None)
        if note is None:
            return None
        text = visit.say("rules.source.here", source=note.source, who=note.who, day=day_text(note.on, visit.lang))
        return Source(text, web(note.source))
    source = rules.sources().get(id)
    if source is None or id == _GENERAL:
        return Source(visit.say("rules.source.none"))
    text = visit.say("rules.source.of", title=source.title, publisher=source.publisher, date=source.date)
    return Source(text, web(source.url or ""))


def note_lines(notes: Iterable[Note], visit: Visit) -> tuple[Said, ...]:
    """The notes in words, each with what it is about."""
    known = upkeep.in_force()
    told = []
    for note in notes:
        what = visit.say("rules.note.checked" if note.checked else "rules.note.changed")
        text = visit.say(
            "rules.note.said", who=note.who, day=day_text(note.on, visit.lang), what=what, source=note.source
        )
        told.append(
            Said(note, note_mark(note), text, tuple(_titled(thing, known, visit.lang) for thing in things(note)))
        )
    return tuple(told)


def things(note: Note) -> tuple[Target, ...]:
    """What a note is about."""
    return (*note.checked, *changed_things(note))


def _titled(thing: Target, known: upkeep.Known, language: Language) -> str:
    try:
        return upkeep.title(thing, known, language)
    except RulesError:
        return str(thing)
