"""The programs and what they rest on, loaded once from the YAML files beside this module; bad data is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from directory.eligibility.conditions import (
    STATUSES,
    Condition,
    Definition,
    Rule,
    Source,
    Table,
    load_conditions,
    load_definitions,
    load_sources,
    load_tables,
    parse_rules,
)
from directory.eligibility.days import spoken
from directory.eligibility.sides import Side, parse_sides
from directory.eligibility.strict import Entry, Text, Texts, read
from directory.errors import RulesError
from directory.model import Language, Need, Reach

__all__ = [
    "FOLDER",
    "Line",
    "Program",
    "Rules",
    "Text",
    "Texts",
    "conditions",
    "deciders",
    "definitions",
    "key_of",
    "load",
    "need_names",
    "needs",
    "program",
    "program_by_alias",
    "programs",
    "sources",
    "spoken",
    "tables",
]

FOLDER = Path(__file__).parent

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
    """A statewide phone; shown without a hedge only where `verified`."""

    phone: str
    verified: bool
    source: str


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
    hedges: Mapping[str, Text]
    sides: Mapping[str, Side] = field(default_factory=dict)

    @property
    def official_name(self) -> str:
        """The official English name."""
        return self.official.en

    @property
    def line(self) -> str | None:
        """The statewide phone, if one is known; `known_line` says whether it is verified."""
        return self.known_line.phone if self.known_line else None

    def rule(self, on: date) -> Rule | None:
        """The rule in force that day, or None when none is known."""
        return next((rule for rule in self.rules if rule.basis.period.covers(on)), None)

    def current(self, on: date) -> bool:
        """Whether what we hold may still be said that day without a hedge about its age."""
        return on <= self.review_by and (self.valid_until is None or on <= self.valid_until)

    def hedge(self, on: date) -> Text | None:
        """What to add that day: the known end has passed, nobody looked again, or it was never confirmed."""
        if self.valid_until and on > self.valid_until:
            return self._hedge("ended", self.valid_until)
        if on > self.review_by:
            return self._hedge("overdue", self.checked_on)
        return None if self.status == "verified" else self._hedge(self.status, self.checked_on)

    def _hedge(self, reason: str, day: date) -> Text:
        text = self.hedges[reason]
        return Text(
            f"{text.en.format(day=spoken(day, Language.EN))} {self.ask.en}",
            f"{text.es.format(day=spoken(day, Language.ES))} {self.ask.es}",
        )


@dataclass(frozen=True)
class Rules:
    """Everything the folder holds, checked against itself."""

    programs: Mapping[str, Program]
    needs: Mapping[Need, tuple[str, ...]]
    need_names: Mapping[Need, Text]
    conditions: Mapping[str, Condition]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    sources: Mapping[str, Source]
    deciders: Mapping[str, Text]
    aliases: Mapping[str, str]


def key_of(text: str) -> str:
    """What is left of a name when case, accents, spaces and punctuation do not count; "&" counts as "and"."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def load(folder: Path = FOLDER) -> Rules:
    """Reads and checks a whole folder; RulesError names the file and key of the first thing it refuses."""
    sources = load_sources(folder / "sources.yml")
    tables = load_tables(folder / "tables.yml", sources)
    deciders = {key: entry.twin() for key, entry in read(folder / "deciders.yml").items()}
    conditions = load_conditions(folder / "conditions.yml", tables=tables, deciders=deciders)
    definitions = load_definitions(folder / "definitions.yml", sources=sources, conditions=conditions)
    known = _Known(sources, conditions, definitions, _hedges(folder / "hedges.yml"))
    found = {path.stem: _program(path, known) for path in sorted((folder / "programs").glob("*.yml"))}
    _check_try_first(folder, found.values())
    order, labels = _needs(folder / "needs.yml", found)
    return Rules(
        {id: found[id] for ids in order.values() for id in ids},
        order,
        labels,
        conditions,
        definitions,
        tables,
        sources,
        deciders,
        _aliases(folder, found.values()),
    )


def _hedges(path: Path) -> dict[str, Text]:
    reasons = ("ended", "overdue", *(status for status in STATUSES if status != "verified"))
    return {reason: entry.twin() for reason, entry in read(path).fields(reasons).items()}


@dataclass(frozen=True)
class _Known:
    """What the program files may name."""

    sources: Mapping[str, Source]
    conditions: Mapping[str, Condition]
    definitions: Mapping[str, Definition]
    hedges: Mapping[str, Text]

    def rules(self, entry: Entry | None) -> tuple[Rule, ...]:
        if entry is None:
            return ()
        return parse_rules(entry, sources=self.sources, conditions=self.conditions, definitions=self.definitions)


def _program(path: Path, known: _Known) -> Program:
    found = read(path).fields(_REQUIRED, _OPTIONAL)
    if found["id"].text() != path.stem:
        raise found["id"].refuse(f"the id is not the file's name '{path.stem}'. Make them the same.")
    checked_on, review_by, valid_until = _days(found)
    return Program(
        id=path.stem,
        need=Need(found["need"].one_of(need.value for need in Need)),
        category=found["category"].text(),
        reach=Reach(found["reach"].one_of(reach.value for reach in Reach)),
        plan_benefit=found["plan_benefit"].flag(),
        status=found["status"].one_of(STATUSES),
        checked_on=checked_on,
        review_by=review_by,
        valid_until=valid_until,
        sources=tuple(known.sources[id] for id in _named(found["sources"], known.sources)),
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
        known_line=_line(found["line"], known.sources) if "line" in found else None,
        try_first=found["try_first"].texts() if "try_first" in found else (),
        rules=known.rules(found["eligibility"]),
        expedited=known.rules(found.get("expedited")),
        record=_record(found["record"]) if "record" in found else {},
        hedges=known.hedges,
        sides=parse_sides(found["sides"], known.sources) if "sides" in found else {},
    )


