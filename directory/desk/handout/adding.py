"""What was ticked elsewhere -> the draft: only places that are on a list and programs that there are."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from directory import places, plans, search
from directory.desk.frame import Visit
from directory.desk.look_up.asked import Asked, read
from directory.eligibility import rules
from directory.errors import UnknownListing
from directory.handout import Around, Draft
from directory.model import Language, Place

__all__ = ["added", "around", "back", "is_there"]

_MOST = 60
_SPOKEN = tuple(language.value for language in Language)


def added(draft: Draft, visit: Visit) -> Draft:
    """The draft with what the form names; what was looked for says for which program, plan and county it is.

    Who looked for places that speak Spanish gets the paper in Spanish, unless a language was chosen.
    """
    asked = _asked(visit)
    here = around(asked)
    programs = [id for id in visit.form.all("program")[:_MOST] if id in rules.programs()]
    found = [id for id in visit.form.all("id")[:_MOST] if is_there(id, visit)]
    if found and here.program:
        programs.append(here.program)
    if not found and not programs:
        return draft
    known = replace(draft, around=_newer(draft.around, here), language=_language(draft, visit, asked))
    return known.with_more(found, programs)


def around(asked: Asked) -> Around:
    """What was looked for."""
    kind, _, id = asked.what.partition(":")
    near = asked.place()
    place = near if isinstance(near, Place) else None
    return Around(
        need=id if kind == "need" else None,
        program=id if kind == "program" else None,
        plan=asked.plan if asked.plan in plans.plans() else None,
        place=places.text_for(place) if place else None,
        county=place.county if place else None,
    )


def back(visit: Visit) -> dict[str, str]:
    """The question that stood on the page where something was ticked, to ask it again."""
    return dict(parse_qsl(_asked(visit).link().partition("?")[2]))


def _asked(visit: Visit) -> Asked:
    return read(dict(parse_qsl(visit.form.get("from"))), visit.lang)


def _newer(before: Around, now: Around) -> Around:
    """What was looked for last counts; a plan that was named earlier in this list still holds."""
    about = now if now.need or now.program else replace(now, need=before.need, program=before.program)
    if about.county is None:
        about = replace(about, place=before.place, county=before.county)
    return about if about.plan else replace(about, plan=before.plan)


def _language(draft: Draft, visit: Visit, asked: Asked) -> Language | None:
    said = visit.form.get("lang")
    if said in _SPOKEN:
        return Language(said)
    return draft.language or (Language(asked.language) if asked.language in _SPOKEN else None)


def is_there(id: str, visit: Visit) -> bool:
    """Whether a list names it today, and nothing hides it."""
    try:
        search.found(id, now=visit.now, path=visit.desk.path())
    except UnknownListing:
        return False
    return True
