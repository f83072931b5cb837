"""A list that somebody picked for a person opens with just those places, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from actions import lists, show
from actions.context import Turn
from actions.slots import Asked, Known, Shown
from directory import places
from directory.model import Need, Place
from directory.search import Hit, Query, SearchResult

if TYPE_CHECKING:
    from directory.inbox.lists import SavedList

__all__ = ["MOST_MESSAGES", "opened"]

MOST_MESSAGES = 2
"""So many answers at most hold the places; the whole list stands on the paper and behind the link."""


def opened(turn: Turn, known: Known, saved: SavedList, before: str) -> Known | None:
    """What is known after the places were shown, after `before`; None where none of them is on a list any more."""
    found = places.resolve(saved.place) if saved.place else None
    query = Query(
        need=Need(saved.need) if saved.need else None,
        program=saved.program,
        place=found if isinstance(found, Place) else None,
        limit=turn.page_size,
    )
    left = tuple(hit for id in saved.ids if (hit := lists.found(id, now=turn.now, query=query)))
    if not left:
        return None
    told = tuple(_told(turn, known, query, left, before))
    shown = Shown(told, 0, len(told), known.want, known.place, known.county, known.plan)
    return known.having(shown=shown.after(known.shown), asked=Asked())


def _told(turn: Turn, known: Known, query: Query, left: tuple[Hit, ...], before: str) -> Iterator[str]:
    """Says the places, as many at a time as an answer holds; the ids of those that were said."""
    said = 0
    for number in range(MOST_MESSAGES):
        hits = left[said : said + turn.page_size]
        if not hits:
            return
        page = SearchResult(replace(query, offset=said), hits, total=len(left), relaxed=(), covered=True)
        page = show.page(turn, known, page, first=said + 1, before=None if number else before)
        said += len(page.hits)
        yield from (hit.listing.id for hit in page.hits)
