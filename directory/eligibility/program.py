"""The shape of a program, and how one is read from its file; what does not fit is refused with file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from directory.eligibility.basis import STATUSES, Basis, Doubt, Source, parse_basis
from directory.eligibility.conditions import Condition, Definition, Rule, parse_rules
from directory.eligibility.hedges import Hedges, hedge
from directory.eligibility.sides import Side, parse_sides
from directory.eligibility.strict import Entry, Period, Text, Texts, read
from directory.eligibility.tables import Table
from directory.model import Need, Reach

__all__ = ["Known", "Line", "Program", "Rules", "parse_program"]

_VERIFIED, _RECALLED = timedelta(days=180), timedelta(days=30)
"""How long a look at a phone holds, and how long one that nobody ever checked may wait."""
_SHORT = 3
"""Numbers such as 211 are the same for everybody."""

_REQUIRED = (
    "id", "need", "category", "reach", "plan_benefit", "status", "checked_on", "review_by", "valid_until", "sources",
    "official_name", "short", "names", "aliases", "codes", "what", "steps", "how_long", "bring", "who_decides", "ask",
    "eligibility",
)  # fmt: skip
_OPTIONAL = ("say_carefully", "line", "try_first", "expedited", "sides", "record")
_RECORD = (
    "how_to_get", "who_refers", "exclusions", "limits", "lead_time", "plan_variation", "say_carefully", "documents",
    "renewal", "yearly_values", "codes", "verified", "not_verified",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A statewide phone; shown without a hedge only on days on which it stands."""

    phone: str
    verified: bool
    source: str
    checked_on: date

    @property
    def basis(self) -> Basis:
        """On what it stands; a phone has no end of its own, so the program's does not cut its review short."""
        review_by = self.checked_on + (_VERIFIED if self.verified else _RECALLED)
        return Basis.of_look(self.verified, self.checked_on, review_by, self.source)

    @property
    def needs_no_check(self) -> bool:
        """Whether it is the same for everybody, as 211."""
        return len(self.phone) == _SHORT

    def stands(self, on: date) -> bool:
        """Whether it may be shown that day without a hedge."""
        return self.needs_no_check or self.basis.stands(on)


@dataclass(frozen=True)
class Program:
    """One program as the assistant tells of it, and the dated rules of who may get it.

    `official_name` is the English one, `official` has both; `status` says how well the patient text is known; `ask` is
    the sentence that names who can tell for sure. `record` holds what reviewers need, in English, and is not shown.
    """

    id: str
    need: Need
    category: str
    reach: Reach
    plan_benefit: bool
    status: str
    checked_on: date
    review_by: date
    valid_until: date | None
    sources: tuple[Source, ...]
    official: Text
    short: Text
    names: Texts
    aliases: tuple[str, ...]
    codes: tuple[str, ...]
    what: Text
    steps: Texts
    how_long: Text
    bring: Texts
    who_decides: Text
    ask: Text
    say_carefully: Text | None
    known_line: Line | None
    try_first: tuple[str, ...]
    rules: tuple[Rule, ...]
    expedited: tuple[Rule, ...]
    record: Mapping[str, tuple[str, ...]]
    hedges: Hedges
    sides: Mapping[str, Side] = field(default_factory=dict)

    @property
    def basis(self) -> Basis:
        """On what stands what patients are told of it; each of its rules stands on a basis of its own."""
        ids = tuple(source.id for source in self.sources)
        return Basis(Period(None, self.valid_until), self.status, self.checked_on, self.review_by, ids)

    @property
    def official_name(self) -> str:
        """The official English name."""
        return self.official.en

    @property
    def line(self) -> str | None:
        """The statewide phone, if one is known; `known_line` says whether it may be shown without a hedge."""
        return self.known_line.phone if self.known_line else None

    def rule(self, on: date) -> Rule | None:
        """The rule in force that day, or None when none is known."""
        return next((rule for rule in self.rules if rule.basis.period.covers(on)), None)

    def current(self, on: date) -> bool:
        """Whether what we hold may still be said that day without a hedge about its age."""
        return on <= self.review_by and (self.valid_until is None or on <= self.valid_until)

    def hedge(self, on: date) -> Text | None:
        """What to add that day, and who can tell: the known end has passed, nobody looked again, or nobody ever did."""
        doubt = self.basis.doubt(on)
        return self.hedge_for(doubt) if doubt else None

    def hedge_for(self, doubt: Doubt) -> Text:
        """What to add for a doubt, and who can tell."""
        said = hedge(self.hedges, doubt)
        return Text(f"{said.en} {self.ask.en}", f"{said.es} {self.ask.es}")


