"""Asks the Puente that runs on this machine as a patient would, through its door, and reads what comes back."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory import running
from directory.errors import AssistantError
from directory.model import Language
from directory.text import gsm

__all__ = ["MOST", "PORT", "Said", "ask"]

PORT = 5005
MOST = 1000
"""Letters of a message: more than anybody types who tries something out."""
_PATIENCE_SECONDS = 15.0
_MOST_BYTES = 1 << 20
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Without a proxy: the door is on this machine."""


@dataclass(frozen=True)
class Said:
    """One message of the answer; `segments` and `encoding` are what carriers count of a text message, else None."""

    text: str
    custom: Mapping[str, Any] = field(default_factory=dict)
    segments: int | None = None
    encoding: str | None = None


def ask(session: str, message: str, *, language: Language, by_text: bool) -> tuple[Said, ...]:
    """The messages that answer; AssistantError where Puente does not run, or does not take the message."""
    body = {"session": session, "message": message[:MOST], "language": language.value}
    status, answer = _posted({**body, **({"as": "sms"} if by_text else {})})
    refused = answer.get("error")
    if isinstance(refused, dict):
        raise AssistantError(str(refused.get(language.value) or "It was not taken. Try again in a moment."))
    messages = answer.get("messages")
    if status != 200 or not isinstance(messages, list):
        raise AssistantError(f"What answers at {_door()} is not Puente (status {status}). Start Puente: puente up")
    return tuple(_said(one, by_text) for one in messages if isinstance(one, dict))


def _door() -> str:
    found = running.running()
    return f"http://127.0.0.1:{(found.ports.get('door') if found else None) or PORT}"


def _posted(body: Mapping[str, object]) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(
        f"{_door()}/webhooks/web/message",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as response:
            return response.status, _json(response.read(_MOST_BYTES))
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, _json(refused.read(_MOST_BYTES))
    except (OSError, ValueError) as error:
        raise AssistantError("Puente does not run here, so nobody answers. Start it: puente up") from error


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(message: Mapping[str, Any], by_text: bool) -> Said:
    text, custom = str(message.get("text") or ""), message.get("custom")
    told = dict(custom) if isinstance(custom, dict) else {}
    if not by_text:
        return Said(text, told)
    segments, encoding = message.get("segments"), message.get("encoding")
    return Said(
        text,
        told,
        segments if isinstance(segments, int) else gsm.segments(text),
        encoding if isinstance(encoding, str) else gsm.encoding(text),
    )
