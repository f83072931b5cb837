"""The tables of the rules, as a policy person writes them: what is known of a home, the day, and what may be said.

A file holds `facts` and `on` of all its cases unless one says otherwise; `-` takes a fact away. `without_each` stands
for one case for each fact named, with that fact left out: then nothing is decided and that fact is what is missing.
`with_each` stands for one case for each fact named, answered yes. An outcome and what is missing are always written
down; `reasons`, `others` (what others check), `because`, `expedited`, `asked_first` and `worth_asking` where they tell
something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from directory.eligibility.assess import Situation, household
from directory.eligibility.evaluate import Household, Verdict
from directory.eligibility.facts import Fact, parse

__all__ = ["FOLDER", "TODAY", "Case", "cases", "facts_of", "files"]

FOLDER = Path(__file__).parent
OTHERS = {"households", "nonsense"}
"""The files of this folder that are no program's table."""
TODAY = date(2026, 11, 21)

_FILE = {"facts", "on", "cases"}
_CASE = {
    "name", "facts", "plan", "county", "on", "outcome", "missing", "because", "reasons", "others", "expedited",
    "asked_first", "worth_asking", "without_each", "with_each",
}  # fmt: skip


_Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One household on one day, and what may be said to it of one program; None where the table does not say."""

    program: str
    name: str
    facts: Mapping[str, Fact]
    plan: str | None
    county: str | None
    on: date
    outcome: str
    missing: frozenset[str]
    because: str | None
    reasons: frozenset[str] | None
    others: frozenset[str] | None
    expedited: bool
    asked_first: str | None
    worth_asking: frozenset[str] | None

    def __str__(self) -> str:
        return f"{self.program}: {self.name}"

    @property
    def situation(self) -> Situation:
        """The person as the assistant would know them."""
        return Situation(self.facts, self.plan, self.county)

    def household(self) -> Household:
        """The home on its day, exactly as the table says: nobody is taken to want a service."""
        if self.plan or self.county:
            return household(self.situation, self.on)
        return Household(self.facts, self.on)

    def verdict(self) -> Verdict:
        """What the rules say."""
        return self.household().verdict(self.program)


def files() -> list[Path]:
    """The table of each program."""
    return sorted(path for path in FOLDER.glob("*.yml") if path.stem not in OTHERS)


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every program."""
    return tuple(case for path in files() for case in _of_file(path))


def facts_of(plain: Mapping[str, str]) -> dict[str, Fact]:
    """The facts, read as the command line reads them; `-` is left out."""
    return {name: _parsed(name, text) for name, text in plain.items() if text != "-"}


def _parsed(name: str, text: str) -> Fact:
    return parse(name.partition("@")[0], text)


def _of_file(path: Path) -> Iterator[Case]:
    # Nothing is made of the words but text, so that "yes", "<3608" and a day mean here what they mean to the parser.
    page = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert set(page) <= _FILE, f"{path.name}: {set(page) - _FILE} is no part of a table"
    for entry in page["cases"]:
        assert set(entry) <= _CASE, f"{path.name}, {entry.get('name')}: {set(entry) - _CASE} is no part of a case"
        for each in _spread(entry):
            yield _case(path.stem, {**entry, **each}, page.get("facts") or {}, page.get("on") or TODAY.isoformat())


def _spread(entry: _Entry) -> Iterator[_Entry]:
    """What differs in each of the cases that one entry stands for."""
    without, with_ = entry.get("without_each"), entry.get("with_each")
    facts = entry.get("facts") or {}
    if without is None and with_ is None:
        yield {}
    for fact in without or ():
        more = {"facts": {**facts, fact: "-"}, "outcome": "cannot_tell", "missing": [fact]}
        yield {**more, "name": f"{entry['name']} ({fact})"}
    for fact in with_ or ():
        yield {"facts": {**facts, fact: "yes"}, "name": f"{entry['name']} ({fact})"}


def _case(program: str, entry: _Entry, base: Mapping[str, str], on: str) -> Case:
    def some(key: str) -> frozenset[str] | None:
        return frozenset(entry[key]) if key in entry else None

    return Case(
        program,
        entry["name"],
        facts_of({**base, **(entry.get("facts") or {})}),
        entry.get("plan"),
        entry.get("county"),
        date.fromisoformat(entry.get("on", on)),
        entry["outcome"],
        some("missing") or frozenset(),
        entry.get("because"),
        some("reasons"),
        some("others"),
        entry.get("expedited") == "true",
        entry.get("asked_first"),
        some("worth_asking"),
    )
