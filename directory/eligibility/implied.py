"""What follows from what was said (age 70: somebody is 60 or older), from `implied.yml` and never from a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.eligibility.facts import UNSURE, Amount, Fact, Facts, kind_of
from directory.eligibility.strict import Entry, read

__all__ = ["FILE", "Implied", "load", "with_what_follows"]

FILE = Path(__file__).parent / "implied.yml"


@dataclass(frozen=True)
class Implied:
    """When `fact` is `value` (or at least, or at most that number), `then` holds too."""

    fact: str
    test: str
    value: bool | str | float
    then: Mapping[str, bool | str]

    def holds(self, fact: Fact) -> bool:
        """Whether what was said makes it so."""
        if self.test == "is":
            return fact == self.value and type(fact) is type(self.value)
        if not isinstance(fact, Amount) or isinstance(self.value, str):
            return False
        return fact.low >= self.value if self.test == "at_least" else fact.top <= self.value


def load(path: Path = FILE) -> tuple[Implied, ...]:
    """The table; RulesError names the file and key of the first thing it refuses."""
    return tuple(_implied(entry) for entry in read(path).each())


def _implied(entry: Entry) -> Implied:
    found = entry.fields(("when", "then", "why"))
    found["why"].text()
    when = found["when"].fields(("fact",), ("is", "at_least", "at_most"))
    tests = [test for test in when if test != "fact"]
    if len(tests) != 1:
        raise entry.refuse("exactly one of is, at_least, at_most says when it follows.")
    fact, test = when["fact"].text(), tests[0]
    kind_of(fact)
    value = when[test].value
    if test != "is":
        value = when[test].number()
    elif not isinstance(value, bool | str):
        raise when[test].refuse("yes, no or one of the choices was expected here.")
    return Implied(fact, test, value, {name: _value(name, part) for name, part in found["then"].items()})


def _value(name: str, entry: Entry) -> bool | str:
    kind_of(name)
    if not isinstance(entry.value, bool | str):
        raise entry.refuse("true, false or one of the choices was expected here.")
    return entry.value


@cache
def _by_fact() -> Mapping[str, tuple[Implied, ...]]:
    found: dict[str, tuple[Implied, ...]] = {}
    for item in load():
        found[item.fact] = (*found.get(item.fact, ()), item)
    return found


def with_what_follows(facts: Facts) -> dict[str, Fact]:
    """The facts and what follows from them; a "yes" or "no" is never replaced, an "I don't know" is.

    It goes by the order of the table, so that the order in which things were said makes no difference.
    """
    known = dict(facts)
    table = _by_fact()
    waiting = [name for name in table if name in known]
    while waiting:
        name = waiting.pop()
        for item in table[name]:
            if not item.holds(known[name]):
                continue
            for follows, value in item.then.items():
                if known.get(follows, UNSURE) is UNSURE:
                    known[follows] = value
                    if follows in table:
                        waiting.append(follows)
    return known
