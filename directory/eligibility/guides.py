"""Guides for next-door questions (a paper from the landlord, a card that is refused), read from `guides/*.yml`.

A guide is no program: nobody decides who gets it. It says what a thing is, what to do today, and who is free to call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.basis import BASIS, STATUSES, Basis, load_sources, parse_basis
from directory.eligibility.hedges import Hedges, hedge, load_hedges
from directory.eligibility.strict import Entry, Text, Texts, read, refuse
from directory.errors import RulesError
from directory.model import Need
from directory.overlay.onto_guides import onto_guides
from directory.overlay.shapes import Note, review_day

__all__ = ["FOLDER", "GAP", "Contact", "Guide", "guide", "guides", "load", "overlay_warnings"]

FOLDER = rules.FOLDER
GAP = " ... "
"""In a name: up to five other words may stand here ("stole ... ebt" is found in "they stole my new ebt card")."""

_REQUIRED = ("id", "need", "names", "title", "what", "today", "who", "programs", "wants", "urgent", "basis")

_FEWEST_STEPS, _MOST_STEPS = 2, 4


@dataclass(frozen=True)
class Contact:
    """Somebody who is free to call; without `phone` the name says where to look, unless `verified` it is hedged.

    `office` is a kind of the table of offices: where the county of a person has its own there, that is named instead.
    """

    name: Text
    phone: str | None
    verified: bool
    source: str
    ask: Text | None = None
    office: str | None = None


@dataclass(frozen=True)
class Guide:
    """One next-door question as the assistant answers it.

    `programs` are ours that go on from here; `wants` are needs or programs whose places are worth listing after it;
    `today` runs in parallel in both languages. `careful` is what must be said so that nobody takes it for advice.
    """

    id: str
    need: Need | None
    names: Texts
    title: Text
    what: Text
    today: Texts
    who: tuple[Contact, ...]
    careful: Text | None
    programs: tuple[str, ...]
    wants: tuple[str, ...]
    urgent: bool
    basis: Basis
    hedges: Hedges

    @property
    def valid_until(self) -> date | None:
        """The last day on which this is known to hold; None where no end is known."""
        return self.basis.period.until

    def phone_stands(self, contact: Contact, on: date) -> bool:
        """Whether a number of this guide may be told that day without a hedge: verified, and not overdue."""
        return contact.verified and on <= review_day(self.basis.checked_on, None)

    def hedge(self, on: date) -> Text | None:
        """What to add that day: its known end has passed, nobody looked again, or nobody ever confirmed it."""
        doubt = self.basis.doubt(on)
        return hedge(self.hedges, doubt) if doubt else None


@dataclass(frozen=True)
class _Known:
    """What the files may name."""

    sources: frozenset[str]
    programs: frozenset[str]
    hedges: Hedges


def load(folder: Path = FOLDER, *, programs: Iterable[str] | None = None) -> dict[str, Guide]:
    """The guides of a folder by id; RulesError names file and key of the first thing it refuses."""
    known = _Known(
        frozenset(load_sources(folder / "sources.yml")),
        frozenset(rules.programs() if programs is None else programs),
        load_hedges(folder / "hedges.yml"),
    )
    found = {path.stem: _guide(path, known) for path in sorted((folder / "guides").glob("*.yml"))}
    _refuse_names_said_twice(folder, found.values())
    return found


def _guide(path: Path, known: _Known) -> Guide:
    found = read(path).fields(_REQUIRED, ("careful",))
    if found["id"].text() != path.stem:
        raise found["id"].refuse(f"the id is not the file's name '{path.stem}'. Make them the same.")
    need = found["need"].maybe(lambda entry: entry.one_of(need.value for need in Need))
    return Guide(
        id=path.stem,
        need=Need(need) if need else None,
        names=_names(found["names"]),
        title=found["title"].twin(),
        what=found["what"].twin(),
        today=_today(found["today"]),
        who=_who(found["who"], known),
        careful=found["careful"].twin() if "careful" in found else None,
        programs=_each_of(found["programs"], known.programs),
        wants=_each_of(found["wants"], known.programs | {need.value for need in Need}),
        urgent=found["urgent"].flag(),
        basis=_basis(found["basis"], known),
        hedges=known.hedges,
    )


def _names(entry: Entry) -> Texts:
    names = entry.lists()
    for name in (*names.en, *names.es):
        if name != name.lower():
            raise entry.refuse(f"'{name}' has capitals and would never be found. Write it in lower case.")
        if any(not part.strip() for part in f" {name} ".split(GAP)) or "..." in name.replace(GAP, " "):
            raise entry.refuse(f"'{name}' has a gap without words on both sides. Write it as: stole ... ebt.")
    return names


def _today(entry: Entry) -> Texts:
    steps = entry.twins()
    if not _FEWEST_STEPS <= len(steps.en) <= _MOST_STEPS:
        raise entry.refuse(f"{len(steps.en)} steps are not {_FEWEST_STEPS} to {_MOST_STEPS}. Say what matters today.")
    return steps


def _who(entry: Entry, known: _Known) -> tuple[Contact, ...]:
    contacts = tuple(_contact(part, known) for part in entry.each())
    if not contacts:
        raise entry.refuse("nobody is named to call. A guide never ends without somebody; 211 if need be.")
    return contacts


def _contact(entry: Entry, known: _Known) -> Contact:
    found = entry.fields(("name", "phone", "verified", "source"), ("ask", "office"))
    phone = found["phone"].maybe(Entry.phone)
    source, verified = found["source"].one_of(sorted(known.sources)), found["verified"].flag()
    if verified and source == "S_GK":
        raise found["verified"].refuse("general knowledge verifies nothing. Name a source, or write false.")
    ask = found["ask"].twin() if "ask" in found else None
    return Contact(
        found["name"].twin(), phone, verified, source, ask, found["office"].text() if "office" in found else None
    )


def _each_of(entry: Entry, allowed: Iterable[str]) -> tuple[str, ...]:
    known = frozenset(allowed)
    for id in (ids := entry.texts()):
        if id not in known:
            raise entry.refuse(f"'{id}' is no program (or need) of ours. Mend the id.")
    return ids


def _basis(entry: Entry, known: _Known) -> Basis:
    basis = parse_basis(entry.fields(BASIS), known.sources)
    if basis.status == STATUSES[0] and set(basis.sources) == {"S_GK"}:
        raise entry.refuse("general knowledge verifies nothing. Name a source, or write recalled.")
    return basis


def _refuse_names_said_twice(folder: Path, found: Iterable[Guide]) -> None:
    owner: dict[tuple[str, ...], str] = {}
    for guide in found:
        for name in {*guide.names.en, *guide.names.es}:
            other = owner.setdefault(tuple(map(rules.key_of, name.split(GAP))), guide.id)
            if other != guide.id:
                raise refuse(
                    folder / "guides" / f"{guide.id}.yml",
                    "names",
                    f"'{name}' also belongs to {other}, so a message could mean either. Keep it in one.",
                )


@cache
def _shipped() -> Mapping[str, Guide]:
    return load()


_kept: tuple[tuple[Note, ...], Mapping[str, Guide], tuple[str, ...]] | None = None


def guides() -> Mapping[str, Guide]:
    """All guides by id, with what the clinic noted that it looked at."""
    global _kept
    notes = rules.overlay().notes
    if _kept is None or _kept[0] is not notes:
        _kept = (notes, *onto_guides(_shipped(), notes))
    return _kept[1]


def overlay_warnings() -> tuple[str, ...]:
    """A sentence for each note of the clinic that names no guide of ours."""
    guides()
    return _kept[2] if _kept else ()


def guide(id: str) -> Guide:
    """The guide with that id; RulesError when there is none."""
    try:
        return guides()[id]
    except KeyError:
        raise RulesError(f"There is no guide '{id}'. Known: {', '.join(guides())}.") from None
