"""The sides of a program: short dated answers to what people ask next, such as what it costs and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from directory.eligibility.basis import Basis, parse_basis
from directory.eligibility.strict import Entry, Text

__all__ = ["SIDES", "Side", "parse_sides"]

SIDES: Final = (
    "cost", "decision_time", "duration", "who_decides", "who_signs", "companion", "family_helper", "choose_helper",
    "used_before", "living_with_others", "without_papers", "if_refused",
)  # fmt: skip
"""Every side that a program may tell of; one that is absent means that the fact base is silent."""

_REQUIRED = ("en", "es", "status", "checked_on", "review_by", "sources")
_OPTIONAL = ("from", "until")


@dataclass(frozen=True)
class Side:
    """One answer in both languages, and on what it stands."""

    text: Text
    basis: Basis


def parse_sides(entry: Entry, sources: Iterable[str]) -> Mapping[str, Side]:
    """The sides by kind, in the order of SIDES; a kind that nobody knows or a missing source is refused."""
    known = tuple(sources)
    found = entry.fields((), SIDES)
    return {kind: _side(found[kind], known) for kind in SIDES if kind in found}


def _side(entry: Entry, sources: Iterable[str]) -> Side:
    found = entry.fields(_REQUIRED, _OPTIONAL)
    open_ended = {key: Entry(None, entry.path, f"{entry.key}.{key}") for key in _OPTIONAL}
    basis = parse_basis({**open_ended, **found}, sources)
    return Side(Text(found["en"].text(), found["es"].text()), basis)