@dataclass(frozen=True)
class Rules:
    """Programs and what they rest on, checked against each other."""

    programs: Mapping[str, Program]
    needs: Mapping[Need, tuple[str, ...]]
    need_names: Mapping[Need, Text]
    conditions: Mapping[str, Condition]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    sources: Mapping[str, Source]
    deciders: Mapping[str, Text]
    aliases: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What the program files may name."""

    sources: Mapping[str, Source]
    conditions: Mapping[str, Condition]
    definitions: Mapping[str, Definition]
    hedges: Hedges

    def rules(self, entry: Entry | None) -> tuple[Rule, ...]:
        if entry is None:
            return ()
        return parse_rules(entry, sources=self.sources, conditions=self.conditions, definitions=self.definitions)


def parse_program(path: Path, known: Known) -> Program:
    """The program of one file; RulesError names file and key of what does not fit."""
    found = read(path).fields(_REQUIRED, _OPTIONAL)
    if found["id"].text() != path.stem:
        raise found["id"].refuse(f"the id is not the file's name '{path.stem}'. Make them the same.")
    basis = _basis(found, known.sources)
    return Program(
        id=path.stem,
        need=Need(found["need"].one_of(need.value for need in Need)),
        category=found["category"].text(),
        reach=Reach(found["reach"].one_of(reach.value for reach in Reach)),
        plan_benefit=found["plan_benefit"].flag(),
        status=basis.status,
        checked_on=basis.checked_on,
        review_by=basis.review_by,
        valid_until=basis.period.until,
        sources=tuple(known.sources[id] for id in basis.sources),
        official=found["official_name"].twin(),
        short=found["short"].twin(),
        names=_names(found["names"]),
        aliases=found["aliases"].texts(),
        codes=found["codes"].texts(),
        what=found["what"].twin(),
        steps=found["steps"].twins(),
        how_long=found["how_long"].twin(),
        bring=found["bring"].twins(),
        who_decides=found["who_decides"].twin(),
        ask=found["ask"].twin(),
        say_carefully=found["say_carefully"].twin() if "say_carefully" in found else None,
        known_line=_line(found["line"], known.sources, basis.checked_on) if "line" in found else None,
        try_first=found["try_first"].texts() if "try_first" in found else (),
        rules=known.rules(found["eligibility"]),
        expedited=known.rules(found.get("expedited")),
        record=_record(found["record"]) if "record" in found else {},
        hedges=known.hedges,
        sides=parse_sides(found["sides"], known.sources) if "sides" in found else {},
    )


def _basis(found: Mapping[str, Entry], sources: Iterable[str]) -> Basis:
    """A program's own basis: it has no first day, and its last is called `valid_until`."""
    end = found["valid_until"]
    return parse_basis({**found, "from": Entry(None, end.path, "from"), "until": end}, sources)


def _names(entry: Entry) -> Texts:
    names = entry.lists()
    for name in (*names.en, *names.es):
        if name != name.lower():
            raise entry.refuse(f"'{name}' has capitals and would never be found. Write it in lower case.")
    return names


def _line(entry: Entry, sources: Iterable[str], checked_on: date) -> Line:
    found = entry.fields(("phone", "status", "source"))
    verified = found["status"].one_of(STATUSES) == "verified"
    return Line(found["phone"].phone(), verified, found["source"].one_of(sorted(sources)), checked_on)


def _record(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {key: part.texts() for key, part in entry.fields((), _RECORD).items()}
