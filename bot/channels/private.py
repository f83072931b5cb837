"""What is said when somebody sends a number that nobody should send here: once, by text in their own language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from bot import sentences
from bot.understanding.identifiers import Masked
from directory.model import Language
from directory.reply import Kind, Reply
from directory.text.catalogue import say

__all__ = ["Warnings"]

_REMEMBERED = 10_000


class Warnings:
    """Remembers which conversations were warned, in memory only and the oldest forgotten first.

    `by_text` says it in the short form of text messages.
    """

    def __init__(self, *, by_text: bool = False) -> None:
        self._by_text = by_text
        self._warned: OrderedDict[str, None] = OrderedDict()

    def beside(
        self, messages: Sequence[dict[str, Any]], masked: Masked, conversation: str, spoken: str | None = None
    ) -> list[dict[str, Any]]:
        """The answer with the warning before it, where one is due; danger stands before the warning.

        It is in both languages where `spoken` is not known: whoever sends such a number must understand it.
        """
        if not masked.kinds or (messages and conversation in self._warned):
            return list(messages)
        self._warned[conversation] = None
        if len(self._warned) > _REMEMBERED:
            self._warned.popitem(last=False)
        in_danger = any(message["custom"].get("crisis") for message in messages)
        warning = _warning(spoken, by_text=self._by_text)
        return [*messages, warning] if in_danger else [warning, *messages]


def _warning(spoken: str | None, *, by_text: bool) -> dict[str, Any]:
    languages = [Language(spoken)] if spoken else [*Language]
    short = "\n".join(say("sms.private_number", language) for language in languages)
    text = short if by_text else sentences.in_language("private_number", spoken)
    return {"text": text, "custom": Reply(Kind.SMALLTALK, language=spoken).to_json()}
