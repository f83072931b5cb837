"""Sessions of trials: only who can read this home's key can make one, so no patient's page ever has one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from directory import keys

__all__ = ["begun", "conversation_id", "is_conversation", "is_trial"]

_SEED = 18
_LENGTH = 48
_PREFIX = "trial-"


def begun() -> str:
    """A new session: 18 random bytes and their signature."""
    seed = secrets.token_bytes(_SEED)
    return base64.urlsafe_b64encode(seed + _signature(seed)).decode()


def is_trial(token: object) -> bool:
    """Whether that token opens a trial of this home."""
    if not isinstance(token, str) or len(token) != _LENGTH:
        return False
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    return hmac.compare_digest(raw[_SEED:], _signature(raw[:_SEED]))


def conversation_id(token: str) -> str:
    """The id under which a trial is talked, by which everybody who keeps something knows that it is one."""
    return _PREFIX + keys.keyed_hash("web-conversation", token)


def is_conversation(id: str) -> bool:
    """Whether a conversation is a trial."""
    return id.startswith(_PREFIX)


def _signature(seed: bytes) -> bytes:
    return hmac.new(keys.derived("web-trial"), seed, hashlib.sha256).digest()[:_SEED]
