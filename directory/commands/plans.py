"""The commands on plans, county offices and rides: thin, text for people, JSON for programs."""

from __future__ import annotations

from datetime import date

import click

from directory import plans
from directory.commands import plans_told, typed
from directory.commands.telling import as_json_option, day_option, language_option, now, show
from directory.errors import FactError
from directory.model import Language
from directory.text import clinic
from directory.text.catalogue import say
from directory.text.ours import ours

__all__ = ["register"]

_county_help = "A county, a city or a ZIP code of California."


def register(group: click.Group) -> None:
    """Adds `plans`, `offices` and `ride` to the `puente` command."""
    for command in (plans_command, offices, ride):
        group.add_command(command)


@click.command("plans", short_help="Show Medi-Cal plans: phones, rides, and what they give.")
@click.option("--county", metavar="PLACE", help=_county_help)
@click.option("--plan", "words", metavar="NAME", help="A plan by id or name, or the words on somebody's card.")
@day_option("--on", help="As it is known for that day; else today.")
@as_json_option
def plans_command(county: str | None, words: str | None, on: date | None, as_json: bool) -> None:
    """Show the Medi-Cal plans of a county: phones, rides, and what each is known to give there (yes, no, unknown).

    With --plan only that one, every support with its reason; the words on a card may mean another plan there (in Los
    Angeles an Anthem card may be L.A. Care).

    Example: puente plans --county Kern
    """
    where, day = typed.county(county) if county else None, on or now().date()
    found = list(typed.plans_meant(words, where)) if words else _of(where)
    plain = plans_told.plans_json(found, where, day)
    show(plain, plans_told.plans_text(found, where, day, whole=bool(words)), as_json=as_json)


@click.command(short_help="Show whom to call in a county, for each kind of help.")
@click.option("--county", metavar="PLACE", required=True, help=_county_help)
@click.option("--kind", help="One kind of office, or a program or need: ihss, wic, calfresh, legal.")
@day_option("--on", help="As it is known for that day; else today.")
@language_option
@as_json_option
def offices(county: str, kind: str | None, on: date | None, language: str, as_json: bool) -> None:
    """Show who to call in a county: its own office where that is known, else the statewide line and what to ask for.

    Below stands whom staff of the clinic call, where the settings name somebody on call.

    Example: puente offices --county Kern --kind ihss
    """
    where = typed.county(county)
    found = [plans.office(where, kind)] if kind else list(plans.offices_in(where).values())
    day = on or now().date()
    plain = plans_told.offices_json(found, where, day)
    told = plans_told.offices_text(found, where, Language(language), day)
    on_call = clinic.on_call(ours(), Language(language))
    if on_call:
        told += f"\n\n{say('desk.on_call', Language(language))} {on_call}"
    show(plain, told, as_json=as_json)


@click.command(short_help="Show by which day to call the plan for a ride.")
@click.option("--plan", "words", metavar="NAME", help="The plan by id or name; without it the careful default.")
@click.option("--county", metavar="PLACE", help="Where the person lives; tells plans of one name apart.")
@click.option("--date", metavar="DAY", help="The day of the visit: 2026-12-03, 12/03/2026, tomorrow, or a weekday.")
@click.option("--kind", default="nmt", show_default=True, help="nmt: car, bus, taxi. nemt: wheelchair or gurney van.")
@day_option("--on", help="The day from which to count; else today.")
@language_option
@as_json_option
def ride(
    words: str | None, county: str | None, date: str | None, kind: str, on: date | None, language: str, as_json: bool
) -> None:
    """Show by which day to call the plan for a ride to a visit, whom, and which form is needed first.

    Weekends and the holidays of California and of the country do not count.

    Example: puente ride --plan kern --date 2026-12-03 --kind nemt
    """
    if date is None:
        raise FactError("The day of the visit is missing. Add it: --date 2026-12-03")
    today = on or now().date()
    visit = typed.day_to_come(date, today)
    plan = typed.one_plan(words, typed.county(county) if county else None).plan if words else None
    clock = plans.clock(plan.id if plan else None, visit, kind.strip().lower(), today)
    show(plans_told.ride_json(clock), plans_told.ride_text(clock, Language(language)), as_json=as_json)


def _of(county: str | None) -> list[plans.Meaning]:
    known = plans.plans_in(county) if county else plans.plans().values()
    return [plans.Meaning(plan) for plan in known]
