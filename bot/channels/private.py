"""What is said when somebody sends a number that nobody should send here: once, in both languages."""

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

    def beside(self, messages: Sequence[dict[str, Any]], masked: Masked, conversation: str) -> list[dict[str, Any]]:
        """The answer with the warning before it, where one is due; danger stands before the warning."""
        if not masked.kinds or (messages and conversation in self._warned):
            return list(messages)
        self._warned[conversation] = None
        if len(self._warned) > _REMEMBERED:
            self._warned.popitem(last=False)
        in_danger = any(message["custom"].get("crisis") for message in messages)
        warning = _warning(self._by_text)
        return [*messages, warning] if in_danger else [warning, *messages]


def _warning(by_text: bool) -> dict[str, Any]:
    short = "\n".join(say("sms.private_number", language) for language in Language)
    return {
        "text": short if by_text else sentences.in_language("private_number", None),
        "custom": Reply(Kind.SMALLTALK).to_json(),
    }
