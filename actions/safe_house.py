"""Refuges for people who leave violence: told only where violence was spoken of, or to whoever asks for one."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, lists, local_lines, looking, placing
from actions.context import Turn
from actions.slots import Asked, Known
from actions.words import sign
from directory.model import Language, Need, Place
from directory.reply import Kind, Reply
from directory.search import Query, SearchResult
from directory.text import listing

__all__ = ["VIOLENCE", "answered", "asked_for", "roof_meant", "tell"]

VIOLENCE = "violence"
_HOTLINE = "1-800-799-7233"
_MOST = 3
_ROOF = {Need.HOUSING.value, "emergency_shelter"}


def asked_for(turn: Turn) -> bool:
    """Whether a message asks for such a place by name."""
    return sign("safe_house", turn.heard.text)


def roof_meant(turn: Turn) -> bool:
    """Whether, beside violence, a message says that somebody needs a roof: "I can't stay at my sister's"."""
    heard = turn.heard
    named = {*heard.needs, *heard.programs}
    of_a_roof = bool(named) and named <= _ROOF
    return of_a_roof or any(sign(name, heard.text) for name in ("safe_house", "where_to", "cannot_stay"))


def answered(turn: Turn) -> Known | None:
    """What is known after the refuges near a place; None where neither violence nor such a place is spoken of."""
    if asked_for(turn) or _place_for_it(turn):
        return tell(turn)
    spoken = turn.known.asked.crisis == VIOLENCE and turn.heard.crisis in (None, "worry", "unsafe_tonight", VIOLENCE)
    return tell(turn) if spoken and roof_meant(turn) else None


def _place_for_it(turn: Turn) -> bool:
    """Whether a place answers the question where to look for one."""
    asked = turn.known.asked
    waits = asked.crisis == VIOLENCE and asked.about in asking.BEFORE_A_LIST and looking.SHELTER in asked.wants
    return waits and bool(turn.heard.places or asking.picked(turn))


def tell(turn: Turn) -> Known:
    """The refuges near the place that is known, by phone only; or the question where, with the line that finds one.

    Nothing of the list is remembered, so nobody who looks at this device later is told of it.
    """
    picked = asking.picked(turn)
    known = looking.follow(turn)
    if picked and picked.goal in ("place", "county"):
        known = looking.chosen(known, picked)
    known = known.having(need=looking.SHELTER.need, program=looking.SHELTER.program)
    if not known.place:
        text, _ = local_lines.beside(turn.language, VIOLENCE, turn.say("safe_house.where"), (_HOTLINE,))
        waiting = Asked(asking.ABOUT_PLACE, wants=(looking.SHELTER,), crisis=VIOLENCE)
        return asking.ask(turn, known, waiting, text=text, counts=False)
    known, place = placing.settled(turn, known, (looking.SHELTER,))
    if place is None:
        return known.having(asked=replace(known.asked, crisis=VIOLENCE))
    _told(turn, known, place)
    return known.having(asked=Asked(crisis=VIOLENCE))


def _told(turn: Turn, known: Known, place: Place) -> None:
    query = Query(
        need=Need.HOUSING, program=looking.SHELTER.program, place=place, has_room=True, refuges=True, limit=_MOST
    )
    result = lists.look_up(query, now=turn.now)
    where = listing.place_name(place, turn.language)
    rows = _rows(turn, result)
    text = turn.say("safe_house.list" if rows else "safe_house.none", place=where)
    if rows:
        text = "\n\n".join((text, *rows, turn.say("safe_house.full")))
    text, phones = local_lines.beside(turn.language, VIOLENCE, f"{text}\n", ("911", _HOTLINE))
    turn.utter(text.strip(), replace(_reply(known, result, turn.language), phones=phones))


def _rows(turn: Turn, result: SearchResult) -> tuple[str, ...]:
    channel = "sms" if turn.channel == "sms" else "web"
    demo = any(hit.listing.provenance.demo for hit in result.hits)
    rows = [listing.line(hit, turn.language, channel=channel, query=result.query) for hit in result.hits]
    return (*rows, *((listing.demo_notice(turn.language, one=len(rows) == 1),) if demo else ()))


def _reply(known: Known, result: SearchResult, language: Language) -> Reply:
    hits = result.hits
    return Reply(
        kind=Kind.CRISIS,
        crisis=VIOLENCE,
        need=known.need,
        program=known.program,
        place=known.place,
        county=known.county,
        listings=tuple(listing.shown(hit, language) for hit in hits),
        total=result.total if hits else 0,
        demo=any(hit.listing.provenance.demo for hit in hits),
        sources=tuple(dict.fromkeys(hit.listing.provenance.source for hit in hits)),
    )
