"""Messages in the form that Twilio takes (TwiML): well-formed whatever the text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

__all__ = ["KIND", "NOTHING", "written"]

KIND = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NOTHING = f"{_HEAD}<Response/>".encode()
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped: one such letter and nobody gets anything."""


def written(texts: Sequence[str]) -> bytes:
    """One message for each text."""
    told = "".join(f"<Message>{_text(text)}</Message>" for text in texts)
    return f"{_HEAD}<Response>{told}</Response>".encode() if told else NOTHING


def _text(text: str) -> str:
    # A bare carriage return would be read back as a line feed.
    return escape(_NO_XML.sub("", text), {"\r": "&#13;"})
