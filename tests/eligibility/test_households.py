"""Whole homes through all programs: what may be said to each, and what is not in reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
import yaml

from directory.eligibility import rules
from directory.eligibility.assess import Situation, household, screen
from directory.eligibility.evaluate import Outcome
from directory.eligibility.facts import Amount, Fact
from tests.eligibility.demands import shipped
from tests.eligibility.tables import FOLDER, TODAY, facts_of

WORDS = {"may": "may_qualify", "not": "probably_not", "cannot": "cannot_tell"}


@dataclass(frozen=True)
class Home:
    """A story, and the outcome of each program that matters to it; `ask` is what is left to ask."""

    story: str
    situation: Situation
    on: date
    outcomes: Mapping[str, str]
    ask: Mapping[str, frozenset[str]]

    def __str__(self) -> str:
        return self.story


@cache
def homes() -> tuple[Home, ...]:
    page = yaml.load((FOLDER / "households.yml").read_text("utf-8"), yaml.BaseLoader)
    return tuple(_home(entry, page["groups"]) for entry in page["homes"])


def _home(entry: dict, groups: Mapping[str, list[str]]) -> Home:  # type: ignore[type-arg]
    assert {"story", "facts", *WORDS} <= set(entry) <= {"story", "facts", "plan", "county", "on", "ask", *WORDS}, entry
    situation = Situation(facts_of(entry["facts"]), entry.get("plan"), entry.get("county"))
    named = [(id, outcome) for word, outcome in WORDS.items() for id in _spread(entry[word], groups)]
    assert len(dict(named)) == len(named), f"{entry['story']}: a program has two outcomes"
    ask = {id: frozenset(facts) for id, facts in entry.get("ask", {}).items()}
    return Home(entry["story"], situation, date.fromisoformat(entry.get("on", TODAY.isoformat())), dict(named), ask)


def _spread(names: Iterable[str], groups: Mapping[str, list[str]]) -> Iterable[str]:
    return dict.fromkeys(id for name in names for id in groups.get(name, [name]))


@pytest.mark.parametrize("home", homes(), ids=str)
def test_home(home: Home) -> None:
    here = household(home.situation, home.on)
    found = {id: here.verdict(id) for id in home.outcomes}
    assert {id: verdict.outcome.value for id, verdict in found.items()} == home.outcomes
    assert {id: frozenset(here.verdict(id).missing) for id in home.ask} == home.ask


@pytest.mark.parametrize("home", homes(), ids=str)
def test_all_programs_are_told_of_the_best_first_and_no_answer_is_asked_for_again(home: Home) -> None:
    screening = screen(None, home.situation, home.on)
    has_medi_cal = household(home.situation, home.on).facts.get("has_medi_cal") is True
    wanted = set(rules.programs()) - ({"medi_cal"} if has_medi_cal else set())
    assert {verdict.program for verdict in screening.verdicts} == wanted, "nobody applies for the Medi-Cal they have"
    answered = {name for name, fact in home.situation.facts.items() if not _is_range(fact)}
    assert not set(screening.missing) & answered
    last = [verdict.outcome is Outcome.PROBABLY_NOT for verdict in screening.verdicts]
    assert last == sorted(last), "what is out of reach stands last"


def _is_range(fact: Fact) -> bool:
    return isinstance(fact, Amount) and fact.exact is None


def test_there_are_sixty_homes_and_each_program_has_every_outcome() -> None:
    assert len(homes()) >= 60
    seen = {(id, outcome) for home in homes() for id, outcome in home.outcomes.items()}
    wanted = {(id, outcome) for id in shipped().programs for outcome in WORDS.values()}
    assert not sorted(wanted - seen)
