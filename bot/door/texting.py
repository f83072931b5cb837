"""The same sentences for whoever writes by text message, in the form that Twilio takes (TwiML)."""

from __future__ import annotations

from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from bot.door.answers import answered
from bot.understanding import opt_out
from directory import pause

__all__ = ["KIND", "NOTHING", "reply"]

KIND = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NOTHING = f"{_HEAD}<Response/>".encode()


def reply(sent: bytes, found: pause.Paused | None) -> bytes:
    """What a person gets back for a text message; nothing for whoever asks for no more, nor for a mere report."""
    words = _words(sent)
    if words is None or opt_out.wanted(words):
        return NOTHING
    texts = [str(message["text"]) for message in answered(words, None, found)]
    return (_HEAD + f"<Response>{''.join(f'<Message>{escape(text)}</Message>' for text in texts)}</Response>").encode()


def _words(sent: bytes) -> str | None:
    try:
        fields = parse_qs(sent.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    except (UnicodeDecodeError, ValueError):
        return ""
    return fields["Body"][0] if "Body" in fields else None
