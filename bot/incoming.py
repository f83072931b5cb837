"""A message as a page sends it: read with bounds, and cleaned of what nobody sees and of what Rasa would obey."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from directory.model import Language

__all__ = ["LANGUAGES", "MAX_BYTES", "MAX_CHARACTERS", "Body", "clean", "read"]

MAX_CHARACTERS = 4000
MAX_BYTES = 64 * 1024
LANGUAGES = tuple(language.value for language in Language)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HIDDEN = re.compile(r"[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
"""What nobody sees parts no word: "fo" and "od" around such a letter are food."""


@dataclass(frozen=True)
class Body:
    """What a page sends; `language` is its own, None when it is none of ours; `as_sms` where it plays a phone."""

    session: str
    message: str
    language: str | None
    as_sms: bool = False


def read(sent: bytes) -> Body | None:
    """The message in those bytes, or None where there is none."""
    try:
        body = json.loads(sent)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not all(isinstance(body.get(key), str) for key in ("session", "message")):
        return None
    spoken = body.get("language")
    return Body(
        body["session"], body["message"], spoken if spoken in LANGUAGES else None, as_sms=body.get("as") == "sms"
    )


def clean(text: str) -> str:
    """The message without control and invisible characters, and without the leading slashes Rasa would obey."""
    text = _CONTROL.sub(" ", _HIDDEN.sub("", text)).strip()
    while text.startswith("/"):
        text = text.lstrip("/").strip()
    return text
