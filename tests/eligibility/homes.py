"""Whole homes by chance, for properties that must hold of every home: what was said of them hangs together."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from hypothesis import strategies as st

from directory.eligibility import implied
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, names
from directory.eligibility.implied import with_what_follows
from tests.eligibility.demands import shipped

__all__ = ["DAYS", "Home", "askable", "hangs_together", "homes", "settled_by_others"]

DAYS = (
    date(2025, 6, 30), date(2026, 5, 31), date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 21), date(2026, 12, 21),
    date(2026, 12, 22), date(2027, 1, 1), date(2027, 5, 20), date(2030, 1, 1),
)  # fmt: skip
AGES = (0, 4, 9, 17, 18, 20, 21, 40, 59, 60, 64, 65, 70, 93)
INCOMES = (0, 900, 1600, 2000, 2500, 2660, 3000, 3500, 3700, 4200, 4554, 5000, 5600, 6500, 6800, 8000, 12000)


@dataclass(frozen=True)
class Home:
    """What only others know stands `before` the first question; `answers` are in the order in which they are given."""

    before: Mapping[str, Fact]
    answers: tuple[tuple[str, Fact], ...]
    on: date

    @property
    def whole(self) -> dict[str, Fact]:
        """All of it."""
        return {**self.before, **dict(self.answers)}


@cache
def askable() -> tuple[str, ...]:
    """The facts that a person may be asked for."""
    asked = {item.fact for item in shipped().conditions.values() if item.ask and item.answered_by == "patient"}
    return tuple(name for name in names() if name in asked or name == SIZE)


@cache
def settled_by_others() -> tuple[str, ...]:
    """The facts that only others know, or a look into a list."""
    return tuple(name for name in names() if name not in askable() and name != "income_calfresh_net")


@cache
def _table() -> tuple[implied.Implied, ...]:
    return implied.load()


def hangs_together(facts: Mapping[str, Fact]) -> bool:
    """Whether nothing that follows from one fact is denied by another."""
    return all(
        facts.get(name, UNSURE) in (value, UNSURE)
        for item in _table()
        if item.fact in facts and item.holds(facts[item.fact])
        for name, value in item.then.items()
    )


def homes(*, unsure: float = 0.15) -> st.SearchStrategy[Home]:
    """Homes by chance; each answer is "I don't know" with that chance."""
    return st.builds(_home, st.integers(0, 2**32), st.sampled_from(DAYS), st.just(unsure))


def _home(seed: int, on: date, unsure: float) -> Home:
    chance = random.Random(seed)
    before: dict[str, Fact] = {name: chance.random() < 0.7 for name in settled_by_others() if chance.random() < 0.4}
    known = _together(chance)
    answers = [(name, UNSURE if chance.random() < unsure else known[name]) for name in _shuffled(chance, known)]
    return Home(before, tuple(answers), on)


def _together(chance: random.Random) -> dict[str, Fact]:
    """A value for each fact, drawn one after the other, none of them against what follows from those before."""
    known: dict[str, Fact] = {}
    for name in _shuffled(chance, askable()):
        for value in () if name in known else _shuffled(chance, _values(name)):
            tried = with_what_follows({**known, name: value})
            if hangs_together(tried):
                known = tried
                break
    return {name: fact for name, fact in known.items() if name in askable()}


@cache
def _values(name: str) -> tuple[Fact, ...]:
    if name == SIZE:
        return tuple(Amount.exactly(size) for size in (1, 2, 3, 4, 6, 9))
    if name == INCOME:
        return tuple(map(Amount.exactly, INCOMES))
    if name == "age_years":
        return tuple(map(Amount.exactly, AGES))
    choices = {choice.value for item in shipped().conditions.values() if item.fact == name for choice in item.choices}
    return tuple(sorted(choices)) or (True, False)


def _shuffled(chance: random.Random, values: Iterable[object]) -> list:  # type: ignore[type-arg]
    mixed = list(values)
    chance.shuffle(mixed)
    return mixed
