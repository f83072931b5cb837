"""Listings as messages: a page of them, one or more in part, or what there is instead of any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions import asking
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Shown, Want
from actions.steps import how_to_get
from directory.eligibility import rules
from directory.model import Language, Need
from directory.reply import Kind, Reply
from directory.search import Hit, Query, SearchResult
from directory.search.narrowing import Held, Narrowing
from directory.text import budget, catalogue, listing

__all__ = ["hits", "listed", "none_fit", "none_fit_words", "nothing", "page", "reply"]

_PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")
_SHORT = re.compile(r"\b(?:1-\d{3}-\d{3}-\d{4}|211|911|988)\b")

SHELTER = "emergency_shelter"
"""The program whose lists never say that a bed is free."""


def page(
    turn: Turn,
    known: Known,
    result: SearchResult,
    *,
    first: int,
    before: str | None = None,
    held: Held | None = None,
    base: int = 0,
) -> SearchResult:
    """One page of a list, numbered from `first`; `before` is said above it, then what was given up.

    After `base` places of other lists in the same answer only this one says how to go on.

    Returns what was shown of it: by text message as many places as fit.
    """
    said = _of_which_places_say_something(held)
    if held and first == base + 1:
        before = "\n".join((*((before,) if before else ()), *_of_the_rest(turn, held)))
    relaxed = tuple(step.value for step in result.relaxed)
    beds = known.program == SHELTER and first == base + 1
    around = (before, turn.say("shelter.beds") if beds else "")
    if turn.channel == "sms":
        _said_once(turn, base)
        result, text = _that_fits(turn, result, first, said, around, base)
    else:
        text = _around(listing.page(_named(turn, result), turn.language, first, narrowing=said), around, "\n\n")
    phones = ("211",) if beds else ()
    told = reply(known, result.hits, query=_named(turn, result).query, narrowing=said)
    turn.utter(text, replace(told, total=result.total, relaxed=relaxed, phones=phones))
    return result


def _around(text: str, around: tuple[str | None, str], between: str = "\n") -> str:
    before, beds = around
    text = between.join((beds, text)) if beds else text
    return "\n".join((before, text)) if before else text


_TRIES = ((3, False), (3, True), (2, False), (2, True), (1, False), (1, True))
"""How many places a text message tries to hold, and whether without their programs: the most that fits is sent."""


def _that_fits(
    turn: Turn, result: SearchResult, first: int, said: Narrowing | None, around: tuple[str | None, str], base: int
) -> tuple[SearchResult, str]:
    """As many places of the page as one text message holds, and its text; one at least."""
    for count, brief in _TRIES:
        some = replace(result, hits=result.hits[:count])
        page = listing.page(
            _named(turn, some), turn.language, first, channel="sms", narrowing=said, brief=brief, base=base
        )
        if budget.fits(text := _around(page, around), Kind.LISTINGS):
            return some, text
    if around[0]:  # what is said before goes ahead of the list, in a text of its own
        turn.utter(around[0], Reply(kind=Kind.SMALLTALK, phones=tuple(_SHORT.findall(around[0]))))
        return _that_fits(turn, result, first, said, (None, around[1]), base)
    return some, text


def _said_once(turn: Turn, base: int) -> None:
    """Takes the line on how to go on from the lists before in this answer: the last one says it for all."""
    numbers, keys = range(1, base + 1), ("more", "one", "details", "several", "several.more")
    hints = {catalogue.say(f"hint.{key}", turn.language, number=one, last=one) for key in keys for one in numbers}
    for message in turn.dispatcher.messages if base else ():
        message["text"] = "\n".join(line for line in message["text"].splitlines() if line not in hints)


def _of_which_places_say_something(held: Held | None) -> Narrowing | None:
    """What was held and some place says that it has; the rest is said once, above the list."""
    if held is None:
        return None
    said = held.narrowing.only(part for part in held.narrowing.parts if part not in held.unsaid)
    return said if said.parts or said.order else None


def _of_the_rest(turn: Turn, held: Held) -> Iterator[str]:
    """What no place has beside the rest and was given up, and what nobody says of those that are left."""
    if held.given_up:
        yield turn.say("shape.given_up", words=_asked_in_words(turn, held.asked.only(held.given_up)))
        kept = [part for part in held.narrowing.parts if part not in held.unsaid]
        if kept:
            yield turn.say("shape.kept", words=_asked_in_words(turn, held.narrowing.only(kept)))
    if held.unsaid:
        yield turn.say("shape.none_sure", words=_asked_in_words(turn, held.narrowing.only(held.unsaid)))


def none_fit(turn: Turn, known: Known, result: SearchResult, narrowing: Narrowing) -> Known:
    """That nobody has what the list was to be narrowed to; the list stays as it was."""
    text = turn.say("shape.none_fit", words=_asked_in_words(turn, narrowing))
    turn.utter(text, replace(reply(known, ()), kind=Kind.NONE_FOUND, phones=("211",)))
    return known


def none_fit_words(turn: Turn, narrowing: Narrowing) -> str:
    """That nobody else has what the list was narrowed to, before the others."""
    return turn.say("shape.none_fit_others", words=_asked_in_words(turn, narrowing))


def _asked_in_words(turn: Turn, narrowing: Narrowing) -> str:
    return ", ".join(listing.narrowed_to((), replace(narrowing, order=None), turn.language))


def _named(turn: Turn, result: SearchResult) -> SearchResult:
    """The same with the single thing that was looked for by its name instead of the beginning of its word."""
    if not result.query.text:
        return result
    return replace(result, query=replace(result.query, text=turn.say(f"thing.{result.query.text}")))


def hits(turn: Turn, known: Known, text: str, found: Sequence[Hit]) -> None:
    """A text about listings that were shown, with those listings beside it."""
    turn.utter(text, replace(reply(known, found), total=len(found)))


def reply(
    known: Known, found: Sequence[Hit], *, query: Query | None = None, narrowing: Narrowing | None = None
) -> Reply:
    """A reply that stands on these listings, each with what speaks for it."""
    language = Language(known.language)
    return Reply(
        kind=Kind.LISTINGS,
        need=known.need,
        program=known.program,
        place=known.place,
        county=known.county,
        plan=known.plan,
        listings=tuple(
            listing.carried(hit, language, query=query, narrowing=narrowing, county=known.county, plan=known.plan)
            for hit in found
        ),
        demo=any(hit.listing.provenance.demo for hit in found),
        sources=tuple(dict.fromkeys(each.listing.provenance.source for hit in found for each in hit.services)),
    )


def nothing(
    turn: Turn,
    known: Known,
    result: SearchResult,
    *,
    before: str | None = None,
    thing: str | None = None,
    beside: bool = False,
) -> Known:
    """Who to call where we list nobody, how to get the program all the same, and what else may help.

    `beside` another list of the same answer, whose places have the digits, nothing else is offered by number.
    """
    if thing:
        return _no_such_thing(turn, known, thing, before)
    none = listing.none_found(result, turn.language, turn.now.date())
    program = rules.programs().get(known.program or "")
    steps = tuple(how_to_get(turn, program)) if program else ()
    choices = () if beside else _other_programs(known.want)
    lead = "program.others" if known.program else "none.ask_about"  # without a program, they are those named above
    ways_on = (turn.say(lead), *asking.numbered(turn, known, choices)) if choices else ()
    turn.utter(
        "\n".join((none.text, *steps)),
        Reply(
            kind=Kind.NONE_FOUND,
            need=known.need,
            program=known.program,
            place=known.place,
            county=known.county,
            plan=known.plan,
            relaxed=tuple(step.value for step in result.relaxed),
            choices=asking.buttons(turn, known, choices),
            phones=tuple(dict.fromkeys((*none.phones, *_PHONE.findall(" ".join(steps))))),
        ),
        lead=before or "",
        tail="\n".join(ways_on),
        again=f"none:{known.need or ''} {known.program or ''}" if beside else "none:",
    )
    shown = known.shown if beside and listed(turn) else Shown().after(known.shown)
    return known.having(shown=shown, asked=Asked(asking.OFFER, choices) if choices else Asked())


def listed(turn: Turn) -> bool:
    """Whether this answer has a list in it already."""
    return any((message.get("custom") or {}).get("kind") == Kind.LISTINGS for message in turn.dispatcher.messages)


_OF_MEDI_CAL = {"dent", "glasses", "insulin"}


def _no_such_thing(turn: Turn, known: Known, thing: str, before: str | None) -> Known:
    """A single thing that no place of our lists names: 211, and the plan where it is care."""
    lines = [before] if before else []
    lines.append(turn.say("thing.none", thing=turn.say(f"thing.{thing}"), county=known.county))
    if thing in _OF_MEDI_CAL:
        lines.append(turn.say("thing.none_plan"))
    turn.utter(
        "\n".join(lines),
        Reply(
            kind=Kind.NONE_FOUND,
            need=known.need,
            place=known.place,
            county=known.county,
            plan=known.plan,
            phones=("211",),
        ),
    )
    return known.having(shown=Shown().after(known.shown), asked=Asked())


def _other_programs(want: Want) -> tuple[Choice, ...]:
    """The first programs of the need beside the one asked for."""
    if not want.need:
        return ()
    programs = rules.needs().get(Need(want.need), ()) if want.program else listing.that_may_help(Need(want.need))
    others = [name for name in programs if name != want.program]
    return tuple(Choice("program", name) for name in others[:3])
