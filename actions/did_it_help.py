"""How it went: the answer to our text days later, and good news told without being asked; the next place at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from actions import asking, barriers, call_back, kept, looking, people, places_meant, telling, tried, which_one
from actions.context import Turn
from actions.how_said import (
    DID_NOT_GO,
    FAILED,
    HELPED,
    NO_ANSWER,
    NO_SUCH,
    NOT_HELPED,
    TURNED_AWAY,
    by_digit,
    outcome,
)
from actions.slots import Asked, Known, Shown, Want
from actions.tried_how import GONE, GOOD, TELLS, how_it_went, of_a_program
from actions.tried_meant import meant, named, shown
from actions.words import sign
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply
from directory.search import Hit
from directory.text import catalogue, listing

if TYPE_CHECKING:
    from directory.inbox.followups import FollowUp

__all__ = ["answered", "just_asked", "tell_how", "told"]

_HOW = {NO_ANSWER: "no_answer", TURNED_AWAY: "refused"}
"""The kind word of an outcome that is told by its digit alone."""


# The answer to our text


def answered(turn: Turn) -> Known | None:
    """What is known after the answer to "did it help?", or to which place it was; None for anything else."""
    waits = which_one.waits_for(turn)
    if waits and waits.startswith(_ASKED):
        return _which_told(turn, waits.removeprefix(_ASKED))
    question = kept.open_question(turn)
    if question is None or turn.heard.crisis:
        return None
    how = outcome(turn, last=_waits(turn, question), same=_of_the_same(turn, question))
    if how is None:
        return None
    if how in _AGAIN:
        return _put_again(turn, _AGAIN[how])
    kept.question_answered(turn, question, how)
    about = _Told(_places(turn, question), question.program)
    return _WAYS[how](_talking_of(turn, question, about), about).having(offered=True)


_AGAIN = {NOT_HELPED: "after.what_happened", NO_SUCH: "after.answers"}
"""By which words."""


def just_asked(turn: Turn) -> FollowUp | None:
    """The follow-up of which a digit is the answer: our text came last, or its question was put again."""
    question = kept.open_question(turn)
    return question if question is not None and _waits(turn, question) else None


def _waits(turn: Turn, question: FollowUp) -> bool:
    return not question.seen or turn.known.asked.about == asking.ABOUT_HELPED


@dataclass(frozen=True)
class _Told:
    """What the text asked about: places, or a program alone."""

    listings: tuple[str, ...]
    program: str | None


def _of_the_same(turn: Turn, question: FollowUp) -> bool:
    """Whether what was talked of since is still what the text asked about."""
    shown_now = turn.known.shown.ids
    return not shown_now or bool(set(shown_now) & set(question.listings))


def _places(turn: Turn, question: FollowUp) -> tuple[str, ...]:
    """The places asked about that did not fail before; where all did, those shown since as well: it is asked which."""
    tried_before = set(turn.known.tried)
    left = tuple(one for one in question.listings if one not in tried_before)
    since = turn.known.shown.ids[turn.known.shown.offset :] if question.listings else ()
    return left or (*(one for one in since if one not in tried_before), *question.listings)


def _talking_of(turn: Turn, question: FollowUp, about: _Told) -> Turn:
    """The turn in which what the text asked about is what is talked of, so that the next place can be looked for."""
    known, ids = turn.known, about.listings
    if not set(ids) <= set(known.shown.ids) or not ids:
        near = known.place if known.county == question.county else None
        place = near or (f"{question.county} County" if question.county else known.place)
        known = known.having(
            need=question.need, program=question.program, place=place, county=question.county or known.county
        )
        of = Shown(ids, 0, len(ids), Want(question.need, question.program), place, known.county)
        known = known.having(shown=of.after(known.shown)) if ids else known
    focus = ids[0] if len(ids) == 1 else None
    return replace(turn, known=known.having(asked=Asked(), shown=replace(known.shown, focus=focus)))


def _put_again(turn: Turn, key: str) -> Known:
    """What happened decides what comes next; the digits are those of our text."""
    turn.utter(turn.say(key), Reply(kind=Kind.QUESTION))
    return turn.known.having(asked=Asked(asking.ABOUT_HELPED))


def _ids(turn: Turn, about: _Told) -> tuple[str, ...]:
    """Of which of several places it is told; none where that is not said."""
    if len(about.listings) <= 1 or by_digit(turn):
        return about.listings if len(about.listings) == 1 else ()
    return tuple(one for one in named(turn, turn.heard.text) if one in about.listings)


# What comes next


_ASKED = "went:"
"""Before the outcome in `asked.question`, while it is asked which place it was."""


def _which(turn: Turn, how: str, key: str) -> Known:
    return which_one.ask(turn, turn.known, f"{_ASKED}{how}", key, all_too=how != HELPED)


def _which_told(turn: Turn, how: str) -> Known | None:
    ids = which_one.told(turn)
    if not ids:
        return None
    return _glad(turn, ids) if how == HELPED else _next(turn, how, ids)


def _helped(turn: Turn, about: _Told) -> Known:
    ids = _ids(turn, about)
    if about.listings and not ids:
        return _which(turn, HELPED, "after.helped_which")
    return _glad(turn, ids)


def _glad(turn: Turn, ids: tuple[str, ...]) -> Known:
    """Good news ends it; counted for the place, without a name."""
    known = kept.outcome(turn, turn.known, ids, HELPED)
    noted = "after.noted" if kept.counted(known, ids, HELPED) else "after.write_again"
    turn.utter(" ".join((turn.say("after.helped"), turn.say(noted))), Reply(kind=Kind.SAVED))
    return known.having(asked=Asked(), offered=True)


def _failed(turn: Turn, about: _Told, how: str) -> Known:
    if not about.listings:
        return _program_failed(turn, about, how)
    ids = _ids(turn, about)
    return _next(turn, how, ids) if ids else _which(turn, how, "after.which")


def _next(turn: Turn, how: str, ids: tuple[str, ...]) -> Known:
    """The kind word that fits, the next places, and by which word the staff call."""
    said = how_it_went(turn)
    turn = _out_of_no_home(turn)
    plain = said is None or said in (GONE, GOOD, FAILED) or how == NO_ANSWER
    word = _HOW.get(how, how) if plain or said is None else said
    beside = turn.say("after.call_word") if call_back.may_ask(turn) else ""
    return tried.failed_at(turn, word, ids, beside=beside)


def _out_of_no_home(turn: Turn) -> Turn:
    """The turn in which whoever was sent away from a place ("me corrieron") is not taken for put out of a home."""
    if not sign("sent_off", turn.heard.text):
        return turn
    needs = tuple(need for need in turn.heard.needs if need != Need.HOUSING.value)
    return replace(turn, heard=replace(turn.heard, needs=needs))


def _program_failed(turn: Turn, about: _Told, how: str) -> Known:
    """No place to go on to: what can be done about a no, or whom to call, and a person."""
    program = rules.programs().get(about.program or "")
    refused = program.sides.get("if_refused") if program and how == TURNED_AWAY else None
    lines = [turn.say(f"after.program.{how}")]
    if refused:
        lines.append(catalogue.say("verdict.refused", turn.language, text=refused.text.get(turn.language)))
    elif program:
        lines += telling.lines(turn, turn.known, program)
    text = "\n".join(lines)
    phones = tuple(one for one in telling.phones(turn.known, program) if one in text) if program else ()
    turn.utter(text, Reply(kind=Kind.STEPS, need=turn.known.need, phones=phones))
    return people.ask_for_call(turn, turn.known)


def _did_not_go(turn: Turn, about: _Told) -> Known:
    """No blame: the place again, and what stood in the way."""
    known = kept.outcome(turn, turn.known, about.listings, DID_NOT_GO)
    turn = replace(turn, known=known)
    hits = tuple(shown(turn, about.listings))[: turn.page_size]
    told = barriers.answered(_calm(turn)) if hits else None
    if told is not None:
        return told
    if hits:
        text = "\n".join((turn.say("after.did_not_go"), *_lines(turn, hits), turn.say("after.in_the_way")))
        told = tuple(listing.shown(hit, turn.language) for hit in hits)
        turn.utter(text, Reply(kind=Kind.LISTINGS, need=known.need, listings=told, total=len(told)))
        return known
    if about.program in rules.programs():
        turn.utter(turn.say("after.did_not_go_steps"), Reply(kind=Kind.SMALLTALK))
        return telling.tell(turn, known, about.program or "", "steps")
    return looking.find(turn, known, (known.want,)) if known.want.known else asking.ask_need(turn, known)


def _calm(turn: Turn) -> Turn:
    """The turn as one that only tells what stood in the way: "i didnt go, i have no car" is not asked why."""
    return replace(turn, heard=replace(turn.heard, act="inform"))


def _lines(turn: Turn, hits: Sequence[Hit]) -> Iterator[str]:
    """Each place as it stood in the list, by its number there where there are several."""
    numbers = {one: number for number, one in enumerate(turn.known.shown.ids, 1)}
    dot = "" if turn.channel == "sms" else "."
    for hit in sorted(hits, key=lambda hit: numbers.get(hit.listing.id, 0)):
        number = f"{numbers[hit.listing.id]}{dot} " if len(hits) > 1 and hit.listing.id in numbers else ""
        yield f"{number}{places_meant.line(turn, hit)}"


_WAYS = {
    HELPED: _helped,
    NO_ANSWER: lambda turn, about: _failed(turn, about, NO_ANSWER),
    TURNED_AWAY: lambda turn, about: _failed(turn, about, TURNED_AWAY),
    DID_NOT_GO: _did_not_go,
}


# Told without being asked


_MAY = ("inform", "affirm", "nlu_fallback", "followup", "thanks", *TELLS)


def told(turn: Turn) -> Known | None:
    """What is known after good news of a place; which one is asked where several may be meant. None for other news."""
    if asking.picked(turn) or turn.known.asked.about == asking.ABOUT_FACT or turn.heard.act not in _MAY:
        return None
    if how_it_went(turn) != GOOD or of_a_program(turn):
        return None
    if turn.heard.act not in TELLS and (not turn.known.shown.ids or turn.heard.names_something):
        return None
    ids = meant(turn)
    if not ids and turn.known.shown.ids:
        return _which(turn, HELPED, "after.helped_which")
    return _glad(turn, ids)


def tell_how(turn: Turn) -> Known:
    """For who tells of a place and not how it went: asks, with the words that are understood.

    Of a place that is on no list of this talk nothing can be counted: a kind word, and what they need.
    """
    how = how_it_went(turn)
    if how is not None and how not in (GONE, GOOD):
        asked = Asked(asking.ABOUT_NEED, asking.menu())
        return asking.ask(turn, turn.known, asked, before=turn.say(f"tried.{how}"))
    turn.utter(turn.say("after.tell_how"), Reply(kind=Kind.QUESTION))
    return turn.known
