"""Yes, no, and whatever else answers what was asked."""

from __future__ import annotations

from actions import asking, details, interpreting
from actions.context import Turn
from actions.going_on import Answer, choose, go_on, noted
from actions.slots import Asked, Known

__all__ = ["Affirm", "Deny", "Inform"]


class Inform(Answer):
    action = "action_inform"

    def otherwise(self, turn: Turn) -> Known:
        wanted = turn.heard.wanted_language
        if wanted and wanted not in ("en", "es"):  # "my mom only speaks Hmong"
            interpreting.told(turn, wanted)
        return go_on(turn)


class Affirm(Answer):
    """Yes takes the first of what was offered."""

    action = "action_affirm"

    def otherwise(self, turn: Turn) -> Known:
        asked = turn.known.asked
        if asked.about in (asking.OFFER, asking.GO_ON) and asked.choices and not turn.heard.names_something:
            return choose(turn, asked.choices[0])
        return go_on(turn)


class Deny(Answer):
    """No asks what else there is to look for."""

    action = "action_deny"

    def otherwise(self, turn: Turn) -> Known:
        if turn.heard.names_something:
            return go_on(turn)
        if details.about_shown(turn):
            return details.tell(turn)
        if _tells_more(turn):
            return noted(turn)
        return asking.ask(turn, turn.known, Asked(asking.ABOUT_NEED, asking.menu()), text=turn.say("deny"))


_FEW = 4
"""A plain no has no more words than this ("no that is all")."""


def _tells_more(turn: Turn) -> bool:
    """Whether a no beside a list tells something, and ends nothing: "no im just mad at all of this"."""
    beside = turn.known.shown.ids and not turn.known.asked.about
    return bool(beside) and len(turn.heard.text.split()) > _FEW
