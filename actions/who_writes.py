"""Who is this? Is it free? Wrong number: answered by text message to somebody who wonders who writes to them."""

from __future__ import annotations

from actions import asking, did_it_help, safe_phone
from actions.context import Turn
from actions.slots import Asked, Known
from actions.words import sign
from directory.reply import Kind, Reply
from directory.text.ours import ours

__all__ = ["answered"]

_FREE = (None, asking.ABOUT_NEED, asking.RESUME)
"""What may be asked while nothing is talked of yet."""


def answered(turn: Turn) -> Known | None:
    """What is known after such a question; None for any other message, and always on the web."""
    if turn.channel != "sms" or turn.heard.crisis or turn.heard.names_something:
        return None
    if sign("wrong_number", turn.heard.text, alone=True):
        return _wrong_number(turn)
    if sign("who_is_this", turn.heard.text, alone=True):
        return _who(turn)
    if sign("why_ask", turn.heard.text) and did_it_help.just_asked(turn) is not None:
        return _why(turn)
    return _free(turn) if sign("is_this_free", turn.heard.text, alone=True) and _nothing_in_talk(turn) else None


def _who(turn: Turn) -> Known:
    """The clinic behind this, and how to end it; a question that waits for its answer is put again."""
    name = ours().clinic
    who = turn.say("after.who", name=name) if name else turn.say("after.who_alone")
    asks_back = did_it_help.just_asked(turn) is not None
    text = f"{who}\n{turn.say('after.answers')}" if asks_back else who
    turn.utter(text, Reply(kind=Kind.QUESTION if asks_back else Kind.SMALLTALK))
    if asks_back:
        return turn.known.having(asked=Asked(asking.ABOUT_HELPED))
    return asking.put_again(turn, counts=False) if turn.known.asked.about in asking.WAITING else turn.known


def _why(turn: Turn) -> Known:
    """Why it is asked whether it helped, and the question again."""
    turn.utter(f"{turn.say('after.why')}\n{turn.say('after.answers')}", Reply(kind=Kind.QUESTION))
    return turn.known.having(asked=Asked(asking.ABOUT_HELPED))


def _wrong_number(turn: Turn) -> Known | None:
    """A number that is somebody else's now: nothing more is sent to it, and nothing of the talk before is shown.

    In a talk about places it is the number of a place that is wrong: None.
    """
    if turn.known.shown.ids and did_it_help.just_asked(turn) is None:
        return None
    done = safe_phone.forget(turn)
    turn.utter(turn.say("after.wrong_number" if done else "returning.erased_here"), Reply(kind=Kind.SMALLTALK))
    return Known(language=turn.known.language)


def _free(turn: Turn) -> Known:
    turn.utter(turn.say("after.free"), Reply(kind=Kind.SMALLTALK))
    return turn.known


def _nothing_in_talk(turn: Turn) -> bool:
    """Whether it is this that may cost, not a place or a program."""
    known = turn.known
    return not known.shown.ids and not known.want.known and known.asked.about in _FREE
