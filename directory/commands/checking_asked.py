"""What staff typed of a person -> what the rules take; what makes no sense is told with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from directory.commands import typed
from directory.eligibility import facts as known
from directory.eligibility import rules
from directory.eligibility.asking import STATUS
from directory.eligibility.assess import Situation
from directory.eligibility.facts import Fact
from directory.eligibility.rules import Program, Text, key_of
from directory.errors import FactError
from directory.model import Language
from directory.search.listed import programs_listed

__all__ = ["SHORT", "Asked", "asked", "facts", "program"]

SHORT = {"size": known.SIZE, "income": known.INCOME, "age": "age_years"}
"""What may be typed for the longest names."""


def program(text: str) -> Program:
    """The program by id, by any name people or lists use for it; FactError names those that come near."""
    found = rules.programs().get(text.strip()) or rules.programs().get(rules.program_by_alias(text) or "")
    if found:
        return found
    named = [item for item in rules.programs().values() if key_of(text) in _names(item)]
    if len(named) == 1:
        return named[0]
    if named:
        raise FactError(f"{text!r} may be {_listed(named)}. Write the id of the one you mean.")
    every = {key: item for item in rules.programs().values() for key in _names(item)}
    near = dict.fromkeys(every[key].id for key in _near(key_of(text), every))
    perhaps = [rules.program(id) for id in near]
    hint = f"Perhaps {_listed(perhaps)}." if perhaps else f"Programs: {', '.join(rules.programs())}."
    raise FactError(f"There is no program {text!r}. {hint}")


def _near(text: str, names: Iterable[str]) -> list[str]:
    """The names like it; where one is much nearer than others, these were not meant."""
    close = get_close_matches(text, names, n=8, cutoff=0.6)
    alike = {name: SequenceMatcher(None, name, text).ratio() for name in close}
    return [name for name in close if alike[name] > alike[close[0]] - _MUCH]


_MUCH = 0.15


def _names(item: Program) -> frozenset[str]:
    words = (item.id, item.short.en, item.short.es, *item.names.get(Language.EN), *item.names.get(Language.ES))
    return frozenset(map(key_of, words))


def _listed(items: Iterable[Program]) -> str:
    return ", ".join(f"{item.id} ({item.short.en})" for item in items)


def facts(texts: Iterable[str]) -> dict[str, Fact]:
    """The facts of `name=value`, each once; FactError says what cannot be meant and what to write."""
    found: dict[str, Fact] = {}
    for text in texts:
        short, equals, value = text.partition("=")
        name = SHORT.get(short.strip(), short.strip())
        if not equals:
            raise FactError(f"{text!r} is no fact. Write a name and a value: --fact has_medi_cal=yes")
        if name in STATUS:
            raise FactError(f"{name} is never asked and not taken here: the office that decides looks at it.")
        if name not in known.names():
            raise FactError(_unknown(name))
        if name in found:
            raise FactError(f"{name} was given twice. Keep the one that is right.")
        found[name] = known.parse(name, value)
    return found


def _unknown(name: str) -> str:
    open_ones = [known_name for known_name in known.names() if known_name not in STATUS]
    part = [other for other in open_ones if name and name in other]
    near = list(dict.fromkeys([*get_close_matches(name, open_ones, n=3), *part]))[:4]
    hint = f"Perhaps {', '.join(near)}? " if near else ""
    return f"No rule asks for {name!r}, so it would change nothing. {hint}All of them: puente check --facts"


@dataclass(frozen=True)
class Asked:
    """What is known of the person, and what their card means where they live, when it says another plan's name."""

    situation: Situation
    card: Text | None = None


def asked(texts: Iterable[str], plan: str | None, county: str | None, near: str | None, on: date) -> Asked:
    """The person as typed, with what the plan's own published list names where they live."""
    said, where = facts(texts), _where(county, near)
    meaning = typed.one_plan(plan, where) if plan else None
    which = meaning.plan.id if meaning else None
    listed = programs_listed(which, where, on) if which and where else frozenset()
    return Asked(Situation(said, which, where, listed), meaning.why if meaning else None)


def _where(county: str | None, near: str | None) -> str | None:
    found = {typed.county(text) for text in (county, near) if text}
    if len(found) > 1:
        raise FactError(f"--county and --near are not the same county: {' and '.join(sorted(found))}. Keep one.")
    return next(iter(found), None)
