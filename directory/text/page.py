"""A whole reply: what was understood, the places, and how to go on."""

from __future__ import annotations

from directory.model import Language, PlaceKind, Tri
from directory.search import SearchResult
from directory.search.narrowing import Narrowing
from directory.text.asked import filters_wanted, relaxed_line, states_of, what_asked, words_asked
from directory.text.catalogue import by_text, is_by_text, say
from directory.text.facts import demo_notice
from directory.text.lines import Channel, line
from directory.text.names import capital, place_name
from directory.text.narrowed import words

__all__ = ["header", "notes", "page"]


def page(
    result: SearchResult,
    language: Language,
    first: int = 1,
    *,
    channel: Channel = "web",
    narrowing: Narrowing | None = None,
    brief: bool = False,
    base: int = 0,
) -> str:
    """The reply for one page of a search, numbered from `first`; where nothing was found, `none_found` says so.

    `base` places of other lists stand before it in the same answer, under the numbers up to that.

    A text message stands in lines below each other; a `brief` one leaves out the programs of each place.
    """
    with by_text(channel == "sms" or is_by_text()):
        return _page(result, language, first, channel, narrowing, brief, base)


def _page(
    result: SearchResult,
    language: Language,
    first: int,
    channel: Channel,
    narrowing: Narrowing | None,
    brief: bool,
    base: int,
) -> str:
    numbered = [
        f"{number}{'' if channel == 'sms' else '.'} "
        f"{line(hit, language, channel=channel, query=result.query, narrowing=narrowing, brief=brief)}"
        for number, hit in enumerate(result.hits, start=first)
    ]
    above, below = _above(result, language, first - base, narrowing), _below(result, language, first, base)
    if channel == "sms":
        return "\n".join([*above, *numbered, *below])
    parts = ["\n".join(above), *numbered, "\n".join(below)]
    return "\n\n".join(part for part in parts if part)


def _above(result: SearchResult, language: Language, first: int, narrowing: Narrowing | None) -> list[str]:
    if first > 1:
        return [say("header.more", language, header=header(result, language, narrowing))]
    return [header(result, language, narrowing), *notes(result, language)]


def notes(result: SearchResult, language: Language) -> list[str]:
    """What a person should know before the places: no list for the county, and what was given up."""
    place = result.query.place
    uncovered = [say("no_list.shown", language, county=place.county)] if place and not result.covered else []
    return [*uncovered, *(relaxed_line(step, result.query, language) for step in result.relaxed)]


def _below(result: SearchResult, language: Language, first: int, base: int) -> list[str]:
    last = first + len(result.hits) - 1
    more = result.total + base > last
    if base and first == base + 1:
        hint = say("hint.several.more" if more else "hint.several", language, last=last)
    elif more:
        hint = say("hint.more", language, number=first)
    else:
        hint = say("hint.one" if result.total == 1 else "hint.details", language, number=first)
    if not any(hit.listing.provenance.demo for hit in result.hits):
        return [hint]
    return [hint, demo_notice(language, one=len(result.hits) == 1)]


def header(result: SearchResult, language: Language, narrowing: Narrowing | None = None) -> str:
    """What was understood: "Food near 95354 (Modesto), open now:"."""
    query = result.query
    what = capital(what_asked(query, language))
    narrow = words(result.hits, narrowing, language) if narrowing else []
    filters = "".join((_filters(result, language), *(f", {part}" for part in narrow)))
    if query.place is None:
        return say("header.anywhere", language, what=what, filters=filters)
    key = "header.county" if query.place.kind is PlaceKind.COUNTY else "header"
    return say(key, language, what=what, place=place_name(query.place, language), filters=filters)


def _filters(result: SearchResult, language: Language) -> str:
    """What was asked for and kept; what was given up is said apart."""
    query = result.query
    parts = [words_asked(query, language)] if words_asked(query, language) else []
    for step, key, names in filters_wanted(query, language):
        if step not in result.relaxed:
            sure = all(states_of(hit, query)[step] is Tri.YES for hit in result.hits)
            parts.append(say(f"filter.{key}" if sure else f"filter.{key}_or_unknown", language, **names))
    return "".join(f", {part}" for part in parts)
