"""The commands on who may get what: one program for one person, all programs of a need, and the facts they look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from directory.commands import checking_asked, checking_text
from directory.commands.checking_facts import Ask, KnownFact, asks_of, known_facts, to_find_out
from directory.commands.telling import as_json_option, day_option, language_option, now, show
from directory.eligibility import asking, assess, rules
from directory.eligibility.asking import is_never_asked
from directory.eligibility.assess import Screening, Situation
from directory.eligibility.evaluate import Verdict
from directory.errors import FactError
from directory.model import Language, Need
from directory.text import verdict_shown
from directory.text.catalogue import say

__all__ = ["register"]

MOST_NEXT = 3
_EN = Language.EN

_Command = TypeVar("_Command", bound=Callable[..., object])
_OF_A_PERSON = (
    click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="What is known; again for each fact."),
    click.option("--plan", metavar="NAME", help="The person's Medi-Cal plan, by id or name: kern, Kaiser."),
    click.option("--county", metavar="PLACE", help="Where the person lives: a county, a city or a ZIP code."),
    click.option("--near", metavar="PLACE", help="The same as --county."),
    day_option("--on", help="By the rules of that day; else today."),
    language_option,
)


def _of_a_person(command: _Command) -> _Command:
    """The options that say what is known of a person, by the rules of which day, and in which language to answer."""
    for option in reversed(_OF_A_PERSON):
        command = option(command)
    return command


def register(group: click.Group) -> None:
    """Adds `check` and `screen` to the `puente` command."""
    group.add_command(check)
    group.add_command(screen)


@click.command(short_help="Check whether a person may get a program, and why.")
@click.argument("program", required=False)
@_of_a_person
@click.option("--facts", "list_facts", is_flag=True, help="List what may be given: all facts, or those of PROGRAM.")
@as_json_option
def check(
    program: str | None,
    facts: tuple[str, ...],
    plan: str | None,
    county: str | None,
    near: str | None,
    on: date | None,
    language: str,
    list_facts: bool,
    as_json: bool,
) -> None:
    """Check whether a person may get PROGRAM (an id or a name), with every condition of its rule and its state.

    Values are yes, no, unknown, one of the choices, or a number; an income is dollars a month before taxes, and may be
    a range: income=2400, income=2000-2500, "income=<3608". Nothing that is typed here is kept.

    Example: puente check calfresh --county Kern --fact size=3 --fact income=2400
    """
    spoken, day = Language(language), on or now().date()
    which = checking_asked.program(program) if program else None
    if list_facts:
        found = known_facts(assess.verdict(which.id, Situation(), day) if which else None, spoken)
        show([_fact_json(item) for item in found], checking_text.facts_text(found, spoken), as_json=as_json)
        return
    if which is None:
        raise click.UsageError("Name a program, such as calfresh. All with their outcome: puente screen")
    known = checking_asked.asked(facts, plan, county, near, day)
    result = assess.verdict(which.id, known.situation, day)
    asks = (*to_find_out(result, known.situation, spoken), *asks_of(_in_order(result), spoken))
    text = checking_text.check_text(result, known, asks, spoken)
    show(dataclasses.asdict(verdict_shown.shown(result, known.situation, spoken)), text, as_json=as_json)


def _in_order(result: Verdict) -> list[str]:
    """What is missing: first what is worth a question, then the rest; what is never asked last."""
    order = dict.fromkeys([*result.worth_asking, *result.missing])
    return sorted(order, key=is_never_asked)


@click.command(short_help="Look through all programs for a person, the best first.")
@click.option("--need", metavar="NEED", help="Only the programs of one need: food, housing, transport.")
@_of_a_person
@as_json_option
def screen(
    need: str | None,
    facts: tuple[str, ...],
    plan: str | None,
    county: str | None,
    near: str | None,
    on: date | None,
    language: str,
    as_json: bool,
) -> None:
    """Look through all programs, or those of one need: the best first, why, and what to ask next.

    Example: puente screen --need food --county Kern --fact size=3 --fact income=2400
    """
    spoken, day = Language(language), on or now().date()
    of = _need(need) if need else None
    known = checking_asked.asked(facts, plan, county, near, day)
    here = known.situation
    found = assess.screen(of, here, day)
    asks = asks_of(asking.in_order(found)[:MOST_NEXT], spoken)
    left_out = asking.without_medi_cal(found, here)
    title = say("desk.check.screen.any", spoken) if of is None else rules.need_names()[of].get(spoken).capitalize()
    text = checking_text.screen_text(title, found, known, asks, left_out, spoken)
    show(_screen_json(of, found, here, asks, left_out, spoken), text, as_json=as_json)


def _need(text: str) -> Need:
    """The need by its word, or by what we call it to people."""
    known = {need: ids for need, ids in rules.needs().items() if ids}
    said = rules.key_of(text)
    for need in known:
        label = rules.need_names()[need]
        if said in {rules.key_of(name) for name in (need.value, label.en, label.es)}:
            return need
    raise FactError(f"There are no programs for {text!r}. Needs: {', '.join(need.value for need in known)}.")


def _fact_json(item: KnownFact) -> dict[str, object]:
    return {
        "fact": item.ask.fact,
        "kind": item.kind,
        "choices": [value for value, _ in item.ask.choices],
        "question": item.ask.text,
        "answered_by": item.answered_by,
        "asked": item.asked,
        "sensitive": item.sensitive,
    }


def _screen_json(
    of: Need | None, found: Screening, here: Situation, asks: tuple[Ask, ...], left_out: list[str], language: Language
) -> dict[str, object]:
    return {
        "need": of.value if of else None,
        "plan": here.plan,
        "county": here.county,
        "verdicts": [dataclasses.asdict(verdict_shown.shown(item, here, language)) for item in found.verdicts],
        "missing": list(found.missing),
        "ask": [{"fact": ask.fact, "question": ask.text, "typed": ask.typed} for ask in asks],
        "left_out": left_out,
        "listed": sorted(here.listed),
    }