def _days(found: Mapping[str, Entry]) -> tuple[date, date, date | None]:
    checked_on, review_by = found["checked_on"].day(), found["review_by"].day()
    valid_until = found["valid_until"].maybe(Entry.day)
    if review_by < checked_on:
        raise found["review_by"].refuse(f"it lies before 'checked_on' {checked_on}. Mend the dates.")
    if valid_until and review_by > valid_until:
        raise found["review_by"].refuse(f"it lies after 'valid_until' {valid_until}. Look again by then at the latest.")
    return checked_on, review_by, valid_until


def _named(entry: Entry, known: Iterable[str]) -> tuple[str, ...]:
    ids = entry.texts()
    if not ids:
        raise entry.refuse("nothing is named. A claim needs a source; S_GK stands for general knowledge.")
    for id in ids:
        if id not in known:
            raise entry.refuse(f"'{id}' is not in sources.yml. Add it there, or mend the id.")
    return ids


def _names(entry: Entry) -> Texts:
    names = entry.lists()
    for name in (*names.en, *names.es):
        if name != name.lower():
            raise entry.refuse(f"'{name}' has capitals and would never be found. Write it in lower case.")
    return names


def _line(entry: Entry, sources: Iterable[str]) -> Line:
    found = entry.fields(("phone", "status", "source"))
    phone = found["phone"].text()
    if not re.fullmatch(r"\d{3}|1-\d{3}-\d{3}-\d{4}", phone):
        raise found["phone"].refuse(f"'{phone}' does not look like 1-800-555-0123 or 211. Write it so.")
    return Line(phone, found["status"].one_of(STATUSES) == "verified", found["source"].one_of(sorted(sources)))


def _record(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {key: part.texts() for key, part in entry.fields((), _RECORD).items()}


def _check_try_first(folder: Path, found: Iterable[Program]) -> None:
    known = {program.id for program in found}
    for program in found:
        for other in program.try_first:
            if other not in known or other == program.id:
                file = folder / "programs" / f"{program.id}.yml"
                raise RulesError(f"{file}, try_first: '{other}' is no other program. Mend the id.")


def _needs(path: Path, found: Mapping[str, Program]) -> tuple[dict[Need, tuple[str, ...]], dict[Need, Text]]:
    entries = read(path).fields(need.value for need in Need)
    order: dict[Need, tuple[str, ...]] = {}
    labels: dict[Need, Text] = {}
    for key, entry in entries.items():
        parts = entry.fields(("label", "programs"))
        labels[Need(key)] = parts["label"].twin()
        order[Need(key)] = parts["programs"].texts()
        own = {program.id for program in found.values() if program.need == Need(key)}
        if set(order[Need(key)]) != own:
            odd = ", ".join(sorted(set(order[Need(key)]) ^ own))
            raise parts["programs"].refuse(f"the menu and the program files do not agree on: {odd}. Mend either.")
    return order, labels


def _aliases(folder: Path, found: Iterable[Program]) -> dict[str, str]:
    index: dict[str, str] = {}
    for program in found:
        for name in _listed_as(program):
            key = key_of(name)
            if index.setdefault(key, program.id) != program.id:
                file = folder / "programs" / f"{program.id}.yml"
                raise RulesError(
                    f"{file}, aliases: '{name}' also belongs to {index[key]}, so a plan's list could mean either. "
                    "Keep it in one."
                )
    return index


def _listed_as(program: Program) -> Iterator[str]:
    yield program.id
    yield from (program.official.en, program.official.es, program.short.en, program.short.es)
    yield from program.aliases
    yield from program.codes


@cache
def _loaded() -> Rules:
    return load()


def programs() -> Mapping[str, Program]:
    """All programs by id, in the order of the menus."""
    return _loaded().programs


def program(id: str) -> Program:
    """The program with that id; RulesError when there is none."""
    try:
        return programs()[id]
    except KeyError:
        raise RulesError(f"There is no program '{id}'. Known: {', '.join(programs())}.") from None


def needs() -> Mapping[Need, tuple[str, ...]]:
    """The program ids of each need, the most useful first; empty where we hold no program."""
    return _loaded().needs


def need_names() -> Mapping[Need, Text]:
    """What each need is called when we speak of it."""
    return _loaded().need_names


def program_by_alias(text: str) -> str | None:
    """The program that a plan's list means by this name or billing code; None when we do not know it."""
    return _loaded().aliases.get(key_of(text))


def conditions() -> Mapping[str, Condition]:
    """All conditions by id."""
    return _loaded().conditions


def deciders() -> Mapping[str, Text]:
    """Who can know whether a condition holds, as we name them to a patient."""
    return _loaded().deciders


def definitions() -> Mapping[str, Definition]:
    """All shared definitions by id."""
    return _loaded().definitions


def tables() -> Mapping[str, Table]:
    """All reference tables by id."""
    return _loaded().tables


def sources() -> Mapping[str, Source]:
    """All sources by id."""
    return _loaded().sources
