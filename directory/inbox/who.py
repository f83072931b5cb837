"""Who writes, without a number: a keyed hash as the name of a conversation, and the number sealed for a later text."""

from __future__ import annotations

import base64

from directory import keys
from directory.errors import InboxError

__all__ = ["conversation", "seal", "unseal"]


def conversation(number: str) -> str:
    """The conversation of a number in international form (+12095550123): 32 hex digits, the same every time."""
    return keys.keyed_hash("sms-number", number.strip())


def seal(number: str) -> str:
    """The number so that only who has the key file can read it."""
    from cryptography.fernet import Fernet  # the door answers most messages without it

    return Fernet(_key()).encrypt(number.strip().encode()).decode()


def unseal(sealed: str) -> str:
    """The number; InboxError when it was sealed under another key, or damaged."""
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key()).decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise InboxError(
            "A phone number that was kept cannot be read: it was sealed under another key than secret.key holds now. "
            "Nobody can be written to or called by it. Put the key back from a backup: puente restore --help"
        ) from None


def _key() -> bytes:
    return base64.urlsafe_b64encode(keys.derived("reach"))
