"""Whether a request is Twilio's: signed with our token over the address that Twilio was given, and over every field.

Nothing of what somebody else sends is read, kept or counted. Without a token or a public address nobody is believed.
"""

from __future__ import annotations

import logging
import time
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

from twilio.request_validator import RequestValidator

from bot.sms.form import Form
from directory import logs
from directory.errors import SenderError
from directory.sender.account import token
from directory.text.ours import ours

__all__ = ["Lacking", "genuine", "lacking", "signed"]

logger = logging.getLogger(__name__)

_TELL_SECONDS = 600.0
_told = [float("-inf")]


class Lacking(str, Enum):
    """What is missing, so that no text message can be believed."""

    ADDRESS = "no_public_address"
    TOKEN = "no_token"


def lacking() -> Lacking | None:
    """What is missing here; None where signatures can be checked."""
    if not ours().public_address:
        return Lacking.ADDRESS
    return None if _token() else Lacking.TOKEN


def genuine(target: str, form: Form, signature: str) -> bool:
    """Whether Twilio signed that form for `target`, the path and query of the request as they came."""
    address, held = ours().public_address, _token()
    if not address or not held:
        _tell(Lacking.TOKEN if address else Lacking.ADDRESS)
        return False
    return signed(f"{address.rstrip('/')}{target}", form, signature, held)


def signed(url: str, form: Form, signature: str, token: str) -> bool:
    """Whether that is the signature of that form at that address, with or without its port and a last slash."""
    validator = RequestValidator(token)
    try:
        return any(validator.validate(each, form, signature) for each in _written(url))
    except ValueError:  # an address that is none: a port that is no number, half a bracket
        return False


def _written(url: str) -> tuple[str, ...]:
    """The address as it came, and with the last slash that a proxy puts there or takes away."""
    parts = urlsplit(url)
    path = parts.path[:-1] if parts.path.endswith("/") else f"{parts.path}/"
    return url, urlunsplit(parts._replace(path=path))


def _token() -> str | None:
    try:
        return token()
    except (SenderError, OSError):
        return None


def _tell(what: Lacking) -> None:
    """Now and then a line in the log: the clinic's texts go nowhere, and somebody should learn why."""
    now = time.monotonic()
    if now - _told[0] >= _TELL_SECONDS:
        _told[0] = now
        logs.event(logger, "sms.refused", level=logging.ERROR, lacking=what)
