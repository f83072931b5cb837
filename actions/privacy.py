"""What the assistant says about itself: what is kept and for how long, from the inventory and the settings in force."""

from __future__ import annotations

from collections.abc import Mapping

from actions.context import Turn
from directory import privacy
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text import catalogue
from directory.text.ours import ours

__all__ = ["spans", "tell"]


def tell(turn: Turn) -> None:
    """Says who reads this and what is kept; a text message gets the short form."""
    key = "privacy.sms" if turn.channel == "sms" else "privacy.told"
    turn.utter(turn.say(key, **spans(turn.language)), Reply(kind=Kind.SMALLTALK))


def spans(language: Language) -> Mapping[str, str]:
    """How long conversations are kept, and what is said of oneself: `days` and `minutes`, in words."""
    days = privacy.days("conversations", ours().retention)
    return {
        "days": _counted("day", days or 0, language),
        "minutes": _counted("minute", privacy.minutes("said_of_oneself"), language),
    }


def _counted(unit: str, number: int, language: Language) -> str:
    return catalogue.say(f"assistant.privacy.{unit}{'' if number == 1 else 's'}", language, number=number)
