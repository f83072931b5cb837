"""What is said when there is no answer: a fixed sentence and whom to call, in the person's language or in both."""

from __future__ import annotations

from typing import Any

from bot import sentences
from directory import pause
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text.catalogue import say

__all__ = ["away", "message"]


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
