"""A paper with a deadline: what to do today comes first, then who helps; and which papers a place asks for."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, barriers, details, guides, looking, puts_right
from actions.barriers_heard import heard_in
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known, Want
from actions.words import sign
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["answered", "asked", "of_program"]

_HELP = {
    "eviction": (Want(Need.HOUSING.value, "rent_help"), Want(Need.LEGAL.value)),
    "shut_off": (Want(Need.UTILITIES.value, "liheap"),),
}
_GUIDES = {"eviction": "eviction_paper", "shut_off": "utility_shutoff"}
"""Whose steps are said, before the places."""

_ASKS_OTHERWISE = ("program_info", "check_eligibility", "followup", "change_language", "thanks", "goodbye")


def answered(turn: Turn) -> Known | None:
    """What to do today about an eviction paper or a shut-off notice, then the places that help."""
    if turn.learned.get(puts_right.NOTICE) is False and not _asks_beside(turn):
        turn.utter(turn.say("puts_right.none_yet"), Reply(kind=Kind.SMALLTALK, phones=("211",)))
        return turn.known
    paper = _paper(turn)
    if paper is None or turn.heard.act in _ASKS_OTHERWISE:
        return None
    reply = Reply(kind=Kind.STEPS, need=_HELP[paper][0].need, phones=("211",))
    turn.utter(guides.today(turn, _GUIDES[paper]), reply, again=f"today:{_GUIDES[paper]}")
    known = looking.follow(turn)
    return looking.find(turn, known, (*_HELP[paper], *_beside(turn, paper)))


_ID = "id"
"""What stands in the way of somebody without one."""
_OF_PAPERS = {Need.LEGAL.value}
"""What the word for papers names beside papers."""
_FEW = 12
_PLAINLY = "what papers do they need"
"""The same question in words that a list knows."""


def _asks_which(turn: Turn) -> bool:
    """Whether it is asked of the list shown which papers they want: "y piden papeles? no tengo identificación"."""
    heard, known = turn.heard, turn.known
    free = bool(known.shown.ids) and known.asked.about in (None, asking.OFFER)
    if not free or heard.crisis or heard.places or heard.programs or heard.plan or heard.guides:
        return False
    if set(heard.needs) - _OF_PAPERS or len(fold(heard.text).split()) > _FEW:
        return False
    told = heard_in(heard.text).get(_ID) and sign("asks_papers", heard.text)
    return sign("asks_papers", heard.text) and bool(told or heard.needs or sign("has_none", heard.text))


def of_program(turn: Turn) -> Known | None:
    """The papers first, where papers are asked for the program in talk, and no list was shown since."""
    heard, asks = turn.heard, turn.known.asked
    checked = (asks.check or "").partition(":")[2] if asks.about == asking.ABOUT_FACT else None
    told = turn.known.program if asks.about == asking.OFFER and not turn.known.shown.ids else None
    program = rules.programs().get(next(iter(heard.programs), None) or checked or told or "")
    if program is None or not sign("what_to_bring", heard.text) or len(fold(heard.text).split()) > _FEW:
        return None
    items = program.bring.get(turn.language)
    if not items or heard.crisis or heard.places or set(heard.needs) - _OF_PAPERS - {program.need.value}:
        return None
    ready = turn.say("program.bring", items=", ".join(items))
    turn.utter(f"{program.official.get(turn.language)}. {ready}", Reply(kind=Kind.PROGRAM, program=program.id))
    return asking.put_again(turn, counts=False) if asks.about == asking.ABOUT_FACT else turn.known


def asked(turn: Turn) -> Known | None:
    """What the places shown ask for; for somebody without an ID the list again, those that ask for none first."""
    if not _asks_which(turn):
        return None
    lacks = heard_in(turn.heard.text).get(_ID) or sign("has_none", turn.heard.text)
    known = details.tell(replace(turn, heard=replace(turn.heard, text=_PLAINLY, needs=())))
    if not lacks:
        return known
    kept = looking.as_shown(turn.known)
    kept = kept if _ID in kept.barriers else kept.having(barriers=(*kept.barriers, _ID))
    return barriers.shown_again(turn, kept)


def _paper(turn: Turn) -> str | None:
    heard = turn.heard
    if sign("no_eviction", heard.text):
        return None
    if "rent_help" in heard.programs and Need.LEGAL.value in heard.needs:
        return "eviction"
    return next((paper for paper in _HELP if sign(paper, heard.text)), None)


def _beside(turn: Turn, paper: str) -> tuple[Want, ...]:
    """What else the message asks for."""
    needs = {want.need for want in _HELP[paper]}
    return tuple(want for want in turn.heard.wants() if want.need and want.need not in needs)[:1]


def _asks_beside(turn: Turn) -> bool:
    """Whether something else is asked for beside the paper that has not come."""
    heard = turn.heard
    named = {*heard.needs, *heard.programs} - {"rent_help", Need.HOUSING.value}
    return bool(named or heard.guides or heard.places) or "?" in heard.text or not turn.known.want.known
