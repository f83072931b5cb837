"""The id a conversation is kept under, computed from a home's key file as the channel does, without Rasa."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

__all__ = ["conversation_id"]


def conversation_id(home: Path, session: str) -> str:
    """See `bot.channels.web.conversation_id`."""
    master = (home / "secret.key").read_bytes()
    key = hmac.new(master, b"web-conversation", hashlib.sha256).digest()
    return "web-" + hmac.new(key, session.encode(), hashlib.sha256).hexdigest()[:32]
