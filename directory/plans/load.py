"""Loads the plans, which county each serves, and who to call in a county, from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.strict import Text, read
from directory.errors import RulesError
from directory.overlay.shapes import Note
from directory.plans import parse, parse_offers
from directory.plans.cells import County, Directory, Kind, Office, Plan
from directory.plans.noted import onto_plans

__all__ = [
    "FOLDER",
    "counties",
    "county",
    "kinds",
    "load",
    "loaded",
    "office",
    "offices_in",
    "overlay_warnings",
    "plan",
    "plan_by_alias",
    "plans",
    "plans_in",
]

FOLDER = Path(__file__).parent


def load(folder: Path = FOLDER) -> Directory:
    """Reads and checks the files; RulesError names the file and key of the first thing it refuses."""
    entries = dict(read(folder / "plans.yml").items())
    counties = parse.counties(folder / "counties.yml", entries)
    plans = {id: parse.plan(id, entry, counties.values()) for id, entry in entries.items()}
    reasons = parse_offers.reasons(folder / "offers.yml")
    rides = parse.rides(folder / "rides.yml")
    offices = parse.offices(folder / "offices.yml", counties)
    return Directory(
        plans=plans,
        counties=counties,
        aliases=parse.aliases(folder / "plans.yml", plans.values(), counties),
        kinds=offices.kinds,
        kind_of=offices.kind_of,
        cells=offices.cells,
        offers=parse_offers.offers(folder / "offers.yml", plans, reasons),
        reasons=reasons,
        cards=parse_offers.cards(folder / "cards.yml", plans, counties),
        ride_notice=rides.notice,
        ride_defaults=rides.defaults,
        ride_forms=rides.forms,
    )


@cache
def _shipped() -> Directory:
    return load()


_kept: tuple[tuple[Note, ...], Directory, tuple[str, ...]] | None = None


def loaded() -> Directory:
    """What is in force: read once, with the clinic's notes laid over it."""
    global _kept
    notes = rules.overlay().notes
    if _kept is None or _kept[0] is not notes:
        _kept = (notes, *onto_plans(_shipped(), notes))
    return _kept[1]


def overlay_warnings() -> tuple[str, ...]:
    """A sentence for each note on plans, counties, offices or offers that finds no place."""
    loaded()
    return _kept[2] if _kept else ()


def plans() -> Mapping[str, Plan]:
    """All plans by id."""
    return loaded().plans


def plan(id: str) -> Plan:
    """The plan with that id; RulesError when there is none."""
    try:
        return plans()[id]
    except KeyError:
        raise RulesError(f"There is no plan '{id}'. Known: {', '.join(plans())}.") from None


def counties() -> Mapping[str, County]:
    """All 58 counties by name."""
    return loaded().counties


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
    return loaded().aliases.get(rules.key_of(text))


def office(county: str, program_or_need: str) -> Office:
    """Who to call for a program, a need or a kind of office: in that county where known, else statewide."""
    return loaded().office(county, program_or_need, _service(program_or_need))


def kinds() -> Mapping[str, Kind]:
    """All kinds of office by id, those of which a county has its own first."""
    return loaded().kinds


def offices_in(county: str) -> Mapping[str, Office]:
    """The row of that county in the table of offices: for each kind of which a county has its own, who to call."""
    return {id: office(county, id) for id, kind in kinds().items() if kind.local}


def _service(what: str) -> Text:
    if known := rules.programs().get(what):
        return known.short
    labels = {need.value: label for need, label in rules.need_names().items()}
    kind = kinds().get(what)
    return labels.get(what) or (kind.about if kind else Text(what, what))
