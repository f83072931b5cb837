"""What becomes of each follow-up now: to come, due, waiting to be sent, sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from directory.inbox import followups, queue
from directory.inbox.causes import FOLLOWUPS
from directory.inbox.followups import FollowUp

__all__ = ["STATES", "counts", "state"]

STATES = ("to_come", "due", "waiting", "sending", "sent")


def counts(now: datetime) -> dict[str, int]:
    """How many follow-ups are in which state; only those that have any."""
    texts = queue.states(FOLLOWUPS)
    return dict(Counter(state(item, texts, now) for item in followups.running()))


def state(item: FollowUp, texts: Mapping[str, queue.State], at: datetime) -> str:
    """One of `STATES`, or another word of the queue for a text that is over."""
    if known := texts.get(item.cause):
        return known[0]
    return "due" if item.due_at <= at else "to_come"
