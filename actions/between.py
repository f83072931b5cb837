"""More words between people: the same answer twice, 211 did not help, who says so, forget it, somebody is not well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from actions import asking, clinic_asked, other_kinds, people, places_meant, talked_of
from actions.context import WORRY, Turn
from actions.heard import fold
from actions.slots import Asked, Choice, Known
from actions.words import sign
from directory.eligibility import rules
from directory.reply import Kind, Reply
from directory.search import Hit
from directory.text.ours import ours

__all__ = ["answered", "somebody", "something_else"]

_MOST = 2
"""How many other kinds of help are offered beside a person."""
_PERSON = Choice("person")
_NEVER = ("crisis", "talk_to_human", "change_language")
_A_LINE = 12
"""How many words a message has at most that says only how somebody is."""


def answered(turn: Turn) -> Known | None:
    """What is known after such a word; None for a message that is none."""
    if turn.heard.crisis not in (None, WORRY) or turn.heard.act in _NEVER or asking.picked(turn):
        return None
    return next((known for known in (word(turn) for word in _WORDS) if known is not None), None)


def _same_again(turn: Turn) -> Known | None:
    """The same was told twice: something else, or a person."""
    waits = turn.known.asked.about in asking.WAITING  # "you ask the same": the question is what is meant
    if waits or turn.heard.names_something or not sign("same_again", turn.heard.text):
        return None
    return something_else(turn, turn.say("between.sorry_same"))


def _called_211(turn: Turn) -> Known | None:
    """211 was called already: it is not told again."""
    text = turn.heard.text
    if not sign("called_211", text) or sign("to_call_211", text):
        return None
    return None if turn.heard.needs or turn.heard.places else something_else(turn, turn.say("between.sorry_211"))


def something_else(turn: Turn, lead: str) -> Known:
    """After `lead`, other kinds of help with the same need and a person; a question of the rules still waits."""
    known, asked = turn.known, turn.known.asked
    if asked.about in asking.WAITING or not (known.want.known or known.shown.want.known):
        whom, phones = somebody()
        line = turn.say("talk.angry_person", whom=whom) if whom else turn.say("between.nothing_else")
        turn.utter(f"{lead} {line}" if whom else line, Reply(kind=Kind.SMALLTALK, phones=phones))
        return known
    others = tuple(name for name in other_kinds.programs(turn, known) if name not in _LINES and name != known.program)
    choices = (*(Choice("program", name) for name in others[:_MOST]), _PERSON)
    return asking.ask(turn, known, Asked(asking.OFFER, choices), text=lead, kind=Kind.SMALLTALK)


_LINES = {"info_211"}


def somebody() -> tuple[str, tuple[str, ...]]:
    """The clinic with its number, where it has one; an empty text where it has none."""
    clinic = ours()
    if not clinic.phone or clinic.invented:
        return "", ()
    return f"{clinic.clinic or ''} {clinic.phone}".strip(), (clinic.phone,)


def _clinic_asked(turn: Turn) -> Known | None:
    """The clinic's own number, hours, address or languages, where it is the clinic that is asked."""
    heard = turn.heard
    if heard.needs or heard.programs:
        return None
    named = sign("clinic_asked", heard.text)
    asked_by = clinic_asked.NAMED if named else clinic_asked.asked_by(heard.text)
    return people.clinic_reached(turn) if asked_by and _clinic_meant(turn, asked_by) else None


def _clinic_meant(turn: Turn, asked_by: str) -> bool:
    """Whether it is the clinic and not a place: named outright, or nothing is shown, or nothing was looked for."""
    known = turn.known
    if asked_by == clinic_asked.NAMED or known.shown.ids:
        return asked_by == clinic_asked.NAMED
    if asked_by == clinic_asked.BARE and not (ours().phone or ours().hours):
        return False
    free = known.asked.about in (None, asking.ABOUT_NEED) and not known.want.known and not turn.heard.places
    return asked_by == clinic_asked.TO_YOU or free


def _who_says(turn: Turn) -> Known | None:
    """Where what was told last comes from."""
    if turn.heard.names_something or not sign("who_says", turn.heard.text, alone=True):
        return None
    turn.utter(_origin(turn), Reply(kind=Kind.SMALLTALK))
    waits = turn.known.asked.about in asking.WAITING
    return asking.put_again(turn, counts=False) if waits else turn.known


def _origin(turn: Turn) -> str:
    talk = talked_of.last(turn.known)
    if talk is not None and talk.program:
        program = rules.program(talk.program)
        names = dict.fromkeys(source.publisher or source.title for source in program.sources)
        return turn.say(
            "between.of_program",
            sources="; ".join(names) or turn.say("between.own_knowledge"),
            day=_day(turn, program),
            who=program.who_decides.get(turn.language),
        )
    lists = dict.fromkeys(hit.listing.provenance.source_title for hit in _shown(turn))
    return turn.say("between.of_list", lists="; ".join(lists)) if lists else turn.say("between.of_nothing")


def _day(turn: Turn, program: rules.Program) -> str:
    key = "program.checked" if program.status == "verified" else "program.noted"
    return turn.say(key, day=rules.spoken(program.checked_on, turn.language))


def _shown(turn: Turn) -> Iterator[Hit]:
    yield from places_meant.meant(turn, None) if turn.known.shown.ids else ()


def _forget_it(turn: Turn) -> Known | None:
    """Nothing more for now; the list is kept, no place of it is left out."""
    if turn.heard.names_something or not sign("forget_it", turn.heard.text, alone=True):
        return None
    key = "threads.left" if turn.known.asked.about == asking.ABOUT_FACT else "between.all_right"
    turn.utter(turn.say(key), Reply(kind=Kind.SMALLTALK))
    return turn.known.having(asked=Asked())


def _not_well(turn: Turn) -> Known | None:
    """A kind word to somebody who is not well; then what can be looked for, or what was said beside it."""
    text = turn.heard.text
    if not sign("not_well", text) or sign("not_well_in_body", text) or turn.heard.crisis:
        return None
    kind = turn.say("between.kind")
    if turn.heard.names_something or turn.learned or len(fold(text).split()) > _A_LINE:
        turn.utter(kind, Reply(kind=Kind.SMALLTALK))
        return None
    if turn.known.asked.about in asking.WAITING:
        return asking.put_again(turn, before=kind, counts=False)
    asked = Asked(asking.ABOUT_NEED, asking.menu())
    return asking.ask(turn, turn.known, asked, text=f"{kind} {turn.say('ask.worry')}")


_WORDS: tuple[Callable[[Turn], Known | None], ...] = (_clinic_asked, _same_again, _called_211, _who_says, _forget_it,
                                                          _not_well)  # fmt: skip
