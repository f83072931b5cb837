"""The chat page, also as a phone, and its files: read once, so what is served stays the same until the next start."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from bot import dress, own_words

__all__ = ["HEADERS", "SCRIPT", "File", "file", "page"]

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
SCRIPT = ("words", "keeping", "building", "cards", "answers", "talk", "sharing", "sending", "page")
"""The parts of `chat.js`, in the order in which they run."""
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


def file(name: str, known: str | None = None, accepts: str | None = None) -> File | None:
    """That file, or only that it has not changed since the tag `known` was given; None where there is none.

    `accepts` is what the browser says of encodings: text goes out packed where it can read that.
    """
    made = dress.file(name)
    body, kind = made or (_files().get(name), f"{_KINDS.get(Path(name).suffix, '')}; charset=utf-8")
    if body is None:
        return None
    body = own_words.in_page(body) if name.endswith(".html") else body
    packed = _PACKED in (accepts or "").lower() and kind.split(";")[0] in _TEXTS
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}{"-p" if packed else ""}"'
    # A phone on a bad connection asks each time and fetches only what has changed.
    headers = {**HEADERS, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "ETag": tag}
    if known == tag:
        return File(b"", 304, headers)
    if packed:
        headers["Content-Encoding"] = _PACKED
    return File(_pack(body) if packed else body, 200, {**headers, "Content-Type": kind})


_PACKED = "gzip"
_TEXTS = frozenset(_KINDS.values())


@lru_cache(maxsize=32)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@cache
def _files() -> Mapping[str, bytes]:
    found = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in _KINDS}
    found = {name: _style(body) if name.endswith(".css") else body for name, body in found.items()}
    found["chat.js"] = _script()
    return {**found, page("sms"): found[page(None)].replace(_VIEW, _PHONE, 1)}


def _script() -> bytes:
    """The parts as one script inside one function, without comments and indentation; no text in them has two lines."""
    parts = "\n".join((_FOLDER / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPT)
    lines = (line.strip() for line in re.sub(r"^/\*.*?\*/", "", parts, flags=re.S | re.M).splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(function () {{\n"use strict";\n{code}\n}}());\n'.encode()


def _style(sheet: bytes) -> bytes:
    """A style sheet without comments and indentation."""
    text = re.sub(r"/\*.*?\*/", "", sheet.decode("utf-8"), flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", text).strip().encode()
