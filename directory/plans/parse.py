"""Takes the files on plans, counties, offices and rides apart; RulesError names file and key of what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.basis import BASIS, STATUSES, Basis, parse_basis
from directory.eligibility.strict import Entry, Period, Text, read
from directory.errors import RulesError
from directory.model import Need
from directory.plans.cells import Cell, County, Kind, Plan, RideDefault, RideForm

__all__ = [
    "MODELS",
    "RIDES",
    "Offices",
    "Rides",
    "aliases",
    "counties",
    "offices",
    "plan",
    "rides",
]

MODELS = ("COHS", "Single Plan", "Two-Plan", "GMC", "Regional")
RIDES = ("nmt", "nemt")


_CELL = ("name", "phone", "status", "checked_on", "review_by", "source")
_RIDES = ("line", "vendor", "days", "nemt_days", "notice", "status", "checked_on", "review_by", "source")
_HELP = Text("local help", "ayuda local")


@dataclass(frozen=True)
class Offices:
    """What offices.yml holds: the kinds, which kind a program or need asks, and the cells that are filled in."""

    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Rides:
    """What rides.yml holds: the notice, the work days and the paper, the last two by kind of ride."""

    notice: Text
    defaults: Mapping[str, RideDefault]
    forms: Mapping[str, RideForm]


def counties(path: Path, plans: Iterable[str]) -> dict[str, County]:
    """counties.yml: how Medi-Cal works in each county, and the plans there."""
    known = sorted(plans)
    found = read(path).fields(("status", "checked_on", "review_by", "source", "note", "counties"))
    basis = Basis(
        Period(),
        found["status"].one_of(STATUSES),
        found["checked_on"].day(),
        found["review_by"].day(),
        (found["source"].one_of(rules.sources()),),
    )
    return {name: _county(name, entry, known, basis) for name, entry in found["counties"].items()}


def _county(name: str, entry: Entry, known: Iterable[str], basis: Basis) -> County:
    parts = entry.fields(("model", "plans"))
    ids = tuple(part.one_of(known) for part in parts["plans"].each())
    if not ids:
        raise parts["plans"].refuse("no plan is named. Each county has one at least. Name it.")
    return County(name, parts["model"].one_of(MODELS), ids, basis)


def plan(id: str, entry: Entry, counties: Iterable[County]) -> Plan:
    """One plan of plans.yml."""
    found = entry.fields(("name", "short_name", "aliases", "phone"), ("rides", "note"))
    phone = found["phone"].fields(("number", "status", "checked_on", "review_by", "source"), ("local", "note"))
    aliases = found["aliases"].lists()
    known = Plan(
        id=id,
        name=found["name"].text(),
        short_name=found["short_name"].text(),
        aliases={"en": aliases.en, "es": aliases.es},
        counties=tuple(county.name for county in counties if id in county.plans),
        phone=phone["number"].phone(),
        phone_verified=phone["status"].one_of(STATUSES) == "verified",
        local_phone=phone["local"].phone() if "local" in phone else None,
        source=phone["source"].one_of(rules.sources()),
        checked_on=phone["checked_on"].day(),
        review_by=phone["review_by"].day(),
        note=found["note"].text() if "note" in found else None,
    )
    return _with_rides(known, found["rides"]) if "rides" in found else known


def _with_rides(plan: Plan, entry: Entry) -> Plan:
    found = entry.fields(_RIDES)
    verified = found["status"].one_of(STATUSES) == "verified"
    line = found["line"].maybe(Entry.phone)
    return replace(
        plan,
        ride_line=line,
        ride_line_verified=verified and line is not None,
        ride_vendor=found["vendor"].maybe(Entry.text),
        ride_notice=found["notice"].maybe(Entry.twin),
        ride_days=found["days"].maybe(_days),
        nemt_days=found["nemt_days"].maybe(_days),
        ride_verified=verified,
        ride_source=found["source"].one_of(rules.sources()),
        ride_checked_on=found["checked_on"].day(),
        ride_review_by=found["review_by"].day(),
    )


def _days(entry: Entry) -> int:
    days = entry.number()
    if days != int(days) or not 0 < days <= 30:
        raise entry.refuse(f"{days} is no number of work days between 1 and 30. Mend it.")
    return int(days)


def aliases(path: Path, plans: Iterable[Plan], counties: Iterable[str]) -> dict[str, str]:
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


def offices(path: Path, counties: Iterable[str]) -> Offices:
    """offices.yml: the kinds with their statewide lines, and the counties' own offices."""
    found = read(path).fields(("local", "kinds", "programs", "needs", "counties"))
    entries = dict(found["kinds"].items())
    local = [entry.one_of(entries) for entry in found["local"].each()]
    kinds = {id: _kind(id, entry, id in local) for id, entry in entries.items()}
    programs = found["programs"].fields(rules.programs())
    needs = found["needs"].fields(need.value for need in Need)
    rows = found["counties"].fields(counties)
    return Offices(
        {id: kinds[id] for id in (*local, *(id for id in kinds if id not in local))},
        {key: entry.one_of(kinds) for key, entry in (*programs.items(), *needs.items())},
        {(county, kind): cell for county, row in rows.items() for kind, cell in _row(row, kinds)},
    )


def _kind(id: str, entry: Entry, local: bool) -> Kind:
    found = entry.fields(("label", *_CELL, "ask"), ("about", "there"))
    ask = found["ask"].twin()
    if "{service}" in ask.en + ask.es and "about" not in found:
        raise entry.refuse("'ask' speaks of {service}, but nothing says what that is for the kind. Add 'about'.")
    return Kind(
        id=id,
        label=found["label"].twin(),
        statewide=_cell({key: found[key] for key in _CELL}),
        ask=ask,
        there=found["there"].twin() if "there" in found else ask,
        about=found["about"].twin() if "about" in found else _HELP,
        local=local,
    )


def _row(entry: Entry, kinds: Iterable[str]) -> Iterator[tuple[str, Cell]]:
    if entry.value is None:
        return
    for kind, cell in entry.fields((), kinds).items():
        if cell.value is not None:
            yield kind, _cell(cell.fields(_CELL))


def _cell(found: Mapping[str, Entry]) -> Cell:
    return Cell(
        name=found["name"].twin(),
        phone=found["phone"].maybe(Entry.phone),
        verified=found["status"].one_of(STATUSES) == "verified",
        checked_on=found["checked_on"].day(),
        review_by=found["review_by"].day(),
        source=found["source"].one_of(rules.sources()),
    )


def rides(path: Path) -> Rides:
    """rides.yml: what is told and counted where the plan's own rule is not known, and the paper a ride needs."""
    found = read(path).fields(("notice", "defaults", "forms"))
    defaults = {kind: entry.fields(("days", *BASIS)) for kind, entry in found["defaults"].fields(RIDES).items()}
    forms = {kind: entry.fields(("id", "name", "signers", *BASIS)) for kind, entry in _papers(found["forms"])}
    return Rides(
        found["notice"].twin(),
        {kind: RideDefault(_days(part["days"]), parse_basis(part, rules.sources())) for kind, part in defaults.items()},
        {kind: _form(part) for kind, part in forms.items()},
    )


def _papers(entry: Entry) -> Iterable[tuple[str, Entry]]:
    """A kind of ride that needs no paper is absent."""
    return entry.fields((), RIDES).items()


def _form(found: Mapping[str, Entry]) -> RideForm:
    return RideForm(
        found["id"].text(), found["name"].twin(), found["signers"].twin(), parse_basis(found, rules.sources())
    )
