"""What to say when nothing was found: never a dead end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from directory import plans
from directory.eligibility import rules
from directory.model import Language, PlaceKind
from directory.search import Query, SearchResult
from directory.text import offices
from directory.text.asked import what_asked, words_asked
from directory.text.catalogue import say
from directory.text.names import capital, joined, place_name, plan_name, program_name

__all__ = ["NoneFound", "none_found"]


@dataclass(frozen=True)
class NoneFound:
    """What to say when nothing was found, and the phones in it that belong to no listing."""

    text: str
    phones: tuple[str, ...]


def none_found(result: SearchResult, language: Language, on: date) -> NoneFound:
    """Never a dead end: what the program is, the plan's line, the county office or statewide line, 211.

    A number that is unverified, or overdue on the day `on`, is told with a hedge.
    """
    query = result.query
    plan, plan_phones = _plan_line(query, language, on)
    office, office_phones = _office_line(query, language, on)
    texts = [_nothing(result, language), *_programs_there_are(query, language), *plan, *office]
    if "211" not in office_phones:
        told = re.search(r"\b211\b", " ".join(office))  # an office without a phone sends people there itself
        texts.append(say("none.211.told" if told else "none.211", language))
    return NoneFound("\n".join(texts), tuple(dict.fromkeys((*plan_phones, *office_phones, "211"))))


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
            say("none.program", language, name=capital(program.short.get(language)), what=program.what.get(language))
        ]
    ids = rules.needs().get(query.need, ())[:3] if query.need else ()
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


def _office_line(query: Query, language: Language, on: date) -> tuple[list[str], tuple[str, ...]]:
    subject = query.program or (query.need.value if query.need else None)
    said_already = query.plan and query.program and rules.program(query.program).plan_benefit
    if query.place is None or subject is None or said_already:
        return [], ()
    office = plans.office(query.place.county, subject)
    return [offices.told(office, language, on)], (office.phone,) if office.phone else ()
