"""What the door says by itself: while Puente is paused, or when the assistant is away. Danger comes first, always."""

from __future__ import annotations

from typing import Any

from bot import apology
from bot.incoming import clean
from bot.understanding import crisis, language
from directory import pause
from directory.dangers import LINES
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text import clinic
from directory.text.catalogue import say

__all__ = ["answered", "warm"]


def answered(message: str, page: str | None, found: pause.Paused | None) -> list[dict[str, Any]]:
    """The messages for somebody who wrote that; `page` is the language of their page, `found` the pause in force."""
    text = clean(message)
    spoken = language.detect(text, only_names=True) or page
    said = apology.message(pause.sentence(spoken, found), spoken) if found else apology.away(spoken)
    return [*_danger(text, spoken), said]


def _danger(text: str, spoken: str | None) -> list[dict[str, Any]]:
    """The fixed words of the danger that a message speaks of: its patterns need no model."""
    kind = crisis.detect(text) or (crisis.Kind.WORRY if crisis.worried(text) else None)
    if kind is None:
        return []
    languages = [Language(spoken)] if spoken else [*Language]
    parts = [_lines(kind.value, each) for each in languages]
    told, phones = "\n".join(text for text, _ in parts), parts[0][1]
    shown = Kind.WORRY if kind is crisis.Kind.WORRY else Kind.CRISIS
    reply = Reply(shown, crisis=kind.value, phones=phones, language=spoken)
    return [{"text": told, "custom": reply.to_json()}]


def _lines(kind: str, spoken: Language) -> tuple[str, tuple[str, ...]]:
    """The fixed words in one language, with the clinic's own line after the national ones."""
    return clinic.with_local_line(kind, say(f"assistant.crisis.{kind}", spoken), LINES[kind], spoken)


def warm() -> None:
    """Reads all that an answer may need, so that an upgrade under our feet takes nothing away."""
    for page in (None, *(each.value for each in Language)):
        answered("I want to die", page, None)
        answered("hola", page, pause.Paused("Closed."))
    for kind in LINES:
        for each in Language:
            say(f"assistant.crisis.{kind}", each)
