"""What the door says by itself: while Puente is paused, or when the assistant is away. Danger comes first, always."""

from __future__ import annotations

from typing import Any

from bot import apology
from bot.incoming import clean
from bot.understanding import language
from directory import pause
from directory.dangers import LINES
from directory.model import Language
from directory.text.catalogue import say

__all__ = ["answered", "warm"]


def answered(message: str, page: str | None, found: pause.Paused | None) -> list[dict[str, Any]]:
    """The messages for somebody who wrote that; `page` is the language of their page, `found` the pause in force."""
    text = clean(message)
    spoken = language.detect(text, only_names=True) or page
    said = apology.message(pause.sentence(spoken, found), spoken) if found else apology.away(spoken)
    return [*apology.in_danger(text, spoken), said]


def warm() -> None:
    """Reads all that an answer may need, so that an upgrade under our feet takes nothing away."""
    for page in (None, *(each.value for each in Language)):
        answered("I want to die", page, None)
        answered("hola", page, pause.Paused("Closed."))
    for kind in LINES:
        for each in Language:
            say(f"assistant.crisis.{kind}", each)
