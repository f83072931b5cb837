"""Which plan somebody has, from what the card says: some cards show the name of a partner of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.eligibility import rules
from directory.eligibility.basis import Basis
from directory.eligibility.strict import Text
from directory.plans import load
from directory.plans.cells import Plan

__all__ = ["Meaning", "meanings", "plan_on_card", "plans_named"]

_LONGEST_NAME = 9  # words: "mountain valley health plan (health plan of san joaquin)"
_LONGEST_TEXT = 60  # words; nobody's card says more
_IN_EVERY_NAME = frozenset(
    (
        *("health", "healthcare", "plan", "plans", "medi", "cal", "medical", "mcal", "california", "care", "card"),
        *("member", "the", "of", "and", "salud", "tarjeta", "miembro", "de", "del", "el", "en", "la", "los", "y"),
    )
)
"""Words that name no plan by themselves."""


@dataclass(frozen=True)
class Meaning:
    """A plan that a card can mean; `why` says so where the card shows another name, and how to check."""

    plan: Plan
    why: Text | None = None
    basis: Basis | None = None


def plan_on_card(text: str, county: str | None) -> tuple[Plan, ...]:
    """The plans that a card with these words can mean in that county; several where it is not certain, or none."""
    return tuple(meaning.plan for meaning in meanings(text, county))


def meanings(text: str, county: str | None) -> tuple[Meaning, ...]:
    """The same with the reason of each; the plans that serve the county under the name shown come first."""
    shown = plans_named(text)
    if county is None:
        return tuple(Meaning(plan) for plan in shown)
    load.county(county)
    found = [Meaning(plan) for plan in shown if county in plan.counties]
    found += [meaning for plan in shown for meaning in _partners(plan, county)]
    return tuple({meaning.plan.id: meaning for meaning in reversed(found)}.values())[::-1]


def _partners(shown: Plan, county: str) -> Iterator[Meaning]:
    for card in load.loaded().cards:
        if card.shows == shown.id and county in card.counties:
            yield from (Meaning(load.plan(id), card.why, card.basis) for id in card.means)


def plans_named(text: str) -> tuple[Plan, ...]:
    """The plans whose names stand in the text; else those of whose names it is a part ("Kern"), if it is one at all."""
    words = _words(text)[:_LONGEST_TEXT]
    ids = dict.fromkeys(_whole(words)) or dict.fromkeys(_part(words))
    return tuple(load.plan(id) for id in ids)


def _whole(words: list[str]) -> Iterator[str]:
    """Each plan whose name stands there, the longest name at a place; no word counts twice."""
    aliases, at = load.loaded().aliases, 0
    while at < len(words):
        sizes = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        size = next((size for size in sizes if rules.key_of(" ".join(words[at : at + size])) in aliases), 0)
        if size:
            yield aliases[rules.key_of(" ".join(words[at : at + size]))]
        at += size or 1


def _part(words: list[str]) -> Iterator[str]:
    if not words or _IN_EVERY_NAME.issuperset(words):
        return
    wanted = f" {' '.join(words)} "
    for plan in load.plans().values():
        names = (plan.name, plan.short_name, *plan.aliases["en"], *plan.aliases["es"])
        if any(wanted in f" {' '.join(_words(name))} " for name in names):
            yield plan.id


def _words(text: str) -> list[str]:
    """The words without case; "L.A." is one, "Anthem/L.A. Care" three."""
    return [word for part in re.split(r"[^\w.&'’]+", text.casefold()) if (word := part.strip(".'’&"))]
