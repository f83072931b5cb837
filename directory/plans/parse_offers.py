"""Takes the files on what plans give and what cards mean apart; RulesError names file and key of what is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.basis import BASIS, parse_basis
from directory.eligibility.strict import Entry, Text, read, refuse_overlaps
from directory.model import Tri
from directory.plans.cells import Card, County, Offer, Plan

__all__ = ["REASONS", "cards", "offers", "reasons"]

SEEN = ("page", "form")
REASONS = ("not_here", "some_county", "some_county_unnamed", "old", "not_known", *SEEN)
"""Why nothing certain is said of an offer, and where one was seen; each has a sentence in offers.yml."""


def reasons(path: Path) -> dict[str, Text]:
    """The sentences of offers.yml for what is not certain."""
    found = read(path).fields(("reasons", "every_plan", "plans"))
    return {key: entry.twin() for key, entry in found["reasons"].fields(REASONS).items()}


def offers(
    path: Path, plans: Mapping[str, Plan], reasons: Mapping[str, Text]
) -> dict[tuple[str | None, str | None, str], tuple[Offer, ...]]:
    """offers.yml: what every plan gives, and what is known of single plans; refused when a day has two answers."""
    found = read(path).fields(("reasons", "every_plan", "plans"))
    index: dict[tuple[str | None, str | None, str], list[Offer]] = defaultdict(list)
    for where, offer in (*_every_plan(found["every_plan"]), *_single_plans(found["plans"], plans, reasons)):
        key = (offer.plan, offer.county, offer.program)
        index[key].append(offer)
        refuse_overlaps(path, where, [known.basis.period for known in index[key]])
    return {key: tuple(offers) for key, offers in index.items()}


def _every_plan(entry: Entry) -> Iterator[tuple[str, Offer]]:
    for program, versions in entry.fields((), _benefits()).items():
        for version in versions.each():
            parts = version.fields(("offered", "why", *BASIS))
            yield version.key, _offer(parts, None, None, program, True, parts["why"].twin())


def _single_plans(entry: Entry, plans: Mapping[str, Plan], reasons: Mapping[str, Text]) -> Iterator[tuple[str, Offer]]:
    for id, programs in entry.fields((), plans).items():
        for program, versions in programs.fields((), _benefits()).items():
            for version in versions.each():
                found = version.fields(("offered", "counties", *BASIS), ("why", "seen"))
                why = _why(version, found, plans[id], reasons)
                for county in _where(found["counties"], plans[id]):
                    everywhere = county is not None or found["counties"].value == "all"
                    yield version.key, _offer(found, id, county, program, everywhere, why)


def _why(entry: Entry, found: Mapping[str, Entry], plan: Plan, reasons: Mapping[str, Text]) -> Text:
    if ("why" in found) == ("seen" in found):
        raise entry.refuse("it needs either 'why' (a sentence) or 'seen' (page, form). Keep one.")
    if "why" in found:
        return found["why"].twin()
    text = reasons[found["seen"].one_of(SEEN)]
    return Text(text.en.replace("{plan}", plan.short_name), text.es.replace("{plan}", plan.short_name))


def _where(entry: Entry, plan: Plan) -> tuple[str | None, ...]:
    if entry.value is None or entry.value == "all":
        return (None,)
    return tuple(part.one_of(plan.counties) for part in entry.each())


def _offer(
    found: Mapping[str, Entry], plan: str | None, county: str | None, program: str, everywhere: bool, why: Text
) -> Offer:
    return Offer(
        plan=plan,
        county=county,
        program=program,
        offered=Tri.YES if found["offered"].flag() else Tri.NO,
        everywhere=everywhere,
        why=why,
        basis=parse_basis(found, rules.sources()),
    )


def _benefits() -> list[str]:
    return [id for id, program in rules.programs().items() if program.plan_benefit]


def cards(path: Path, plans: Mapping[str, Plan], counties: Mapping[str, County]) -> tuple[Card, ...]:
    """cards.yml: what a name on a card can mean where the plan of that name does not serve."""
    return tuple(_card(entry, plans, counties) for entry in read(path).each())


def _card(entry: Entry, plans: Mapping[str, Plan], counties: Mapping[str, County]) -> Card:
    found = entry.fields(("id", "shows", "counties", "means", "why", *BASIS))
    shows = found["shows"].one_of(plans)
    where = tuple(part.one_of(counties) for part in found["counties"].each())
    means = tuple(part.one_of(plans) for part in found["means"].each())
    for county in where:
        if shows in counties[county].plans:
            raise found["counties"].refuse(f"{shows} itself serves {county}, so its card means itself. Take it out.")
        if strangers := [id for id in means if id not in counties[county].plans]:
            raise found["means"].refuse(f"{', '.join(strangers)} does not serve {county}. Name a plan that does.")
    return Card(found["id"].text(), shows, where, means, found["why"].twin(), parse_basis(found, rules.sources()))
