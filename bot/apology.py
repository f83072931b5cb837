"""What is said when there is no answer: a fixed sentence and whom to call, in the person's language or in both.

Who wrote of a danger gets its fixed words first: their patterns need no model.
"""

from __future__ import annotations

from typing import Any

from bot import sentences
from bot.understanding import crisis
from directory import pause
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text import clinic
from directory.text.catalogue import say

__all__ = ["away", "in_danger", "lines", "message"]


def in_danger(text: str, spoken: str | None) -> list[dict[str, Any]]:
    """The fixed words of the danger that a message speaks of, as one message; none where it speaks of none."""
    kind = crisis.detect(text) or (crisis.Kind.WORRY if crisis.worried(text) else None)
    return [lines(kind, spoken)] if kind else []


def lines(kind: crisis.Kind, spoken: str | None) -> dict[str, Any]:
    """The fixed words of that danger, as one message."""
    languages = [Language(spoken)] if spoken else [*Language]
    parts = [clinic.in_danger(kind.value, each) for each in languages]
    told, phones = "\n".join(words for words, _ in parts), parts[0][1]
    shown = Kind.WORRY if kind is crisis.Kind.WORRY else Kind.CRISIS
    return {"text": told, "custom": Reply(shown, crisis=kind.value, phones=phones, language=spoken).to_json()}


def away(spoken: str | None) -> dict[str, Any]:
    """That the assistant cannot answer now."""
    told = sentences.in_language("away", spoken)
    if phone := pause.clinic_phone():
        languages = [Language(spoken)] if spoken else [*Language]
        told = "\n".join([told, *(say("pause.clinic", language, phone=phone) for language in languages)])
    return message(told, spoken)


def message(text: str, spoken: str | None) -> dict[str, Any]:
    """One message that is no answer, as the web channel sends it."""
    return {"text": text, "custom": Reply(Kind.FALLBACK, phones=pause.phones(), language=spoken).to_json()}
