"""What follows from what was said (age 70: somebody is 60 or older), from `implied.yml` and never from a guess."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.eligibility.facts import UNSURE, Amount, Fact, Facts, kind_of, parse
from directory.eligibility.strict import Entry, read
from directory.errors import FactError

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
    entries = read(path).each()
    found = tuple(_implied(entry) for entry in entries)
    for item, entry in zip(found, entries, strict=True):
        _refuse_contradiction(item, found, entry)
    return found


def _refuse_contradiction(item: Implied, found: tuple[Implied, ...], entry: Entry) -> None:
    """What follows from what follows may say the same again, and never the contrary."""
    known: dict[str, Fact] = {item.fact: item.value} if item.test == "is" and not isinstance(item.value, float) else {}
    waiting = [item]
    while waiting:
        for name, value in waiting.pop().then.items():
            if known.get(name, value) != value:
                raise entry.refuse(f"it goes round and says the contrary of '{name}'. Break it.")
            if name not in known:
                known[name] = value
                waiting += [each for each in found if each.fact == name and each.test == "is" and each.value == value]


def _implied(entry: Entry) -> Implied:
    found = entry.fields(("when", "then", "why"))
    found["why"].text()
    when = found["when"].fields(("fact",), ("is", "at_least", "at_most"))
    tests = [test for test in when if test != "fact"]
    if len(tests) != 1:
        raise entry.refuse("exactly one of is, at_least, at_most says when it follows.")
    fact, test = when["fact"].text(), tests[0]
    is_number = _kind(fact, when["fact"]) == "number"
    if (test != "is") != is_number:
        raise when[test].refuse(f"'{fact}' cannot be compared so. Numbers take at_least or at_most, all others is.")
    value = when[test].number() if is_number else _value(fact, when[test])
    then = {name: _value(name, part) for name, part in found["then"].items()}
    if not then:
        raise found["then"].refuse("nothing follows. Name what does, or take it out.")
    return Implied(fact, test, value, then)


def _kind(fact: str, entry: Entry) -> str:
    try:
        return kind_of(fact)
    except FactError as error:
        raise entry.refuse(str(error)) from None


def _value(name: str, entry: Entry) -> bool | str:
    """A value that this fact can have: true or false, or one of its choices."""
    kind = _kind(name, entry)
    if kind == "choice" and isinstance(entry.value, str):
        with suppress(FactError):
            if parse(name, entry.value) == entry.value:
                return entry.value
    if kind == "yes_no" and isinstance(entry.value, bool):
        return entry.value
    raise entry.refuse(f"{entry.value!r} is nothing that '{name}' can be: true or false, or one of its choices.")


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
