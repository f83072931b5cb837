"""What publishing would change for people, field by field, with filters."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from directory.desk import fields, working
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.desk.publishing import words
from directory.desk.publishing.looking import Look, look
from directory.desk.review.showing import list_name
from directory.model import Need
from directory.publication.beforehand import EVERYWHERE, Beforehand, Item, Wanted
from directory.publication.differences import Kind
from directory.sync import review, stage
from directory.text import names

__all__ = ["diff", "instead", "numbers", "titles"]

PAGE = 50


def diff(visit: Visit) -> Response:
    """Counts, what stands in the way, and the changes that were asked for."""
    if not working.there():
        return visit.page("publishing/nothing.html")
    seen = look(visit)
    if seen.found is None:
        return instead(visit, seen)
    found, known = seen.found, titles()
    wanted = Wanted(**{name: visit.query.get(name, "") for name in ("source", "county", "need", "kind", "field")})
    chosen = found.wanted(wanted)
    page = page_of(visit.query.get("page", ""), len(chosen), PAGE)
    shown = [words.change(item, known, visit.lang) for item in chosen[page.start : page.stop]]
    return visit.page(
        "publishing/diff.html", shown=shown, page=page, wanted=wanted, chosen=len(chosen),
        choices=_choices(visit, found, known), **numbers(visit, found, known),
    )  # fmt: skip


def instead(visit: Visit, seen: Look) -> Response:
    """The page that looks again by itself, or the sentence why it cannot be looked at."""
    if seen.job:
        return visit.page("publishing/going.html", job=seen.job, title="publish.looking", whose="", again=_here(visit))
    return visit.page("publishing/cannot.html", 400, error=seen.error, again=_here(visit))


def _here(visit: Visit) -> str:
    query = visit.request.url.query
    return f"{visit.request.url.path}?{query}" if query else visit.request.url.path


def numbers(visit: Visit, found: Beforehand, known: dict[str, str]) -> dict[str, object]:
    """What stands above the button: how many places, what stops it, what is old, what comes back."""
    gone = found.counts[Kind.GONE.value]
    return {
        "found": found,
        "kinds": [(kind.value, found.counts[kind.value]) for kind in Kind],
        "nothing": found.unchanged or not (found.listings or found.shown),
        "aged": words.aged(found.sources, visit.today, visit.lang),
        "gone": gone,
        "back_again": words.back_again(found.undone, known, visit.lang) if found.undone else "",
        "needs_anyway": bool(found.undone and not found.undone.newer),
    }


def titles() -> dict[str, str]:
    """The lists and what they are called."""
    with stage.open_work() as work:
        return dict(review.titles(work))


def _choices(visit: Visit, found: Beforehand, known: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers: only what occurs."""
    lang, items = visit.lang, found.items
    needs = {need.value: names.capital(names.need_name(need, lang)) for need in Need}
    counties = _all(item.counties for item in items)
    return {
        "kind": [(kind.value, visit.say(f"publish.kind.{kind.value}")) for kind in Kind if found.counts[kind.value]],
        "source": sorted(((id, list_name(id, known, lang)) for id in _all(i.lists for i in items)), key=_second),
        "need": sorted(((id, needs.get(id, id)) for id in _all(item.needs for item in items)), key=_second),
        "county": [(name, name) for name in sorted(counties - {EVERYWHERE})],
        "field": sorted(((id, names.capital(fields.label(id, lang))) for id in _fields(items)), key=_second),
    }


def _fields(items: Iterable[Item]) -> set[str]:
    return _all(item.fields for item in items)


def _all(sets: Iterable[Iterable[str]]) -> set[str]:
    return {one for some in sets for one in some}


def _second(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
