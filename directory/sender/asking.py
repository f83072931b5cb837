"""Puts the follow-ups that are due into the queue, in the words of their day; and what a text that we begin says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from directory.inbox import followups, queue
from directory.inbox.followups import FollowUp
from directory.model import Language
from directory.setup.suggesting import short_name
from directory.text import gsm
from directory.text.catalogue import say
from directory.text.ours import ours

__all__ = ["ask", "composed", "due", "question"]

_LATE = timedelta(days=4)
"""So long after its day a question is still asked; later nobody knows any more what it is about."""


def ask(now: datetime) -> int:
    """Lets every question that is due wait in the queue; how many came in now.

    One that is too late goes in as well, and expires there: so the next one can come.
    """
    return sum(_put(item, now) and _timely(item, now) for item in followups.due(now))


def due(now: datetime) -> Sequence[FollowUp]:
    """The follow-ups whose question is asked now; one that is too late is none."""
    return [item for item in followups.due(now) if item.reach and _timely(item, now)]


def _timely(item: FollowUp, now: datetime) -> bool:
    return now < item.due_at + _LATE


def question(item: FollowUp) -> str:
    """The text of a follow-up: it names no need, program or place, since anybody may hold that phone."""
    return composed(f"later.day_{item.day}", _language(item.language))


def composed(key: str, language: Language, **values: object) -> str:
    """A text that we begin, with the clinic's short name before it, in the letters that the settings ask for."""
    clinic = ours()
    name = clinic.short_name or (short_name(clinic.clinic) if clinic.clinic else None)
    said = say(key, language, name=name or say("later.your_clinic", language), **values)
    return gsm.folded(said, accents=clinic.sms is None or clinic.sms.accents == "keep")


def _put(item: FollowUp, now: datetime) -> bool:
    if not item.reach:
        return False
    return queue.put(item.cause, item.who, item.reach, question(item), now, item.due_at + _LATE, now)


def _language(said: str) -> Language:
    return Language.ES if said == "es" else Language.EN
