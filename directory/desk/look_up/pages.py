"""The look-up page and the page of a place."""

from __future__ import annotations

from starlette.responses import Response

from directory import hours, places, plans, search
from directory.desk import house
from directory.desk.cards import LIST_CLIP, card
from directory.desk.frame import Visit
from directory.desk.look_up import asked as form
from directory.desk.look_up.asked import Asked
from directory.eligibility import rules
from directory.errors import UnknownListing
from directory.model import Language, Place
from directory.status import status
from directory.text import listing as words
from directory.text import place as place_words
from directory.text.day import day_text
from directory.text.ours import ours

__all__ = ["look_up", "place"]


def look_up(visit: Visit) -> Response:
    """The form and the places that fit."""
    asked = form.read(visit.query, visit.lang)
    found = status(visit.desk.path())
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
        query = asked.query(near if isinstance(near, Place) else None)
        values |= _results(visit, search.search(query, now=visit.now, path=visit.desk.path()), asked)
    choices = _choices(visit)
    return visit.page("look_up/look_up.html", asked=asked, longest=form.LONGEST, demo=found.demo, **choices, **values)


def place(visit: Visit) -> Response:
    """Everything about one place."""
    asked = form.read(visit.query, visit.lang)
    near = asked.place()
    query = search.Query(place=near if isinstance(near, Place) else None)
    try:
        hit = search.found(str(visit.params["id"]), now=visit.now, query=query, path=visit.desk.path())
    except UnknownListing:
        return visit.page("message.html", 404, title="gone", text="gone.what", said=None, back="/")
    demo = hit.listing.provenance.demo
    return visit.page("look_up/place.html", asked=asked, card=card(hit, asked.lang), demo=demo)


def _results(visit: Visit, result: search.SearchResult, asked: Asked) -> dict[str, object]:
    first = result.query.offset + 1
    last = result.query.offset + len(result.hits)
    nothing = [] if result.hits or result.total else _nothing(visit, result)
    return {
        "result": result,
        "header": words.header(result, asked.lang).removesuffix(":"),
        "notes": words.notes(result, asked.lang) if result.hits else [],
        "cards": [card(hit, asked.lang, result.query, clip=LIST_CLIP) for hit in result.hits],
        "nothing": nothing,
        "without_words": asked.link(words="", page=1) if asked.words and not result.total else None,
        "count": visit.say("count", first=first, last=last, total=result.total) if result.hits else "",
        "next": asked.link(page=asked.page + 1) if result.total > last else None,
        "back": asked.link(page=asked.page - 1) if asked.page > 1 else None,
    }


def _nothing(visit: Visit, result: search.SearchResult) -> list[str]:
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
    lang = visit.lang
    needs = []
    for need, programs in rules.needs().items():
        name = words.need_name(need, lang)
        options = [(f"program:{id}", words.program_name(id, lang)) for id in programs]
        needs.append((_capital(name), f"need:{need.value}", visit.say("what.all", need=name), options))
    return {"needs": needs, "plans": _plans(), "languages": _languages(lang)}


def _languages(lang: Language) -> list[tuple[str, str]]:
    return sorted((_capital(words.language_name(code, lang)), code) for code in form.language_codes())


def _plans() -> list[tuple[str, str]]:
    """All plans, those that the clinic works with first."""
    own = ours().plans
    return sorted(
        ((plan.short_name, plan.id) for plan in plans.plans().values()), key=lambda named: (named[1] not in own, named)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
