"""What the door sends to the assistant about a text message, signed with a key that both derive."""

from __future__ import annotations

import hashlib
import hmac

from directory import keys

__all__ = ["HEADER", "PATH", "is_ours", "signature"]

HEADER = "X-Puente-Door"
PATH = "/webhooks/sms/turn"


def signature(body: bytes) -> str:
    """The signature of those bytes (hex)."""
    return hmac.new(keys.derived("door"), body, hashlib.sha256).hexdigest()


def is_ours(body: bytes, given: str | None) -> bool:
    """Whether the door of this installation sent those bytes."""
    return hmac.compare_digest(signature(body).encode(), (given or "").encode("utf-8", "replace"))
