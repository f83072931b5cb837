"""What is answered before any goal, whatever the act was taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import (
    after_danger,
    amounts,
    answering,
    asking,
    barriers,
    between,
    call_back,
    cases,
    codes,
    did_it_help,
    fears,
    guides,
    households,
    in_between,
    looking,
    may,
    meant,
    offer_later,
    papers,
    program_sides,
    reckoning,
    rest,
    returning,
    ride_clock,
    ride_remind,
    shape,
    talk,
    telling,
    tried,
    undecided,
    which_plan,
    who_writes,
    wrong_listing,
)
from actions.context import Turn
from actions.slots import Asked, Choice, Known, Want
from actions.words import sign
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["answered"]

IMMIGRATION = "immigration"
"""The topic of a message that fears or asks what help does to somebody's stay in the country."""


def answered(turn: Turn) -> Known | None:
    """What is known after the first of these that has an answer; None when the goal is to answer."""
    return next((known for known in (answer(turn) for answer in _AHEAD) if known is not None), None)


def _immigration(turn: Turn) -> Known | None:
    """The same dated answer whoever asks; nothing of it is kept, and what was asked beside it goes on."""
    heard = turn.heard
    if IMMIGRATION not in heard.topics and not sign(IMMIGRATION, heard.text):
        return None
    told = guides.answered(turn) if guides.OF_PRIVACY in heard.guides else None
    if told is not None:
        return told
    found = _food_at_once(turn)
    if found is not None:
        return found
    told_before = turn.known.asked.guide == guides.OF_PRIVACY
    text = turn.say("threads.status_again") if told_before else guides.status(turn)
    turn.utter(text, Reply(kind=Kind.PROGRAM), again="" if told_before else "status:")
    if heard.programs or set(heard.needs) - {Need.LEGAL.value} or heard.places:
        return None
    beside = program_sides.beside_status(turn)
    if beside is not None:
        return beside
    if turn.known.asked.about in asking.WAITING:
        return asking.put_again(turn)
    return turn.known.having(asked=replace(turn.known.asked, guide=guides.OF_PRIVACY))


def _food_at_once(turn: Turn) -> Known | None:
    """Food asked for in fear: one line that calms, and the food in the same answer; None where more is asked."""
    heard = turn.heard
    others = (set(heard.needs) - {Need.FOOD.value, Need.LEGAL.value}) or heard.programs or heard.guides
    if Need.FOOD.value not in heard.needs or others or heard.act not in _AFTER_FOOD:
        return None
    by_text = turn.channel == "sms"
    turn.utter(turn.say("threads.status_food") if by_text else guides.status(turn), Reply(kind=Kind.PROGRAM))
    return looking.find(turn, _where(turn), (Want(Need.FOOD.value),))


def _where(turn: Turn) -> Known:
    """What is known with the place that this message names."""
    known, said = looking.follow(turn), turn.heard.place
    return known.having(place=said, county=None) if said and said != known.place else known


_AFTER_FOOD = ("find_provider", "check_eligibility", "inform", "ask_privacy", "nlu_fallback")
"""What a message is taken for that asks for food and names a fear."""


def _wheelchair_ride(turn: Turn) -> Known | None:
    """Somebody who speaks of rides and of a wheelchair means the van that takes one."""
    heard = turn.heard
    in_talk = turn.known.need == Need.TRANSPORT.value or Need.TRANSPORT.value in heard.needs
    if not in_talk or not sign("wheelchair", heard.text) or "nemt" in heard.programs:
        return None
    if set(heard.needs) - {Need.TRANSPORT.value}:
        return None
    if heard.act == "check_eligibility":
        return may.check(turn, looking.follow(turn), "nemt")
    return looking.find(turn, looking.follow(turn), (Want(Need.TRANSPORT.value, "nemt"),))


def _community_supports(turn: Turn) -> Known | None:
    """They are many programs of a plan, no one of them."""
    if turn.heard.act not in ("program_info", "how_to_apply", "check_eligibility", "nlu_fallback"):
        return None
    if not sign("community_supports", turn.heard.text):
        return None
    choices = tuple(Choice("program", name) for name in rules.programs() if name.startswith("cs_"))[:8]
    text = turn.say("program.community_supports")
    return asking.ask(turn, turn.known, Asked(asking.ABOUT_PROGRAM, choices), text=text)


def _owing(turn: Turn) -> Known | None:
    """Said in a talk of rent, how much is owed asks how to get help with it."""
    heard = turn.heard
    others = {*heard.programs, *heard.needs} - {"rent_help", Need.HOUSING.value}
    in_talk = "rent_help" in (turn.known.program, turn.known.shown.want.program)
    if not in_talk or others or heard.places or not sign("owing", heard.text):
        return None
    return telling.tell(turn, turn.known, "rent_help", "steps")


_AHEAD: tuple[Callable[[Turn], Known | None], ...] = (
    _immigration,
    returning.erased,
    rest.answered,
    fears.answered,
    codes.answered,
    after_danger.after,
    after_danger.worried,
    call_back.ended,
    offer_later.answered,
    who_writes.answered,
    did_it_help.answered,
    returning.begun_anew,
    cases.answered,
    call_back.answered,
    wrong_listing.answered,
    ride_remind.answered,
    returning.answered,
    between.answered,
    talk.answered,
    did_it_help.told,
    tried.answered,
    meant.answered,
    in_between.answered,
    papers.of_program,
    papers.asked,
    undecided.answered,
    households.answered,
    shape.answered,
    ride_clock.answered,
    which_plan.put_back,
    amounts.answered,
    program_sides.answered,
    answering.answered,
    answering.corrected,
    papers.answered,
    guides.answered,
    reckoning.income,
    which_plan.answered,
    _wheelchair_ride,
    _community_supports,
    _owing,
    barriers.answered,
    answering.set_against,
    in_between.told_beside,
)
"""In this order, because several may hear something in one message and the first answers it alone.

"Delete this" is done at once, whatever was said before; fear for one's stay and of danger go before whatever else is
named; after a danger nobody is told of a list, a pause or
a place that failed; "start over" ends a question instead of answering it; "the second was full" picks no place by its
number; a shape of the list is no barrier ("open when i get off work"); the day of a ride goes before which plan or
van; "is it free?" asks for a side of the program before the question that waits takes it for an answer.
"""
