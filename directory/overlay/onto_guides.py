"""Lays a clinic's notes over guides, and over whatever else says on what it stands and is found by its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from directory.errors import RulesError
from directory.overlay.basis import attempt, known, renewed
from directory.overlay.reading import in_order
from directory.overlay.shapes import Note
from directory.overlay.versions import V

__all__ = ["onto_guides"]


def onto_guides(shipped: Mapping[str, V], notes: Iterable[Note]) -> tuple[Mapping[str, V], tuple[str, ...]]:
    """The guides that were looked at, renewed; and a sentence for each note that finds no guide."""
    laid, warnings = dict(shipped), list[str]()

    def check(note: Note, id: str) -> None:
        guide = known(laid, id, "guide")
        if guide.basis.period.until and note.on > guide.basis.period.until:
            raise RulesError(f"guide '{id}' ended on {guide.basis.period.until}")
        laid[id] = replace(guide, basis=renewed(guide.basis, note))

    for note in in_order(notes):
        for target in note.checked:
            if target.kind == "guide":
                attempt(note, partial(check, note, target.id), warnings)
    return laid, tuple(warnings)
