"""Gathers every dated value that somebody has to look at again, with the programs that hang on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from directory.eligibility import guides, rules
from directory.eligibility.conditions import Defined, Holds, Node
from directory.eligibility.program import Program, Rules
from directory.model import Tri
from directory.overlay.shapes import EVERYWHERE, STATEWIDE
from directory.overlay.standing import Standing
from directory.overlay.versions import V
from directory.plans import load
from directory.plans.cells import Cell, Directory, Offer, Plan
from directory.plans.parse import RIDES

__all__ = ["hangs_on", "standing_values"]


def standing_values(on: date) -> tuple[Standing, ...]:
    """Every value in force that day or later, and of what has ended the last that was known."""
    known, plans = rules.everything(), load.loaded()
    hanging = hangs_on(known)
    return (
        *(value for program in known.programs.values() for value in _of_program(program, on)),
        *(
            Standing.of(target, table.title.en, value.basis, hanging.get(f"table:{id}", ()), followed=followed)
            for id, table in known.tables.items()
            for target, value, followed in _versions(f"table:{id}", table.values, on)
        ),
        *(
            Standing.of(target, shared.label.en, rule.basis, hanging.get(f"definition:{id}", ()), followed=followed)
            for id, shared in known.definitions.items()
            for target, rule, followed in _versions(f"definition:{id}", shared.rules, on)
        ),
        *(
            Standing.of(f"guide:{id}", guide.title.en, guide.basis, guide.programs)
            for id, guide in guides.guides().items()
        ),
        *_of_plans(known, plans, on),
    )


def hangs_on(known: Rules) -> Mapping[str, tuple[str, ...]]:
    """The programs that hang on a table, a definition or a condition, by its name as a target."""
    found: dict[str, dict[str, None]] = {}
    for program in known.programs.values():
        for rule in (*program.rules, *program.expedited):
            for target in _below(known, rule.when):
                found.setdefault(target, {})[program.id] = None
    return {target: tuple(programs) for target, programs in found.items()}


def _below(known: Rules, node: Node) -> Iterator[str]:
    if isinstance(node, Holds):
        yield f"condition:{node.condition}"
        if table := known.conditions[node.condition].test.table:
            yield f"table:{table}"
    elif isinstance(node, Defined):
        yield f"definition:{node.definition}"
        for rule in known.definitions[node.definition].rules:
            yield from _below(known, rule.when)
    else:
        for part in node.parts:
            yield from _below(known, part)


def _versions(target: str, versions: Sequence[V], on: date) -> Iterator[tuple[str, V, bool]]:
    """The version of the day and those to come, each with its name; the last that ended where none is in force."""
    listed = sorted(versions, key=lambda version: version.basis.period.start or date.min)
    now = [version for version in listed if version.basis.period.covers(on)]
    later = [version for version in listed if (version.basis.period.start or date.min) > on]
    over = [version for version in listed if version.basis.period.until and version.basis.period.until < on]
    for version in (*(now or over[-1:]), *later):
        name = f"{target}@{version.basis.period.start}" if version in later else target
        yield name, version, version is not listed[-1]


def _of_program(program: Program, on: date) -> Iterator[Standing]:
    id, name = program.id, program.short.en
    yield Standing.of(f"program:{id}", f"{name}: what patients read", program.basis, (id,))
    for part, versions, what in (
        ("", program.rules, "may get it"),
        ("/expedited", program.expedited, "gets it faster"),
    ):
        for target, rule, followed in _versions(f"rule:{id}{part}", versions, on):
            yield Standing.of(target, f"{name}: who {what}", rule.basis, (id,), followed=followed)
    if (line := program.known_line) and not line.needs_no_check:
        yield Standing.of(f"line:{id}", f"{name}: phone {line.phone}", line.basis, (id,))
    for kind, side in program.sides.items():
        yield Standing.of(f"side:{id}/{kind}", f"{name}: {kind.replace('_', ' ')}", side.basis, (id,))


def _of_plans(known: Rules, plans: Directory, on: date) -> Iterator[Standing]:
    benefits = tuple(id for id, program in known.programs.items() if program.plan_benefit)
    for plan in plans.plans.values():
        label = f"{plan.short_name}: members call {plan.phone}{_where(plan)}"
        yield Standing.of(f"phone:{plan.id}", label, plan.phone_basis, benefits)
        yield from _ride(plan)
    for ride, days in plans.ride_defaults.items():
        label = f"days to call before a ride ({ride}) where the plan's are not known"
        yield Standing.of(f"ride:{EVERYWHERE}/{ride}", label, days.basis, (ride,))
    for ride, form in plans.ride_forms.items():
        yield Standing.of(f"form:{ride}", form.name.en, form.basis, (ride,))
    for card in plans.cards:
        means = ", ".join(plans.plans[id].short_name for id in card.means)
        label = f"a card of {plans.plans[card.shows].short_name} in {', '.join(card.counties)} may mean {means}"
        yield Standing.of(f"card:{card.id}", label, card.basis, benefits)
    for county in plans.counties.values():
        label = f"plans in {county.name}: {', '.join(county.plans)}"
        yield Standing.of(f"county:{county.name}", label, county.basis, benefits)
    yield from _offices(plans)
    for (id, place, program), offers in plans.offers.items():
        yield from _offers(id, place, program, offers, on)


def _where(plan: Plan) -> str:
    return f" ({plan.counties[0]})" if len(plan.counties) == 1 else f" ({len(plan.counties)} counties)"


def _ride(plan: Plan) -> Iterator[Standing]:
    if plan.ride_basis is not None and plan.knows_rides:
        label = f"{plan.short_name}: ride line and notice{_where(plan)}"
        yield Standing.of(f"ride:{plan.id}", label, plan.ride_basis, RIDES)


def _offices(plans: Directory) -> Iterator[Standing]:
    asked: dict[str, list[str]] = {}
    for what, id in plans.kind_of.items():
        asked.setdefault(id, []).append(what)
    for kind in plans.kinds.values():
        yield _office(f"{STATEWIDE}/{kind.id}", kind.label.en, kind.statewide, asked.get(kind.id, ()))
    for (county, id), cell in plans.cells.items():
        yield _office(f"{county}/{id}", f"{county}: {cell.name.en}", cell, asked.get(id, ()))


def _office(id: str, label: str, cell: Cell, asked: Iterable[str]) -> Standing:
    return Standing.of(f"office:{id}", f"{label} {cell.phone or '(no phone)'}", cell.basis, tuple(asked))


def _offers(plan: str | None, place: str | None, program: str, offers: Sequence[Offer], on: date) -> Iterator[Standing]:
    id = "/".join(part for part in (plan or EVERYWHERE, program, place) if part)
    for target, offer, followed in _versions(f"offer:{id}", offers, on):
        label = f"that {plan or 'every plan'} gives {program}"
        label = label if offer.offered is Tri.YES else f"that {plan or 'every plan'} does not give {program}"
        yield Standing.of(target, label, offer.basis, (program,), followed=followed)
