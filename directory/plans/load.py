"""Loads the plans, which county each serves, and who to call in a county, from the YAML files beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.conditions import STATUSES
from directory.eligibility.strict import Entry, Text, read
from directory.errors import RulesError
from directory.model import Language, Need

__all__ = [
    "DEFAULT_RIDE_NOTICE",
    "FOLDER",
    "MODELS",
    "County",
    "Directory",
    "Office",
    "Plan",
    "counties",
    "county",
    "load",
    "office",
    "plan",
    "plan_by_alias",
    "plans",
    "plans_in",
]

FOLDER = Path(__file__).parent
MODELS = ("COHS", "Single Plan", "Two-Plan", "GMC", "Regional")
DEFAULT_RIDE_NOTICE = Text(
    "Call at least 5 work days before. If it is urgent, call now.",
    "Llame al menos 5 días hábiles antes. Si es urgente, llame ya.",
)
"""What to say of ride notice where a plan's own rule is not known."""


@dataclass(frozen=True)
class Plan:
    """A Medi-Cal plan; a phone that is not verified is shown only beside "the number on your card".

    `ride_notice` is None where the plan's own rule is not known, `ride_days` the days that are always enough for a car.
    `aliases` are lower-case words people use, by language.
    """

    id: str
    name: str
    short_name: str
    aliases: Mapping[str, tuple[str, ...]]
    counties: tuple[str, ...]
    phone: str
    phone_verified: bool
    local_phone: str | None
    ride_line: str | None
    ride_line_verified: bool
    ride_vendor: str | None
    ride_notice: Text | None
    ride_days: int | None
    source: str
    checked_on: date
    review_by: date
    note: str | None

    def ride_advice(self) -> Text:
        """How early to call for a ride: the plan's own rule, or the careful default."""
        return self.ride_notice or DEFAULT_RIDE_NOTICE


@dataclass(frozen=True)
class County:
    """How Medi-Cal works in a county, and its plans, the public one first."""

    name: str
    model: str
    plans: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """Who to call and what to ask for; `county` is None for a statewide line, `phone` None where only words help."""

    name_en: str
    name_es: str
    phone: str | None
    what_to_ask_en: str
    what_to_ask_es: str
    verified: bool
    county: str | None
    checked_on: date

    def name(self, language: Language) -> str:
        """What the office is called."""
        return self.name_es if language == Language.ES else self.name_en

    def what_to_ask(self, language: Language) -> str:
        """What to do or say there."""
        return self.what_to_ask_es if language == Language.ES else self.what_to_ask_en


@dataclass(frozen=True)
class _Cell:
    name: Text
    phone: str | None
    verified: bool
    checked_on: date


@dataclass(frozen=True)
class Directory:
    """Everything the folder holds, checked against itself."""

    plans: Mapping[str, Plan]
    counties: Mapping[str, County]
    aliases: Mapping[str, str]
    kinds: Mapping[str, _Cell]
    asks: Mapping[str, Text]
    kind_of: Mapping[str, str]
    cells: Mapping[tuple[str, str], _Cell]

    def office(self, county: str, what: str, service: Text) -> Office:
        """The county's own office for a program, need or kind of office; the statewide line where none is known."""
        kind = self.kind_of.get(what, what)
        if kind not in self.kinds:
            raise RulesError(f"'{what}' is no program, need or kind of office. Kinds: {', '.join(self.kinds)}.")
        if county not in self.counties:
            raise RulesError(f"'{county}' is no county of California. Write it without the word County.")
        own = self.cells.get((county, kind))
        cell, ask = own or self.kinds[kind], self.asks[kind]
        return Office(
            name_en=cell.name.en,
            name_es=cell.name.es,
            phone=cell.phone,
            what_to_ask_en=ask.en.replace("{service}", service.en),
            what_to_ask_es=ask.es.replace("{service}", service.es),
            verified=cell.verified,
            county=county if own else None,
            checked_on=cell.checked_on,
        )


def load(folder: Path = FOLDER) -> Directory:
    """Reads and checks the three files; RulesError names the file and key of the first thing it refuses."""
    entries = dict(read(folder / "plans.yml").items())
    known = _counties(folder / "counties.yml", entries)
    plans = {id: _plan(id, entry, known.values()) for id, entry in entries.items()}
    kinds, asks, kind_of, cells = _offices(folder / "offices.yml", known)
    return Directory(plans, known, _aliases(folder / "plans.yml", plans.values(), known), kinds, asks, kind_of, cells)


def _counties(path: Path, plans: Iterable[str]) -> dict[str, County]:
    known = sorted(plans)
    found = read(path).fields(("status", "checked_on", "review_by", "source", "note", "counties"))
    found["status"].one_of(STATUSES)
    found["source"].one_of(rules.sources())
    counties = {}
    for name, entry in found["counties"].items():
        parts = entry.fields(("model", "plans"))
        ids = tuple(part.one_of(known) for part in parts["plans"].each())
        if not ids:
            raise parts["plans"].refuse("no plan is named. Each county has one at least.")
        counties[name] = County(name, parts["model"].one_of(MODELS), ids)
    return counties


