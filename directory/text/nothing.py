"""What to say when nothing was found: never a dead end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from directory import plans
from directory.eligibility import rules
from directory.model import Language, Need, PlaceKind
from directory.search import Query, SearchResult
from directory.text import offices
from directory.text.asked import what_asked, words_asked
from directory.text.catalogue import is_by_text, say
from directory.text.names import capital, joined, place_name, plan_name, program_name

__all__ = ["NoneFound", "none_found", "that_may_help"]


_MOST = 3
_ALWAYS_NAMED = "info_211"
"""Stands at the end of every such answer."""
_FOR_ANYTHING = ("chw_services",)
"""Who helps to find what no program of ours is for: work, a lawyer, a place for the children."""


@dataclass(frozen=True)
class NoneFound:
    """What to say when nothing was found, and the phones in it that belong to no listing."""

    text: str
    phones: tuple[str, ...]


def none_found(result: SearchResult, language: Language, on: date) -> NoneFound:
    """Never a dead end: what may help, the plan's line (those of the county's plans), the office there, 211.

    A number that is unverified, or overdue on the day `on`, is told with a hedge.
    """
    query = result.query
    plan, plan_phones = _plan_line(query, language, on)
    plans_here, plans_phones = _plans_of_county(query, language, on)
    office, office_phones = _office_line(query, language, on)
    county, county_phones = _county_office(query, language, on)
    whom, about = [*plan, *county, *office], _programs_there_are(query, language)
    at_last = []
    if "211" not in office_phones:
        told = re.search(r"\b211\b", " ".join((*office, *county)))  # an office without a phone sends people there
        at_last.append(say("none.211.told" if told else "none.211", language))
    # In a text message whom to call goes before what the program is: what does not fit waits behind a word.
    rest = [*whom, *at_last, *about, *plans_here] if is_by_text() else [*about, *whom, *plans_here, *at_last]
    texts = [_nothing(result, language), *rest]
    phones = (*plan_phones, *plans_phones, *county_phones, *office_phones, "211")
    return NoneFound("\n".join(texts), tuple(dict.fromkeys(phones)))


def that_may_help(need: Need) -> tuple[str, ...]:
    """The programs that are named where no place is: the first of the need, else who helps with whatever it is."""
    own = [id for id in rules.needs().get(need, ()) if id != _ALWAYS_NAMED]
    return tuple(own[:_MOST]) or _FOR_ANYTHING


def _nothing(result: SearchResult, language: Language) -> str:
    query = result.query
    if query.place and not result.covered:
        return say("no_list", language, county=query.place.county)
    what = ", ".join(part for part in (what_asked(query, language), words_asked(query, language)) if part)
    if query.place is None:
        return say("none.anywhere", language, what=what)
    key = "none.county" if query.place.kind is PlaceKind.COUNTY else "none"
    return say(key, language, what=what, place=place_name(query.place, language))


def _programs_there_are(query: Query, language: Language) -> list[str]:
    if query.program:
        program = rules.program(query.program)
        return [
            say(
                "none.program",
                language,
                name=capital(program_name(program.id, language)),
                what=program.what.get(language),
            )
        ]
    ids = that_may_help(query.need) if query.need else ()
    if ids == _FOR_ANYTHING:
        return _programs_there_are(replace(query, program=ids[0]), language)
    names = joined([program_name(id, language) for id in ids], language)
    return [say("none.programs", language, names=names)] if names else []


def _plan_line(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    """The plan's line, unless a program was asked for that no plan pays."""
    if query.plan is None or (query.program and not rules.program(query.program).plan_benefit):
        return [], ()
    plan = plans.plans().get(query.plan)
    if plan is None:
        return [say("none.plan.card", language, plan=plan_name(query.plan))], ()
    key = "none.plan" if plan.phone_stands(on) else "none.plan.unverified"
    return [say(key, language, plan=plan.short_name, phone=plan.phone)], (plan.phone,)


def _plans_of_county(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    """The plans of the county with their numbers, and who knows which one somebody has, where that is not known."""
    of_no_plan = query.program and not rules.program(query.program).plan_benefit
    here = plans.plans_in(query.place.county) if query.place else ()
    if query.plan or of_no_plan or not here or not (query.need or query.program):
        return [], ()
    each = [say("none.plans.each", language, plan=plan.short_name, phone=plan.phone) for plan in here]
    key = "none.plans.named" if _is_of_plan(query) else "none.plans"
    named = say(key if len(here) > 1 else f"{key}.one", language, county=_county(query), plans=", ".join(each))
    which, phones = _which_plan(query, language, on) if len(here) > 1 else ([], ())
    return [named, *which], (*(plan.phone for plan in here), *phones)


def _which_plan(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    office = plans.office(_county(query), "plan_choice")
    if not office.phone:
        return [], ()
    key = "none.plans.which" if office.stands(on) else "none.plans.which.unverified"
    return [say(key, language, name=office.name(language), phone=office.phone)], (office.phone,)


def _county(query: Query) -> str:
    return query.place.county if query.place else ""


def _is_of_plan(query: Query) -> bool:
    """Whether whom to call for it is the plan."""
    return plans.office(_county(query), _subject(query) or "").kind == "plan" if query.place else False


def _subject(query: Query) -> str | None:
    return query.program or (query.need.value if query.need else None)


def _county_office(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    """The county's office that takes applications, where the first programs of a need are given there."""
    if query.place is None or query.program or query.need is None:
        return [], ()
    offices_of = {id: plans.office(query.place.county, id) for id in that_may_help(query.need)}
    given = [id for id, office in offices_of.items() if office.kind == "county_benefits"]
    if not given:
        return [], ()
    office = offices_of[given[0]]
    service = joined([program_name(id, language) for id in given], language)
    if not office.phone:
        return [say("none.county_office", language, service=service, name=_inside(office.name(language)))], ()
    key = "none.county_office.phone" if office.stands(on) else "none.county_office.unverified"
    return [say(key, language, service=service, name=office.name(language), phone=office.phone)], (office.phone,)


def _inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    first, rest = name[:1], name[1:]
    return f"{first.lower()}{rest}" if rest[:1].islower() else name


def _office_line(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    subject = _subject(query)
    said_already = query.plan and query.program and rules.program(query.program).plan_benefit
    if query.place is None or subject is None or said_already:
        return [], ()
    office = plans.office(query.place.county, subject)
    return [offices.told(office, language, on)], (office.phone,) if office.phone else ()
