"""Asking later whether it helped: offered once in a talk where a digit cannot be mistaken, agreed to, or left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions import asking, kept, later, silence
from actions.context import Turn
from actions.places_meant import as_spoken_of
from actions.slots import LATER, Choice, Known
from actions.words import only_picks, sign
from directory.reply import Kind, Reply
from directory.text import catalogue

__all__ = ["answered", "offered", "unless_answered"]

_CHOICES = (Choice(LATER, "yes"), Choice(LATER, "no"))
_STEPS, _PLACES = "steps", "places"
"""What it is about, in `asked.question`: how to get a program, or the places in talk."""
_UNTOLD = "steps:"
"""How steps are called of which a part waits behind MORE."""
_PARTING = ("utter_thanks", "utter_goodbye")
_DAYS = (3, 10)
_FEW = 5
"""How many words a yes or a no has at most."""


def offered(turn: Turn, known: Known) -> Known:
    """What is known once it is offered, in a message of its own after the answer; the same where it is not."""
    about = _about(turn, known)
    hard = silence.called_for(turn.heard, known)
    waits = known.asked.rest or turn.cut
    if about is None or hard or waits or known.offered or not later.may_offer(turn) or kept.runs(turn):
        return known
    choices = (*known.asked.choices, *_CHOICES)
    turn.utter(_offer(turn, len(choices)), Reply(kind=Kind.QUESTION, choices=asking.buttons(turn, known, _CHOICES)))
    asked = replace(known.asked, about=known.asked.about or LATER, question=about, choices=choices)
    return known.having(asked=asked, offered=True)


def _offer(turn: Turn, count: int) -> str:
    return turn.say("after.offer", day=_day(turn, _DAYS[0]), yes=count - 1, no=count)


def _day(turn: Turn, ahead: int) -> str:
    """The day that many days ahead, its month by the whole name: the offer is read once."""
    day = turn.now.date() + timedelta(days=ahead)
    with catalogue.by_text(False):
        month = catalogue.say(f"date.month.{day.month}", turn.language)
    return turn.say("after.day", month=month, day=day.day)


def _about(turn: Turn, known: Known) -> str | None:
    """What may be asked back about after this answer; None where nothing was told, or something else is asked."""
    asked, sent = known.asked, turn.dispatcher.messages
    if not sent or turn.heard.crisis or turn.heard.act in ("opt_out", "talk_to_human", "report_problem"):
        return None
    last = sent[-1].get("custom") or {}
    if asked.about in (None, asking.OFFER) and last.get("kind") == Kind.STEPS.value and last.get("program"):
        return _STEPS
    if _parts(turn, sent[-1], last) and any(name.startswith(_UNTOLD) for name in turn.rest):
        return _STEPS
    if asked.about is not None or not known.shown.ids:
        return None
    one = last.get("kind") == Kind.LISTINGS.value and _one(last, known)
    return _PLACES if one or _parts(turn, sent[-1], last) else None


def _one(last: dict[str, Any], known: Known) -> bool:
    """Whether one place was told of in full: a list, of one place too, offers its own digits in the same answer."""
    return len(last.get("listings") or ()) == 1 and known.shown.focus is not None


def _parts(turn: Turn, message: dict[str, Any], last: dict[str, Any]) -> bool:
    """Whether a word of thanks or goodbye, or an "ok", ends what was told."""
    ends = turn.heard.act == "affirm" and last.get("kind") == Kind.SMALLTALK.value
    return message.get("response") in _PARTING or ends


def answered(turn: Turn) -> Known | None:
    """What is known after a yes or a no to the offer; None for any other message."""
    if _wonders(turn):
        turn.utter(turn.say("after.offer_why", **_digits(turn)), Reply(kind=Kind.QUESTION))
        return turn.known
    answer = _answer(turn)
    if answer is None:
        return _on_a_day(turn)
    known = turn.known.having(asked=turn.known.asked.without_later())
    if answer == "no":
        turn.utter(turn.say("after.refused"), Reply(kind=Kind.SMALLTALK))
        return known
    of_steps = turn.known.asked.question == _STEPS
    listings, of = ((), known) if of_steps else (_listings(turn), as_spoken_of(known))
    asked = _offer(turn, len(turn.known.asked.choices))
    done = later.may_send(turn) and kept.agreed(turn, listings=listings, known=of, asked=asked)
    key = "after.agreed" if done else "after.not_now"
    days = {"day": _day(turn, _DAYS[0]), "later": _day(turn, _DAYS[1])} if done else {}
    turn.utter(turn.say(key, **days), Reply(kind=Kind.SAVED if done else Kind.SMALLTALK))
    return known


def _on_a_day(turn: Turn) -> Known | None:
    """Who wants a text on a day of their own hears that there is none; nobody waits for what does not come."""
    asked, heard = turn.known.asked, turn.heard
    if turn.channel != "sms" or heard.crisis or heard.needs or heard.programs or heard.places or asked.about:
        return None
    if not sign("text_on_a_day", heard.text):
        return None
    turn.utter(turn.say("after.no_day"), Reply(kind=Kind.SMALLTALK))
    return turn.known


def _listings(turn: Turn) -> tuple[str, ...]:
    """The place last spoken of, else those of the page."""
    shown = turn.known.shown
    return (shown.focus,) if shown.focus else shown.ids[shown.offset :][: turn.page_size]


def unless_answered(turn: Turn) -> Turn:
    """The turn without the offer, unless its message answers it: whatever else is said, the offer is gone."""
    asked = turn.known.asked
    if not asked.offers_later or _answer(turn) is not None or _wonders(turn):
        return turn
    return replace(turn, known=turn.known.having(asked=asked.without_later()))


def _wonders(turn: Turn) -> bool:
    """Whether somebody asks what the offer means: it is said in other words, and still stands."""
    asked, heard = turn.known.asked, turn.heard
    hard = heard.crisis or silence.called_for(heard, turn.known)
    return asked.offers_later and not hard and sign("what_is_meant", heard.text, alone=True)


def _digits(turn: Turn) -> dict[str, int]:
    count = len(turn.known.asked.choices)
    return {"yes": count - 1, "no": count}


def _answer(turn: Turn) -> str | None:
    """`yes` or `no`; None for whatever is neither, and always where the words speak of danger."""
    asked, heard = turn.known.asked, turn.heard
    if not asked.offers_later or heard.crisis or silence.called_for(heard, turn.known):
        return None
    picked = asking.picked(turn)
    if picked is not None and picked.goal == LATER and (only_picks(heard.text) or not _says_more(turn)):
        return picked.value
    if picked is not None or _says_more(turn):
        return None
    if sign("later_no", heard.text, alone=True) or heard.act == "deny":
        return "no"
    return "yes" if sign("later_yes", heard.text, alone=True) or heard.act == "affirm" else None


def _says_more(turn: Turn) -> bool:
    return turn.heard.names_something or "?" in turn.heard.text or len(turn.heard.text.split()) > _FEW
