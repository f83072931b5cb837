"""On what a value stands that a clinic looked at or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from directory.eligibility.basis import Basis, Source
from directory.eligibility.strict import Period
from directory.errors import RulesError
from directory.overlay.shapes import Note, review_day

__all__ = ["attempt", "known", "local_basis", "renewed", "source_of"]

T = TypeVar("T")


def source_of(note: Note) -> Source:
    """The source of a note as one of ours; who wrote it stays with the clinic."""
    return Source(note.source_id, note.source, "noted at this clinic", note.on.isoformat(), note.url)


def local_basis(note: Note, period: Period, end: date | None = None) -> Basis:
    """The basis of a value that the clinic itself gave; `end` is a known day past which nobody may rely on it."""
    last = end if end and (period.start or date.min) <= end else None
    return Basis(period, "verified", note.on, review_day(note.on, _first(period.until, last)), (note.source_id,))


def renewed(basis: Basis, note: Note, end: date | None = None) -> Basis:
    """The basis of a value that was looked at and holds; as it was where what stands there is newer than the note."""
    if note.on < basis.checked_on:
        return basis
    last = end if end and (basis.period.start or date.min) <= end else None
    review = review_day(note.on, _first(basis.period.until, last))
    sources = (*basis.sources, note.source_id)
    return replace(basis, status="verified", checked_on=note.on, review_by=review, sources=sources)


def _first(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def known(among: Mapping[str, T], id: str, what: str) -> T:
    """The thing of that id; RulesError where it is gone."""
    try:
        return among[id]
    except KeyError:
        raise RulesError(f"there is no {what} '{id}' here{_instead(id, among, what)}") from None


_LISTED = frozenset({"kind of office", "kind of ride", "paper for a ride"})
"""Of these all names are told: no list of ours shows them together."""


def _instead(id: str, among: Iterable[str], what: str) -> str:
    """What may be meant, in brackets, as the sentence goes on elsewhere."""
    names = {name.casefold(): name for name in among}
    near = get_close_matches(id.casefold(), names, n=1)
    told = [f"did you mean {names[near[0]]}?"] if near else []
    told += [f"there are: {', '.join(names.values())}"] if what in _LISTED else []
    return f" ({' '.join(told)})" if told else ""


def attempt(note: Note, work: Callable[[], None], warnings: list[str]) -> None:
    """Lays one note; where it finds no place, that is one sentence more among the warnings."""
    try:
        work()
    except RulesError as why:
        said = str(why).rstrip(".")
        warnings.append(f"note {note.number} ({note.who}, {note.on}): {said}. This note does not count; the others do.")
