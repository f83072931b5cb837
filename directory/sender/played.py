"""Texts that we begin, to a phone that is only played: taken from the queue at a later time, and sent to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from directory.errors import SenderError
from directory.inbox import followups, queue
from directory.inbox.who import unseal
from directory.sender import asking
from directory.sender.drain import SIMULATED
from directory.sender.hours import next_awake

__all__ = ["texts"]

_A_DAY = timedelta(days=1)


def texts(who: str, now: datetime) -> tuple[str, ...]:
    """What that played phone gets at that time or when day breaks after it, word for word; it counts as sent.

    SenderError for a phone that is none of ours, InboxError while it cannot be known who said STOP.
    """
    then, sent = next_awake(now), []
    for item in followups.due(then, who):
        if item.reach:
            queue.put(item.cause, who, item.reach, asking.question(item), then, then + _A_DAY, then)
    while (waiting := queue.claim(then, who)) is not None:
        if not unseal(waiting.reach).startswith(SIMULATED):
            queue.later(waiting.id, then)
            raise SenderError(
                "That is no played phone, so its texts are not shown here. Send them: puente followups send"
            )
        queue.sent(waiting.id, None, then)
        sent.append(waiting.text)
    return tuple(sent)
