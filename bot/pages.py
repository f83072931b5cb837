"""The chat page, also as a phone, and its files: read once, so what is served stays the same until the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot import dress, own_words

__all__ = ["HEADERS", "File", "file", "page"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_FOLDER = Path(__file__).parent / "web"
_VIEW = b"<!--view-->"
_PHONE = b"""<link rel="stylesheet" href="static/phone.css">
<script src="static/phone.js" defer></script>"""


@dataclass(frozen=True)
class File:
    """One file as it is answered; `body` is empty with the status 304."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def page(view: str | None) -> str:
    """The name of the page's file in that view, what stands behind `?as=`: `sms` is a phone, all else the chat."""
    return "phone.html" if view == "sms" else "chat.html"


def file(name: str, known: str | None = None) -> File | None:
    """That file, or only that it has not changed since the tag `known` was given; None where there is none."""
    made = dress.file(name)
    body, kind = made or (_files().get(name), f"{_KINDS.get(Path(name).suffix, '')}; charset=utf-8")
    if body is None:
        return None
    body = own_words.in_page(body) if name.endswith(".html") else body
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    # A phone on a bad connection asks each time and fetches only what has changed.
    headers = {**HEADERS, "Cache-Control": "no-cache", "ETag": tag}
    if known == tag:
        return File(b"", 304, headers)
    return File(body, 200, {**headers, "Content-Type": kind})


@cache
def _files() -> Mapping[str, bytes]:
    found = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in _KINDS}
    return {**found, page("sms"): found[page(None)].replace(_VIEW, _PHONE, 1)}
