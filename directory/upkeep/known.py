"""Rules, plans and guides together: as they stand, or as a note more would leave them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.eligibility import guides, rules
from directory.eligibility.guides import Guide
from directory.eligibility.program import Rules
from directory.overlay.onto_guides import onto_guides
from directory.overlay.onto_rules import onto_rules
from directory.overlay.shapes import Note
from directory.plans import load
from directory.plans.cells import Directory
from directory.plans.noted import onto_plans

__all__ = ["Known", "in_force"]


@dataclass(frozen=True)
class Known:
    """Rules, plans and guides as they stand, or as they would stand with a note more."""

    rules: Rules
    plans: Directory
    guides: Mapping[str, Guide]

    def with_notes(self, notes: Iterable[Note]) -> Known:
        """The same with these notes laid over it."""
        more = tuple(notes)
        return Known(
            onto_rules(self.rules, more)[0], onto_plans(self.plans, more)[0], onto_guides(self.guides, more)[0]
        )


def in_force() -> Known:
    """What counts now."""
    return Known(rules.everything(), load.loaded(), guides.guides())
