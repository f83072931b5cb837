"""What is said when somebody sends a number that nobody should send here: once, in both languages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from bot import sentences
from bot.understanding.identifiers import Masked
from directory.reply import Kind, Reply

__all__ = ["Warnings"]

_REMEMBERED = 10_000


class Warnings:
    """Remembers which conversations were warned, in memory only and the oldest forgotten first."""

    def __init__(self) -> None:
        self._warned: OrderedDict[str, None] = OrderedDict()

    def beside(self, messages: Sequence[dict[str, Any]], masked: Masked, conversation: str) -> list[dict[str, Any]]:
        """The answer with the warning before it, where one is due; danger stands before the warning."""
        if not masked.kinds or (messages and conversation in self._warned):
            return list(messages)
        self._warned[conversation] = None
        if len(self._warned) > _REMEMBERED:
            self._warned.popitem(last=False)
        in_danger = any(message["custom"].get("crisis") for message in messages)
        return [*messages, _warning()] if in_danger else [_warning(), *messages]


def _warning() -> dict[str, Any]:
    return {
        "text": sentences.in_language("private_number", None),
        "custom": Reply(Kind.SMALLTALK).to_json(),
    }