def _plan(id: str, entry: Entry, counties: Iterable[County]) -> Plan:
    found = entry.fields(("name", "short_name", "aliases", "phone"), ("rides", "note"))
    phone = found["phone"].fields(("number", "status", "checked_on", "review_by", "source"), ("local", "note"))
    rides = _rides(found.get("rides"))
    aliases = found["aliases"].lists()
    line, notice, days = rides.get("line"), rides.get("notice"), rides.get("days")
    return Plan(
        id=id,
        name=found["name"].text(),
        short_name=found["short_name"].text(),
        aliases={"en": aliases.en, "es": aliases.es},
        counties=tuple(county.name for county in counties if id in county.plans),
        phone=_phone(phone["number"]),
        phone_verified=phone["status"].one_of(STATUSES) == "verified",
        local_phone=_phone(phone["local"]) if "local" in phone else None,
        ride_line=line.maybe(_phone) if line else None,
        ride_line_verified=bool(line and line.value and rides["status"].value == "verified"),
        ride_vendor=rides["vendor"].maybe(Entry.text) if rides else None,
        ride_notice=notice.maybe(Entry.twin) if notice else None,
        ride_days=int(days.number()) if days and days.value is not None else None,
        source=phone["source"].one_of(rules.sources()),
        checked_on=phone["checked_on"].day(),
        review_by=phone["review_by"].day(),
        note=found["note"].text() if "note" in found else None,
    )


def _rides(entry: Entry | None) -> Mapping[str, Entry]:
    if entry is None:
        return {}
    found = entry.fields(("line", "vendor", "days", "notice", "status", "checked_on", "review_by", "source"))
    found["status"].one_of(STATUSES)
    found["source"].one_of(rules.sources())
    return found


def _phone(entry: Entry) -> str:
    phone = entry.text()
    if not re.fullmatch(r"\d{3}|1-\d{3}-\d{3}-\d{4}", phone):
        raise entry.refuse(f"'{phone}' does not look like 1-800-555-0123 or 211. Write it so.")
    return phone


def _aliases(path: Path, plans: Iterable[Plan], counties: Iterable[str]) -> dict[str, str]:
    """Every name of every plan; a county's bare name is a place and never a plan."""
    places = {rules.key_of(county) for county in counties}
    index: dict[str, str] = {}
    for plan in plans:
        for name in (plan.id, plan.name, plan.short_name, *plan.aliases["en"], *plan.aliases["es"]):
            if rules.key_of(name) in places:
                continue
            if index.setdefault(rules.key_of(name), plan.id) != plan.id:
                other = index[rules.key_of(name)]
                raise RulesError(f"{path}, {plan.id}.aliases: '{name}' also belongs to {other}. Keep it in one.")
    return index


def _offices(
    path: Path, counties: Iterable[str]
) -> tuple[dict[str, _Cell], dict[str, Text], dict[str, str], dict[tuple[str, str], _Cell]]:
    found = read(path).fields(("kinds", "programs", "needs", "counties"))
    kinds, asks = {}, {}
    for kind, entry in found["kinds"].items():
        kinds[kind] = _cell(entry, ("ask",))
        asks[kind] = entry.fields(_CELL, ("ask",))["ask"].twin()
    programs = found["programs"].fields(rules.programs())
    needs = found["needs"].fields(need.value for need in Need)
    kind_of = {key: entry.one_of(kinds) for key, entry in (*programs.items(), *needs.items())}
    cells = {
        (county, kind): _cell(entry)
        for county, row in found["counties"].fields(counties).items()
        for kind, entry in (row.maybe(lambda row: row.fields((), kinds)) or {}).items()
        if entry.value is not None
    }
    return kinds, asks, kind_of, cells


_CELL = ("name", "phone", "status", "checked_on", "source")


def _cell(entry: Entry, optional: Iterable[str] = ()) -> _Cell:
    found = entry.fields(_CELL, optional)
    found["source"].one_of(rules.sources())
    return _Cell(
        found["name"].twin(),
        found["phone"].maybe(_phone),
        found["status"].one_of(STATUSES) == "verified",
        found["checked_on"].day(),
    )


@cache
def _loaded() -> Directory:
    return load()


def plans() -> Mapping[str, Plan]:
    """All plans by id."""
    return _loaded().plans


def plan(id: str) -> Plan:
    """The plan with that id; RulesError when there is none."""
    try:
        return plans()[id]
    except KeyError:
        raise RulesError(f"There is no plan '{id}'. Known: {', '.join(plans())}.") from None


def counties() -> Mapping[str, County]:
    """All 58 counties by name."""
    return _loaded().counties


def county(name: str) -> County:
    """The county of that name, without the word County; RulesError when there is none."""
    try:
        return counties()[name]
    except KeyError:
        raise RulesError(f"'{name}' is no county of California. Write it without the word County.") from None


def plans_in(county: str) -> tuple[Plan, ...]:
    """The plans that serve a county; empty for a name that is no county."""
    known = counties().get(county)
    return tuple(plans()[id] for id in known.plans) if known else ()


def plan_by_alias(text: str) -> str | None:
    """The plan that a list, a card or a person means by this name; None when we do not know it."""
    return _loaded().aliases.get(rules.key_of(text))


def office(county: str, program_or_need: str) -> Office:
    """Who to call for a program, a need or a kind of office: in that county where known, else statewide."""
    return _loaded().office(county, program_or_need, _service(program_or_need))


def _service(what: str) -> Text:
    known = rules.programs().get(what)
    if known:
        return known.short
    labels = {need.value: label for need, label in rules.need_names().items()}
    return labels.get(what, Text("local help", "ayuda local"))
