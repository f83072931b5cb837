"""For whom help is wanted in a talk about several people of a family, and where each of them lives."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import asking, looking
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known
from actions.words import sign
from directory import places
from directory.model import Place

__all__ = ["answered", "learning"]

_ELSEWHERE = ("mother", "father", "parents", "grandparent", "sibling", "other_family", "neighbor")
"""People who may live somewhere else; a child or a spouse lives where the one who writes does."""
_SELF = "self"
_FEW = 9
"""How many words "is anything where I live too" has at most."""


def learning(turn: Turn) -> Turn:
    """The turn with the person that it is about, and with the place of that person where it names none.

    Whose place was never said keeps the place in talk, except of the one who writes: theirs is asked for.
    """
    heard, before = turn.heard, turn.known
    if heard.crisis or before.cases:
        return turn
    now = _person(turn)
    known = before.having(about=now, homes=_homes(before, now, heard.place))
    if now == before.about and not _says_another_place(turn):
        return replace(turn, known=known)
    facts = known.facts if now == before.about else {}
    if heard.places:
        return replace(turn, known=known.having(facts=facts))
    if _says_another_place(turn):  # so the place in talk is not theirs, whatever they said of it
        known = known.having(homes=tuple(home for home in known.homes if home != f"{_SELF}={before.place}"))
        return replace(turn, known=_moved(known.having(facts=facts), theirs=True))
    theirs = before.about is not None and any(home.startswith(f"{before.about}=") for home in known.homes)
    return replace(turn, known=_moved(known.having(facts=facts), theirs=theirs))


def answered(turn: Turn) -> Known | None:
    """The same help for the one who writes ("and for me?"): where they live, or the question where."""
    heard, known = turn.heard, turn.known
    waits = known.asked.about in asking.BEFORE_A_LIST
    if waits or heard.names_something or not _of_oneself(heard.text) or len(heard.text.split()) > _FEW:
        return None
    want = known.shown.want if known.shown.want.known else known.want
    if not want.known or (known.place and known.place == known.shown.place):
        return None
    return looking.find(turn, known, (want,))


def _person(turn: Turn) -> str | None:
    """Whom the message is about: the one it names, the one who writes where it says so, else the one in talk."""
    if turn.heard.about in _ELSEWHERE:
        return turn.heard.about
    return None if _of_oneself(turn.heard.text) else turn.known.about


def _of_oneself(text: str) -> bool:
    return sign("for_oneself", text) or _FOR_ME.search(fold(text)) is not None


_FOR_ME = re.compile(
    r" (?:for (?:me|myself|us)|para mi|pa mi|para nosotros) (?:$|(?:too|also|now|in|en|tambien|ahora|please) )"
    r"| i (?:also )?(?:need|want) (?:\w+ ){1,4}too $"
    r"| (?:yo )?tambien (?:yo )?(?:necesito|ocupo|quiero) "
    r"| yo (?:tambien )?(?:necesito|ocupo|quiero) (?:\w+ ){1,4}tambien $"
)


def _says_another_place(turn: Turn) -> bool:
    """ "is anything where I live too": what was shown is of another place, whoever lives there."""
    return sign("where_i_live_too", turn.heard.text) and not turn.heard.places


def _homes(known: Known, now: str | None, place: str | None) -> tuple[str, ...]:
    """Where each person lives, with the place that this message names for the one it is about."""
    if place is None or not isinstance(places.resolve(place), Place | places.OverCountyLine | places.Ambiguous):
        return known.homes
    others = (home for home in known.homes if not home.startswith(f"{now or _SELF}="))
    return (*others, f"{now or _SELF}={place}")


def _moved(known: Known, *, theirs: bool) -> Known:
    """What is known in the place of that person; unknown to the one who writes where the place is surely `theirs`."""
    homes = dict(home.split("=", 1) for home in known.homes)
    place = homes.get(known.about or _SELF)
    if place:
        return known.having(place=place, county=None)
    return known.having(place=None, county=None) if known.about is None and theirs else known
