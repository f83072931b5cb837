"""The same sentences for whoever writes by text message, in the form that Twilio takes (TwiML)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from bot.door.answers import answered
from bot.understanding import opt_out
from directory import pause

__all__ = ["KIND", "NOTHING", "said", "written"]

KIND = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NOTHING = f"{_HEAD}<Response/>".encode()


def said(sent: bytes, found: pause.Paused | None) -> list[dict[str, Any]]:
    """The messages for somebody who wrote that; none for whoever asks for no more, nor for a mere report."""
    words = _words(sent)
    return [] if words is None or opt_out.wanted(words) else answered(words, None, found)


def written(messages: Sequence[Mapping[str, Any]]) -> bytes:
    """Messages in the form that Twilio takes."""
    texts = "".join(f"<Message>{escape(str(message['text']))}</Message>" for message in messages)
    return f"{_HEAD}<Response>{texts}</Response>".encode() if texts else NOTHING


def _words(sent: bytes) -> str | None:
    try:
        fields = parse_qs(sent.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    except (UnicodeDecodeError, ValueError):
        return ""
    return fields["Body"][0] if "Body" in fields else None
