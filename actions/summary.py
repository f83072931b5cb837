"""A summary to paste: places and phones, steps, whom to call; nothing that tells what somebody lives with.

Who reads it later is not known, so no line of it names an illness, a drug, jail, a status or a danger.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from actions import lists, places_meant, shape_of_telling, show, slots
from actions.context import Turn
from actions.heard import fold
from actions.naming import place_name, want_name
from actions.shape_of_telling import Told
from actions.slots import Known, Shown
from actions.talked_of import Talk
from directory.eligibility import rules
from directory.model import Language
from directory.reply import Kind, Reply
from directory.search import Hit, Query
from directory.text import listing
from directory.text.english import quoted
from directory.text.own import OWN_WORDS

__all__ = ["tell", "tell_again", "tells_too_much"]

_FILE = Path(__file__).with_name("summary.yml")


def tell(turn: Turn, talk: Talk) -> Known:
    """The summary as plain text; what was offered before it can still be picked."""
    found = places_meant.meant(turn, None) if _of_the_places(turn.known, talk) else ()
    told = _told(turn, talk)
    lines = (*_head(turn, told), *_places(turn, found), *_steps(turn, told))
    before = _earlier(turn, beside=bool(found))
    every = (*found, *(hit for _, hits in before for hit in hits))
    lines = (*lines, *_also(turn, before), *_notice(turn, every))
    named = tuple(hit for hit in every if not tells_too_much(listing.title(hit.listing, turn.language)))
    plain = show.reply(turn.known, named)
    turn.utter(
        "\n".join(lines),
        Reply(
            kind=Kind.STEPS,
            place=turn.known.place,
            county=turn.known.county,
            listings=plain.listings,
            total=len(named),
            demo=any(hit.listing.provenance.demo for hit in every),
            phones=told.phones if told else (),
            sources=plain.sources,
        ),
        again=f"summary:{_name(turn, talk)}",
    )
    return turn.known


def _name(turn: Turn, talk: Talk) -> str:
    """What the summary is called, for the rest of it."""
    alone = "" if turn.known.shown.ids else "alone"
    return f"{talk.program or ''}/{talk.guide or ''}/{'list' if talk.of_list else ''}/{alone}"


def tell_again(turn: Turn, name: str) -> None:
    """Tells it again by its name."""
    program, guide, of_list, alone = name.split("/")
    known = turn.known.having(shown=Shown()) if alone else turn.known
    tell(replace(turn, known=known), Talk(program=program or None, guide=guide or None, of_list=bool(of_list)))


def _of_the_places(known: Known, talk: Talk) -> bool:
    """Whether the list shown is what was told last, or for the same need as the program told after it."""
    if talk.of_list or not known.shown.ids:
        return bool(known.shown.ids)
    return talk.program is not None and rules.program(talk.program).need.value == known.shown.want.need


def _told(turn: Turn, talk: Talk) -> Told | None:
    """The guide or the program told last; of a list, the program it is of."""
    if talk.guide:
        return shape_of_telling.of_guide(turn, talk.guide)
    program = turn.known.shown.want.program if talk.of_list else talk.program
    return shape_of_telling.of_program(turn, program) if program in rules.programs() else None


def _head(turn: Turn, told: Told | None) -> Iterator[str]:
    yield turn.say("summary.title", day=listing.day_text(turn.now.date(), turn.language))
    want = turn.known.shown.want
    what = told.name if told else want_name(want, turn.language) if want.known else ""
    if what and not tells_too_much(what):
        yield turn.say("summary.what", what=what)
    where = place_name(turn.known, turn.language)
    if where:
        yield turn.say("summary.near", place=where)


def _places(turn: Turn, found: Iterable[Hit]) -> Iterator[str]:
    lines = [turn.say("summary.place", facts=", ".join(_facts(turn, hit))) for hit in found]
    if lines:
        yield turn.say("summary.places")
        yield from lines


def _facts(turn: Turn, hit: Hit) -> Iterator[str]:
    """Name, phone, address, hours, day; a private address is never said."""
    record, language = hit.listing, turn.language
    name = listing.title(record, language)
    yield turn.say("summary.unnamed") if tells_too_much(name) else name
    yield _phone(turn, hit)
    street = listing.where(record, language)
    if street:
        yield street
    hours = _hours(hit, language)
    yield turn.say("summary.hours", hours=hours) if hours else turn.say("summary.hours_unknown")
    yield listing.dated(hit, language)


def _phone(turn: Turn, hit: Hit) -> str:
    """The number to call; 211 where there is none."""
    return listing.phone_shown(hit.listing) or turn.say("summary.no_phone")


def _earlier(turn: Turn, *, beside: bool) -> tuple[tuple[Known, tuple[Hit, ...]], ...]:
    """The lists of other needs in this talk, each with its first places; that on the page too, unless told already."""
    shown = turn.known.shown
    kept = shown.earlier if beside else Shown().after(shown).earlier
    plain = ({**one, "shown": None} for one in kept)
    return tuple(
        (slots.of_case(turn.known, one), tuple(hit for each in one["ids"] if (hit := _found(turn, each))))
        for one in plain
    )


def _found(turn: Turn, listing_id: str) -> Hit | None:
    return lists.found(listing_id, now=turn.now, query=Query())


def _also(turn: Turn, earlier: Iterable[tuple[Known, tuple[Hit, ...]]]) -> Iterator[str]:
    """What else was looked for, and the first places of it with their phones."""
    for known, hits in earlier:
        what = want_name(known.want, turn.language) if known.want.known else ""
        said = [part for part in (what, place_name(known, turn.language)) if part and not tells_too_much(part)]
        if hits:
            yield turn.say("summary.also", what=", ".join(said)) if said else turn.say("summary.places")
        for hit in hits:
            name = listing.title(hit.listing, turn.language)
            name = turn.say("summary.unnamed") if tells_too_much(name) else name
            yield turn.say("summary.place", facts=f"{name}, {_phone(turn, hit)}")


def _hours(hit: Hit, language: Language) -> str:
    """Its week, or its own words on it where no week could be read in them."""
    said = listing.hours_in_words(hit, language) if listing.known_week(hit.listing) else hit.listing.hours_text
    if not said or tells_too_much(said):
        return ""
    return said if listing.known_week(hit.listing) else quoted(said, language, OWN_WORDS)


def _steps(turn: Turn, told: Told | None) -> Iterator[str]:
    if told is None:
        return
    steps = [step for step in told.steps if not tells_too_much(step)]
    calls = [call for call in told.calls if not tells_too_much(call)]
    for key, lines in (("summary.steps", steps), ("summary.calls", calls)):
        if lines:
            yield turn.say(key)
            yield from (turn.say("program.step", step=line) for line in lines)
    yield " ".join(part for part in (told.dated, told.hedge) if part)


def _notice(turn: Turn, found: Iterable[Hit]) -> Iterator[str]:
    if any(hit.listing.provenance.demo for hit in found):
        yield listing.demo_notice(turn.language)


def tells_too_much(text: str) -> bool:
    """Whether a line names an illness, a drug, jail, a status or a danger."""
    return _private().search(fold(text)) is not None


@functools.cache
def _private() -> re.Pattern[str]:
    words = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    every = (word for topic in words.values() for spoken in topic.values() for word in spoken)
    return re.compile("|".join(rf" {re.escape(fold(word).strip())}" for word in every))
