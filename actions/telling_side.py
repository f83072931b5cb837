"""Telling one side of a program: its own words, hedged where due, then a short way on or the question that waits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from actions import asking, looking
from actions.context import Turn
from actions.naming import program_name
from actions.slots import Asked, Choice, Known
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.eligibility.rules import Program
from directory.eligibility.sides import Side
from directory.reply import Kind, Reply
from directory.text import catalogue

__all__ = ["tell", "utter"]

_PHONE = re.compile(r"\b(?:1-\d{3}-\d{3}-\d{4}|211|911|988)\b")
_NAMES_SOMEBODY = re.compile(
    r"\b(?:ask|decides?|call (?:the|your|211|1-)|pregunte|pida|deciden?|llame al?)\b", re.IGNORECASE
)


def tell(turn: Turn, *kinds: str, of: str) -> Known:
    """Tells one side of a program or several in a message, then a short way on, or the question that waits."""
    known, program = looking.follow(turn), rules.program(of)
    text = "\n".join(_side_text(turn, program, kind) for kind in kinds)
    told_of = [program.sides[kind] for kind in kinds if kind in program.sides]
    sources = tuple(dict.fromkeys(source for side in told_of for source in side.basis.sources))
    phones, again = tuple(_PHONE.findall(text)), f"side:{program.id} {' '.join(kinds)}"
    after, choices = utter(turn, known, program, text, phones=phones, sources=sources, again=again)
    if not choices:
        return _put_again(replace(turn, known=known))
    told = known.asked.told if (known.asked.told or "").startswith(f"{program.id}:") else None
    return after.having(asked=Asked(asking.OFFER, choices, told=told))


def utter(
    turn: Turn,
    known: Known,
    program: Program,
    text: str,
    *,
    phones: Iterable[str],
    sources: tuple[str, ...],
    again: str,
) -> tuple[Known, tuple[Choice, ...]]:
    """Says what was asked of a program; what is known then, and the ways on, none where a question waits.

    `again` is the answer's name, for the rest of it.
    """
    waits = known.asked.about in asking.WAITING
    after = known if waits else known.having(need=program.need.value, program=program.id)
    choices = () if waits else (Choice("near", program.id), Choice("how", program.id))
    turn.utter(
        text,
        Reply(
            kind=Kind.PROGRAM,
            need=program.need.value,
            program=program.id,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=asking.buttons(turn, after, choices),
            phones=tuple(dict.fromkeys(phones)),
            sources=sources,
        ),
        tail="\n".join(asking.numbered(turn, after, choices)),
        again=again,
    )
    return after, choices


def _put_again(turn: Turn) -> Known:
    """The question that waits, once more; an answer in between does not count as a try."""
    asked = turn.known.asked
    if asked.about == asking.ABOUT_FACT:
        return asking.put_again(turn, before=catalogue.say("verdict.back", turn.language))
    untried = turn.known.having(asked=replace(asked, tries=max(asked.tries - 1, 0)))
    return asking.put_again(replace(turn, known=untried))


def _side_text(turn: Turn, program: Program, kind: str) -> str:
    """The side in its own words with the hedge that is due; that we do not know, where nothing is in force."""
    name, ask = program_name(program.id, turn.language), program.ask.get(turn.language)
    side, today = program.sides.get(kind), turn.now.date()
    if side is None or (side.basis.period.start and today < side.basis.period.start):
        return turn.say(f"program_side.unknown.{kind}", name=name, ask=ask)
    until = side.basis.period.until
    if until and today > until:
        return turn.say("program_side.told", name=name, text=f"{_hedged(turn, program, 'ended', until)} {ask}")
    text = side.text.get(turn.language)
    return " ".join((turn.say("program_side.told", name=name, text=text), *_with_care(turn, program, side, kind)))


def _with_care(turn: Turn, program: Program, side: Side, kind: str) -> tuple[str, ...]:
    """What may no longer be so, and who can tell unless the text names somebody itself."""
    today, text, ask = turn.now.date(), side.text.get(turn.language), program.ask.get(turn.language)
    names_somebody = _NAMES_SOMEBODY.search(text) is not None
    if program.valid_until and today > program.valid_until:
        return (_hedged(turn, program, "ended", program.valid_until), ask)
    if today > side.basis.review_by:
        return (_hedged(turn, program, "overdue", side.basis.checked_on), ask)
    if side.basis.status == "verified" or (kind == "if_refused" and _only_verified_phones(text, today)):
        return () if names_somebody else (turn.say("program_side.sure", ask=ask),)
    hedge = _hedged(turn, program, side.basis.status, side.basis.checked_on)
    return (hedge,) if names_somebody else (hedge, ask)


def _hedged(turn: Turn, program: Program, reason: str, day: date) -> str:
    return program.hedges[reason].get(turn.language).format(day=rules.spoken(day, turn.language))


def _only_verified_phones(text: str, on: date) -> bool:
    """Whether a text names lines to appeal, all of them verified and not overdue that day."""
    named = {phone for phone in _PHONE.findall(text) if "-" in phone}
    return bool(named) and named <= _verified(on)


def _verified(on: date) -> frozenset[str]:
    contacts = ((guide, contact) for guide in guides().values() for contact in guide.who)
    return frozenset(who.phone for guide, who in contacts if who.phone and guide.phone_stands(who, on))
