"""Fixed answers to fear: of what help costs, of the police, of losing children; fear for one's stay is in `ahead`."""

from __future__ import annotations

from actions import asking, youth
from actions.context import Turn
from actions.privacy import spans
from actions.slots import Known
from actions.words import sign
from directory.reply import Kind, Reply

__all__ = ["answered", "beside", "of_traces"]

_FEARS = {"traces": ("911", "1-800-799-7233"), "cost": ("911", "988", "211"), "police": ("911",), "children": ("211",),
          "phone": ("1-800-799-7233",)}  # fmt: skip
"""The lines that each answer names."""
_AMBULANCE = {"nemt"}
"""What the fear of a bill names without looking for it."""


def answered(turn: Turn) -> Known | None:
    """What is known after a fixed answer to a fear; None for a message without one, or that looks for something."""
    heard = turn.heard
    fear = _of(turn)
    named = set(heard.programs) - (_AMBULANCE if fear == "cost" else set())
    if fear is None or heard.places or named or heard.act in ("report_problem", "opt_out"):
        return None
    beside(turn)
    return asking.put_again(turn, counts=False) if turn.known.asked.about in asking.WAITING else turn.known


def beside(turn: Turn) -> None:
    """Says the fixed answer to the fear that a message speaks of, if any."""
    fear = _of(turn)
    if fear == "nobody":
        of_them = youth.spoken_to(turn)
        told = turn.say("youth.tells_nobody" if of_them else "fears.nobody")
        phones = (youth.LINE, "988", "211", "911") if of_them else ("211",)
        turn.utter(told, Reply(kind=Kind.SMALLTALK, phones=phones))
    elif fear == "children" and youth.spoken_to(turn):
        turn.utter(turn.say("fears.children_minor"), Reply(kind=Kind.SMALLTALK, phones=("988", "211")))
    elif fear:
        turn.utter(turn.say(f"fears.{fear}", **spans(turn.language)), Reply(kind=Kind.SMALLTALK, phones=_FEARS[fear]))


def of_traces(turn: Turn) -> bool:
    """Whether a message only asks if somebody can find out that it was written."""
    return _of(turn) == "traces"


def _of(turn: Turn) -> str | None:
    if sign("tell_nobody", turn.heard.text):
        return "nobody"
    if sign("fear_parents", turn.heard.text) and youth.spoken_to(turn):
        return "children"
    return next((fear for fear in _FEARS if sign(f"fear_{fear}", turn.heard.text)), None)
