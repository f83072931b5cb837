"""Sessions of the chat page: tokens that nobody can guess, which need no table and outlive a restart."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from directory import keys, trials

__all__ = ["conversation_id", "is_session", "new_session", "stand_in"]

_SEED = 18


def new_session() -> str:
    """A session token: 18 random bytes and their signature."""
    seed = secrets.token_bytes(_SEED)
    return base64.urlsafe_b64encode(seed + _signature(seed)).decode()


def stand_in() -> str:
    """A token in the shape of a session that opens none, for when no key can be read: the page can write at least."""
    return base64.urlsafe_b64encode(secrets.token_bytes(2 * _SEED)).decode()


def is_session(token: object) -> bool:
    """Whether this installation gave out that token, for a person or to try Puente out at the desk."""
    if trials.is_trial(token):
        return True
    if not isinstance(token, str) or len(token) != 48:
        return False
    try:
        raw_token = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    return hmac.compare_digest(raw_token[_SEED:], _signature(raw_token[:_SEED]))


def conversation_id(session: str) -> str:
    """The id a conversation is kept under: a keyed hash, so that what is stored opens no session."""
    if trials.is_trial(session):
        return trials.conversation_id(session)
    return "web-" + keys.keyed_hash("web-conversation", session)


def _signature(seed: bytes) -> bytes:
    return hmac.new(keys.derived("web-session"), seed, hashlib.sha256).digest()[:_SEED]
