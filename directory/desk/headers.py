"""The safety headers of every answer: nothing that a list or a person wrote can run, be framed or sent elsewhere."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["SafeHeaders", "safe"]

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # Our own pages may know where one came from: with "no-referrer" a browser names no origin for a form either.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_NOT_KEPT = "no-store"
_FILES_KEPT = "no-cache"
"""Style and pictures are asked for again each time, and come only when they have changed."""


def safe(response: Response) -> Response:
    """The answer with the headers: for what is answered outside of all middleware."""
    response.headers.update({**_HEADERS, "cache-control": _NOT_KEPT})
    return response


class SafeHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = _FILES_KEPT if str(scope.get("path", "")).startswith("/static/") else _NOT_KEPT

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {**_HEADERS, "cache-control": kept}
                extra = [(name.encode(), value.encode()) for name, value in ours.items()]
                others = [(name, value) for name, value in message.get("headers", []) if name.decode() not in ours]
                message["headers"] = [*others, *extra]
            await send(message)

        await self._app(scope, receive, with_headers)
