"""The look-up page: what is asked, the places that fit, how many say what, and why each stands where it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from starlette.responses import Response

from directory import hours, places, plans, search
from directory.accounts import notes
from directory.desk import house
from directory.desk.cards import LIST_CLIP, Badge, Card, card
from directory.desk.frame import Visit
from directory.desk.look_up import asked as form
from directory.desk.look_up import counts, reasons
from directory.desk.look_up.asked import Asked
from directory.eligibility import rules
from directory.model import Language, Place
from directory.records import nobody_found
from directory.search import Facets, SearchResult
from directory.status import kept_status
from directory.text import listing as words
from directory.text import place as place_words
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.ours import ours

__all__ = ["look_up"]


@dataclass(frozen=True)
class Shown:
    """A place of the list: its card, why it stands here, whether staff noted how to refer there."""

    card: Card
    why: tuple[Badge, ...]
    noted: bool


def look_up(visit: Visit) -> Response:
    """The form and the places that fit."""
    asked = form.read(visit.query, visit.lang)
    found = kept_status(visit.desk.path())
    if found.published_at is None:
        return visit.page("unpublished.html")
    near = asked.place()
    problem = place_words.problem(near, asked.lang) if near else None
    day = day_text(found.published_at.astimezone(hours.PACIFIC).date(), asked.lang)
    values: dict[str, object] = {
        "problem": problem,
        "suggestions": _suggestions(near, asked),
        "result": None,
        "published": visit.say("published", count=f"{found.listings:,}", day=day),
        "lists": house.lists(found, asked.lang, visit.now),
    }
    if asked.anything and problem is None:
        values |= _found(visit, asked, near if isinstance(near, Place) else None)
    choices = _choices(visit)
    return visit.page("look_up/look_up.html", asked=asked, longest=form.LONGEST, demo=found.demo, **choices, **values)


def _found(visit: Visit, asked: Asked, near: Place | None) -> dict[str, object]:
    result, facets = search.faceted(asked.query(near), now=visit.now, path=visit.desk.path())
    if not result.total and asked.page == 1:
        nobody_found(result.query, visit.today, visit.lang, channel="desk")
    return {**_results(visit, result, asked), **_counted(facets, asked)}


def _counted(facets: Facets, asked: Asked) -> dict[str, object]:
    return {"chips": counts.chips(facets, asked), "groups": counts.groups(facets, asked), "facets": facets}


def _results(visit: Visit, result: SearchResult, asked: Asked) -> dict[str, object]:
    first = result.query.offset + 1
    last = result.query.offset + len(result.hits)
    return {
        "result": result,
        "header": _header(visit, result, asked),
        "notes": words.notes(result, asked.lang) if result.hits else [],
        "shown": _shown(visit, result),
        "nothing": [] if result.hits or result.total else _nothing(visit, result),
        "without_words": asked.link(words="", page=1) if asked.words and not result.total else None,
        "order": reasons.order(result.query, asked.lang),
        "count": _count(visit, first, last, result.total),
        "next": asked.link(page=asked.page + 1) if result.total > last else None,
        "back": asked.link(page=asked.page - 1) if asked.page > 1 else None,
        "came": form.query_of(asked),
    }


def _header(visit: Visit, result: SearchResult, asked: Asked) -> str:
    """What was asked, also how somebody has to get in."""
    access = [visit.say(f"look_up.asked.{name}") for name in ("wheelchair", "walk_in") if getattr(asked, name)]
    return ", ".join([words.header(result, asked.lang).removesuffix(":"), *access])


def _count(visit: Visit, first: int, last: int, total: int) -> str:
    if not total:
        return visit.say("look_up.none")
    return visit.say("count", first=first, last=last, total=f"{total:,}") if last >= first else ""


def _shown(visit: Visit, result: SearchResult) -> list[Shown]:
    path = visit.desk.path()
    before = search.former_ids([hit.listing.id for hit in result.hits], path)
    noted = notes.with_notes([id for ids in before.items() for id in (ids[0], *ids[1])])
    return [
        Shown(
            card(hit, visit.lang, result.query, clip=LIST_CLIP),
            reasons.reasons(hit, result.query, visit.lang),
            not noted.isdisjoint((hit.listing.id, *before[hit.listing.id])),
        )
        for hit in result.hits
    ]


def _nothing(visit: Visit, result: SearchResult) -> list[str]:
    return words.none_found(result, visit.lang, visit.today).text.splitlines()


def _suggestions(near: places.Resolution | None, asked: Asked) -> list[tuple[str, str]]:
    """For a text that may be several places: what to click on."""
    if not isinstance(near, (places.Ambiguous, places.OverCountyLine)):
        return []
    return [
        (place_words.option_name(option, asked.lang), asked.link(near=places.text_for(option), page=1))
        for option in near.options
    ]


def _choices(visit: Visit) -> dict[str, object]:
    """What the form offers: needs with their programs, plans, languages."""
    return {"needs": _needs(visit.lang), "plans": _plans(), "languages": _languages(visit.lang)}


@cache
def _needs(lang: Language) -> Sequence[tuple[str, str, str, Sequence[tuple[str, str]]]]:
    needs = []
    for need, programs in rules.needs().items():
        name = words.need_name(need, lang)
        options = [(f"program:{id}", words.program_name(id, lang)) for id in programs]
        needs.append((words.capital(name), f"need:{need.value}", say("desk.what.all", lang, need=name), options))
    return needs


@cache
def _languages(lang: Language) -> Sequence[tuple[str, str]]:
    return sorted((words.capital(words.language_name(code, lang)), code) for code in form.language_codes())


def _plans() -> list[tuple[str, str]]:
    """All plans, those that the clinic works with first."""
    own = ours().plans
    return sorted(
        ((plan.short_name, plan.id) for plan in plans.plans().values()), key=lambda named: (named[1] not in own, named)
    )
