"""Keeps what a turn says until it is whole: the text and the custom part of a message together."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

__all__ = ["Collector"]


class Collector(CollectingOutputChannel):
    """The messages of one turn; a channel names itself, and may say how a message with words reads there."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if message.get("text"):
            self.messages.append({"text": self.told(message), "custom": message.get("custom") or {}})

    def told(self, message: dict[str, Any]) -> str:
        """The words of that message on this channel."""
        return str(message["text"])
