"""What stands in the way (no car, no papers with a name, no kitchen, pets): remembered, ranked by, said back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions import asking, looking, placing
from actions.barriers_heard import heard_in, knowing, without
from actions.context import Turn
from actions.heard import Heard, fold
from actions.in_the_way import counting, table
from actions.slots import Known
from actions.words import phrases
from directory.reply import Kind, Reply

__all__ = ["answered", "learning", "shown_again"]


def learning(turn: Turn) -> Turn:
    """The turn with what its message says stands in the way."""
    said = heard_in(turn.heard.text)
    if not said:
        return turn
    known = knowing(turn.known, turn.heard.text)
    return replace(turn, known=known, heard=_asked_for(turn.heard, said))


def _asked_for(heard: Heard, said: Mapping[str, bool]) -> Heard:
    """What was heard, without what only names the barrier ("food, i have no car" asks for no ride)."""
    meant = _meant(said) - {need for barrier in said for need in table()[barrier].get("needs", ())}
    needs = tuple(name for name in heard.needs if name not in meant)
    programs = tuple(name for name in heard.programs if name not in meant)
    if not (needs or programs) or set(fold(heard.text).split()) & set(phrases("barrier_rides")):
        return heard
    return replace(heard, needs=needs, programs=programs)


def _meant(said: Mapping[str, bool]) -> set[str]:
    """The needs and programs that words of those barriers name by the way."""
    return {name for barrier in said for name in table()[barrier].get("means", ())}


_BEGINS = ("find_provider", "inform", "deny", "affirm", "followup", "nlu_fallback", "report_outcome", "greet", "thanks")
"""Acts for which a message that only tells what stands in the way may be taken."""
_AROUND = 6
"""How many words beside it such a message has at most."""


def answered(turn: Turn) -> Known | None:
    """What is known after a message that tells only of what stands in the way; None for any other."""
    said = heard_in(turn.heard.text)
    if not said or not _alone(turn, said):
        return None
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn, before=turn.say("barriers.noted"), counts=False)
    shown = turn.known.shown
    if not shown.ids or turn.known.asked.about not in (None, asking.OFFER):
        return None
    known = looking.as_shown(turn.known)
    if not set(said) & set(counting(known)) and all(said.values()):
        turn.utter(turn.say("barriers.noted"), Reply(kind=Kind.SMALLTALK))
        return turn.known
    return shown_again(turn, known)


def shown_again(turn: Turn, known: Known) -> Known:
    """The list that was shown, anew with what stands in the way."""
    known, place = placing.settled(turn, known, (known.want,))
    if place is None:
        return known
    quiet = replace(turn, heard=replace(turn.heard, text=""))
    return looking.look(quiet, known, place, filters=turn.known.shown.filters)


def _alone(turn: Turn, said: Mapping[str, bool]) -> bool:
    """Whether a message asks for nothing beside it: what its words name beyond that, it does not ask for."""
    heard = turn.heard
    if heard.act not in _BEGINS or "?" in heard.text or heard.places or heard.plan or heard.guides:
        return False
    return (
        not {*heard.needs, *heard.programs} - _meant(said) and not _wishes(heard.text) and _rest(heard.text) <= _AROUND
    )


def _wishes(text: str) -> bool:
    return bool(set(without(text)) & set(phrases("barrier_wishes")))


def _rest(text: str) -> int:
    return len(without(text))
