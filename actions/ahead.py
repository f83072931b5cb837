"""What is answered before any goal, whatever the act was taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import (
    answering,
    asking,
    details,
    guides,
    looking,
    may,
    papers,
    program_sides,
    reckoning,
    ride_clock,
    safety,
    telling,
    which_plan,
)
from actions.context import OVER, WORRY, Turn
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


def _after_a_danger(turn: Turn) -> Known | None:
    """Right after a danger nobody is given a survey or a list for asking where to go: the line is said again."""
    kind = turn.known.asked.crisis
    if kind in (None, WORRY) or turn.heard.crisis not in (None, WORRY) or turn.known.asked.about not in _OPEN:
        return None
    if sign("safe", turn.heard.text, alone=True):
        return _believed(turn)
    if _goes_elsewhere(turn, kind or ""):
        return None
    if turn.known.asked.about is None and turn.known.asked.tries >= _TIMES:
        return None
    safety.say(turn, kind or "", again=True)
    wants = turn.known.asked.wants
    known = looking.follow(turn)
    if kind in safety.SHELTERED and not wants and (turn.heard.needs or turn.heard.programs):
        wants = (looking.SHELTER,)
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn)
    offered = safety.offer(turn, known, wants)
    asked = offered.asked
    return offered if asked.about else offered.having(asked=replace(asked, tries=asked.tries + 1))


def _believed(turn: Turn) -> Known:
    """Somebody says that they are well: one line, then on with what was looked for."""
    turn.utter(turn.say("crisis.over"), Reply(kind=Kind.SMALLTALK, phones=("988", "911")))
    known = turn.known.having(asked=replace(turn.known.asked, crisis=OVER))
    wants = known.asked.wants
    if known.asked.about == asking.GO_ON and wants:
        known = looking.find(replace(turn, known=known), known, wants)
    return known.having(asked=replace(known.asked, crisis=OVER))


_OTHER_ACTS = ("thanks", "goodbye", "ask_privacy", "ask_bot")
_SHORT = 2
_OPEN = (None, asking.GO_ON, *asking.BEFORE_A_LIST)
_TIMES = 2
"""How often in a row a line is said again before the goals answer: not everything that is taken for a danger is one."""


def _goes_elsewhere(turn: Turn, kind: str) -> bool:
    """Whether the message is plainly about something else than the danger: another need, a place, a choice, a list."""
    heard, asked = turn.heard, turn.known.asked
    brief = len(heard.text.split()) <= _SHORT
    if heard.act in _OTHER_ACTS or asking.picked(turn) or heard.plan or details.about_shown(turn):
        return True
    if asked.about == asking.GO_ON and brief and heard.act in ("affirm", "deny"):
        return True
    if asked.about in asking.BEFORE_A_LIST and (
        brief or heard.places or any(letter.isdigit() for letter in heard.text)
    ):
        return True
    if heard.places and asked.wants and not _asks_shelter(turn):
        return True
    if kind in safety.SHELTERED and _asks_shelter(turn):
        return asked.about == asking.GO_ON and looking.SHELTER in asked.wants
    return bool(heard.needs or heard.programs)


def _asks_shelter(turn: Turn) -> bool:
    """Whether all that is named to be looked for is a roof."""
    named = {*turn.heard.needs, *turn.heard.programs}
    return bool(named) and named <= {Need.HOUSING.value, "emergency_shelter"}


def _immigration(turn: Turn) -> Known | None:
    """The same dated answer whoever asks; nothing of it is kept, and what was asked beside it goes on."""
    heard = turn.heard
    if IMMIGRATION not in heard.topics and not sign(IMMIGRATION, heard.text):
        return None
    told = guides.answered(turn) if guides.OF_PRIVACY in heard.guides else None
    if told is not None:
        return told
    turn.utter(guides.status(turn), Reply(kind=Kind.PROGRAM))
    if heard.programs or set(heard.needs) - {Need.LEGAL.value} or heard.places:
        return None
    beside = program_sides.beside_status(turn)
    if beside is not None:
        return beside
    return asking.put_again(turn) if turn.known.asked.about in _WAITING else turn.known


_WAITING = (*asking.BEFORE_A_LIST, asking.ABOUT_FACT)
"""Questions that are put once more after a fixed answer."""


def _worry(turn: Turn) -> Known | None:
    """After the kind word: what is named is answered by its goal; where nothing is, what would help is asked."""
    heard = turn.heard
    if heard.crisis != WORRY or asking.picked(turn):
        return None
    if heard.needs or heard.programs:
        return looking.answer(turn)
    if heard.names_something:
        return None
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn)
    return asking.ask(turn, turn.known, Asked(asking.ABOUT_NEED, asking.menu()), text=turn.say("ask.worry"))


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


def _anew(turn: Turn) -> Known | None:
    """Somebody wants to begin again: what was asked, shown and said of them is let go."""
    if not sign("anew", turn.heard.text, alone=True) or turn.heard.names_something:
        return None
    known = Known(language=turn.known.language)
    asked = Asked(asking.ABOUT_NEED, asking.menu())
    return asking.ask(replace(turn, known=known), known, asked, text=turn.say("anew"))


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
    _after_a_danger,
    _worry,
    _anew,
    ride_clock.answered,
    which_plan.put_back,
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
)
