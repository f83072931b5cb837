"""Whether something may be offered or sent later to whoever writes; read by each room that offers such a thing."""

from __future__ import annotations

from actions import silence
from actions.context import Turn

__all__ = ["may_offer", "may_send"]


def may_send(turn: Turn) -> bool:
    """Whether something asked for may be sent to this person later: by text message only, never after hard words.

    Nobody who left, nobody for whom quiet was kept, nobody under 18, nobody who spoke of danger, violence at home,
    self-harm or drugs in this session.
    """
    if turn.channel != "sms" or not turn.reach or turn.known.silent or silence.called_for(turn.heard, turn.known):
        return False
    # SQLAlchemy is loaded only for those who write by text message: the page's actions stay small.
    from directory.inbox import opt_outs

    return opt_outs.may_begin(turn.who)


def may_offer(turn: Turn) -> bool:
    """The same where nobody asked for it: once in a session at most (`known.having(offered=True)` says it was done)."""
    return not turn.known.offered and may_send(turn)
