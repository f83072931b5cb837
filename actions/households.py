"""For whom help is wanted in a talk about several people of a family; where each lives, and the plan they have."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import asking, looking, several, whom
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
    if turn.parts:
        return replace(turn, known=_of_parts(turn))
    now = _person(turn)
    known = before.having(about=now, homes=_homes(before, now, heard.place))
    elsewhere = _says_another_place(turn)
    if now == before.about and not elsewhere:
        return replace(turn, known=known)
    known = _plan_kept(before, known)
    if now != before.about:
        known = known.having(facts={})
    if elsewhere:  # so the place in talk is not theirs, whatever they said of it
        known = _without(known, _SELF)
    if heard.places:
        return replace(turn, known=_with_plan(known))
    theirs = elsewhere or (before.about or _SELF) in _homes_of(known)
    return replace(turn, known=_moved(known, theirs=theirs))


def answered(turn: Turn) -> Known | None:
    """Each thing of a message in its own place; the same help for the one who writes ("and for me?"), or where."""
    heard, known = turn.heard, turn.known
    if (each := several.answered(turn)) is not None:
        return each
    waits = known.asked.about in asking.WAITING or not known.shown.ids
    if waits or heard.names_something or not _of_oneself(heard.text) or len(heard.text.split()) > _FEW:
        return None
    want = known.shown.want if known.shown.want.known else known.want
    if not want.known or (known.place and known.place == known.shown.place):
        return None
    return looking.find(turn, known, (want,))


def _of_parts(turn: Turn) -> Known:
    """What is known with the place of the one person who lives elsewhere; of several places none is anybody's home."""
    known = turn.known
    if all(part.heard.place for part in turn.parts):
        return known
    theirs = next(part.heard for part in turn.parts if part.heard.place)
    return known.having(homes=_homes(known, theirs.about, theirs.place))


def _person(turn: Turn) -> str | None:
    """Whom the message is about: the one it names, the one who writes where it says so, else the one in talk."""
    if turn.heard.about in _ELSEWHERE and not whom.beside(turn.heard, turn.known.about):
        return turn.heard.about
    return None if _of_oneself(turn.heard.text) else turn.known.about


def _of_oneself(text: str) -> bool:
    return sign("for_oneself", text) or _FOR_ME.search(fold(text)) is not None


_FOR_ME = re.compile(
    r" (?:for (?:me|myself|us)|para mi|pa mi|para nosotros) "
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
    plan = _homes_of(known).get(now or _SELF, ("", ""))[1]
    return (*_without(known, now or _SELF).homes, f"{now or _SELF}={place}|{plan}")


def _homes_of(known: Known) -> dict[str, tuple[str, str]]:
    """Place and plan of each person whose place was said."""
    said = (home.partition("=") for home in known.homes)
    return {person: (at.partition("|")[0], at.partition("|")[2]) for person, _, at in said}


def _without(known: Known, person: str) -> Known:
    return known.having(homes=tuple(home for home in known.homes if not home.startswith(f"{person}=")))


def _plan_kept(before: Known, known: Known) -> Known:
    """The plan in talk is that of the person who was: it comes back with them."""
    person = before.about or _SELF
    if person not in _homes_of(known):
        return known
    place = _homes_of(known)[person][0]
    return known.having(homes=(*_without(known, person).homes, f"{person}={place}|{before.plan or ''}"))


def _with_plan(known: Known) -> Known:
    """What is known with the plan of the person it is about; with none where theirs was never said."""
    return known.having(plan=_homes_of(known).get(known.about or _SELF, ("", ""))[1] or None)


def _moved(known: Known, *, theirs: bool) -> Known:
    """What is known in the place of that person; unknown to the one who writes where the place is surely `theirs`."""
    if place := _homes_of(known).get(known.about or _SELF, ("", ""))[0]:
        return _with_plan(known.having(place=place, county=None))
    return known.having(place=None, county=None, plan=None) if known.about is None and theirs else known
