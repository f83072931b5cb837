"""A paper with a deadline: what to do today comes first, then who helps."""

from __future__ import annotations

from actions import guides, looking
from actions.context import Turn
from actions.slots import Known, Want
from actions.words import sign
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["answered"]

_HELP = {
    "eviction": (Want(Need.HOUSING.value, "rent_help"), Want(Need.LEGAL.value)),
    "shut_off": (Want(Need.UTILITIES.value, "liheap"),),
}
_GUIDES = {"eviction": "eviction_paper", "shut_off": "utility_shutoff"}
"""Whose steps are said, before the places."""

_ASKS_OTHERWISE = ("program_info", "check_eligibility", "followup", "change_language", "thanks", "goodbye")


def answered(turn: Turn) -> Known | None:
    """What to do today about an eviction paper or a shut-off notice, then the places that help."""
    paper = _paper(turn)
    if paper is None or turn.heard.act in _ASKS_OTHERWISE:
        return None
    turn.utter(guides.today(turn, _GUIDES[paper]), Reply(kind=Kind.STEPS, need=_HELP[paper][0].need, phones=("211",)))
    known = looking.follow(turn)
    return looking.find(turn, known, (*_HELP[paper], *_beside(turn, paper)))


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
