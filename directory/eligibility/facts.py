"""What a person said of themselves: yes or no, a choice, an amount that may be a range, or that they do not know."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from directory.eligibility import rules
from directory.errors import FactError

__all__ = [
    "INCOME",
    "MOST",
    "SIZE",
    "UNSURE",
    "Amount",
    "Fact",
    "Facts",
    "Unsure",
    "from_plain",
    "kind_of",
    "names",
    "parse",
    "sensible",
    "to_plain",
]

SIZE = "household_size"
"""People in the home; no condition asks for it alone, every line by household needs it."""
INCOME = "household_income_monthly_gross"
"""Dollars a month before taxes, of everybody in the home."""

MOST: Mapping[str, int] = {SIZE: 30, INCOME: 1_000_000, "age_years": 120}
"""What is more than this was not meant so."""


class Unsure(Enum):
    """The one answer that is none."""

    UNSURE = "unsure"


UNSURE = Unsure.UNSURE
"""Asked, and the person does not know or does not want to say: it is not asked again."""


@dataclass(frozen=True)
class Amount:
    """A number known to lie between two bounds, both included; `high` None where it is open."""

    low: float
    high: float | None

    @classmethod
    def exactly(cls, number: float) -> Amount:
        """One number."""
        return cls(number, number)

    @property
    def exact(self) -> float | None:
        """The number, where only one is left."""
        return self.low if self.low == self.high else None

    @property
    def top(self) -> float:
        """The upper bound, infinity where it is open."""
        return math.inf if self.high is None else self.high


Fact = bool | str | Amount | Unsure
Facts = Mapping[str, Fact]

_YES = frozenset({"yes", "y", "true", "si", "sí", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_NOT_KNOWN = frozenset({"unknown", "unsure", "?", "skip", "dont_know", "no_se"})
_RANGE = re.compile(r"(?P<sign><=|>=|<|>)?\$?(?P<low>\d[\d,]*(?:\.\d+)?)(?:(?:-|\.\.)\$?(?P<high>\d[\d,]*(?:\.\d+)?))?")


def kind_of(name: str) -> str:
    """`yes_no`, `choice` or `number`; FactError for a name that no rule knows."""
    if name in (SIZE, INCOME):
        return "number"
    for condition in rules.conditions().values():
        if condition.fact == name:
            return {"table": "number", "lookup": "yes_no"}.get(condition.kind, condition.kind)
    raise FactError(f"No rule asks for '{name}', so it would change nothing. Known: {', '.join(names())}.")


def names() -> tuple[str, ...]:
    """Every fact that some rule asks for, in the order of the conditions."""
    found = dict.fromkeys(condition.fact for condition in rules.conditions().values())
    return (SIZE, *found)


def parse(name: str, text: str) -> Fact:
    """What `name=text` says; FactError for a name nobody asks for or a value that makes no sense.

    Amounts may be ranges: 3200, 3000-3500, <3608, >3608. `unknown` is an answer.
    """
    kind, said = kind_of(name), text.strip().casefold()
    if said in _NOT_KNOWN:
        return UNSURE
    if kind == "number":
        return _amount(name, said)
    if kind == "choice":
        return _chosen(name, said)
    if said in _YES or said in _NO:
        return said in _YES
    raise FactError(f"{name}={text}: yes, no or unknown was expected.")


def _amount(name: str, said: str) -> Amount:
    found = _RANGE.fullmatch(said.replace(" ", ""))
    if found is None:
        raise FactError(f"{name}={said}: a number was expected, such as 3200, 3000-3500 or <3608.")
    low = float(found["low"].replace(",", ""))
    high = float(found["high"].replace(",", "")) if found["high"] else low
    sign = (found["sign"] or "")[:1]
    amount = Amount(0, low) if sign == "<" else Amount(low, None) if sign == ">" else Amount(low, high)
    if (amount.high is not None and amount.high < amount.low) or max(low, high) > MOST.get(name, 10**6):
        raise FactError(f"{name}={said}: that cannot be meant. The most that counts is {MOST.get(name, 10**6):,}.")
    if name == SIZE and amount.top < 1:
        raise FactError(f"{name}={said}: a home has one person at least. Count the person too.")
    if name == SIZE and not (low.is_integer() and high.is_integer()):
        raise FactError(f"{name}={said}: a whole number of people was expected.")
    return amount


def _chosen(name: str, said: str) -> str:
    values = [
        choice.value
        for condition in rules.conditions().values()
        if condition.fact == name
        for choice in condition.choices
    ]
    if said not in values:
        raise FactError(f"{name}={said}: one of {', '.join(values)} was expected.")
    return said


def to_plain(facts: Facts) -> dict[str, object]:
    """The facts as JSON: true, false, a text, [low, high], or null for what the person does not know."""
    return {name: _plain(fact) for name, fact in facts.items()}


def _plain(fact: Fact) -> object:
    if isinstance(fact, Amount):
        return [fact.low, fact.high]
    return None if isinstance(fact, Unsure) else fact


def sensible(facts: Facts) -> dict[str, Fact]:
    """The facts that can be meant: no home of nobody, no age of 500, no range whose ends are swapped."""
    return {name: fact for name, fact in facts.items() if not isinstance(fact, Amount) or _can_be_meant(name, fact)}


def _can_be_meant(name: str, amount: Amount) -> bool:
    """Whether an amount is one, of which no end lies beyond what counts."""
    if not isinstance(amount.low, int | float) or not isinstance(amount.high, int | float | None):
        return False
    least, most = (1 if name == SIZE else 0), MOST.get(name, 10**6)
    return 0 <= amount.low <= min(amount.top, most) and amount.top >= least and not most < (amount.high or 0)


def from_plain(plain: object) -> dict[str, Fact]:
    """The facts that `to_plain` wrote; what cannot be read is left out, as if nobody had said it."""
    if not isinstance(plain, Mapping):
        return {}
    read = {str(name): _fact(value) for name, value in plain.items()}
    return sensible({name: fact for name, fact in read.items() if fact is not None})


def _fact(value: object) -> Fact | None:
    if value is None:
        return UNSURE
    if isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], int | float):
        high = value[1]
        return Amount(value[0], high) if high is None or isinstance(high, int | float) else None
    return None
