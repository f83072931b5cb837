"""A form of Twilio as a text message: its number becomes a hash and a seal here, and goes no further."""

from __future__ import annotations

import re

from bot.sms.form import Form
from bot.sms.given import hashed
from bot.sms.turn import Came
from directory.inbox import who

__all__ = ["came", "ids"]

_OTHER_WAY = re.compile(r"(?:whatsapp|rcs|messenger):", re.IGNORECASE)
"""By which app somebody writes says nothing of who it is: STOP by one is STOP by all."""
_OURS = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
"""A number that may be written to later: another country costs, and a short code answers by itself."""


def came(form: Form, known: tuple[str, ...]) -> Came | None:
    """The message in that form; None for what is none (a report on one that was sent, a form without a sender).

    `known` is what tells it from any other.
    """
    number = _OTHER_WAY.sub("", form.get("From").strip())
    if not number or not _has(form, "Body"):
        return None
    return Came(
        who.conversation(number),
        who.seal(number) if _OURS.fullmatch(number) else "",
        form.get("Body"),
        carrier=form.get("OptOutType").strip().upper(),
        pictures=form.get("NumMedia").strip() not in ("", "0"),
        id=known[0] if known else None,
    )


def ids(form: Form, token: str, signature: str) -> tuple[str, ...]:
    """What tells this message from any other: hashes of Twilio's id of it, the token of its delivery, its signature.

    What Twilio signs does not say where a name ends and its value begins, so the id alone can be hidden in a field.
    """
    return hashed((form.get("MessageSid") or form.get("SmsSid"), token, signature))


def _has(form: Form, name: str) -> bool:
    return bool(form.getall(name))
