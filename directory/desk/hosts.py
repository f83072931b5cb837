"""By which names the desk answers: this machine's own, and the one that the settings give it inside the clinic."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from directory.text.ours import ours

__all__ = ["KnownHosts"]

_OWN = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


class KnownHosts:
    """Refuses every other name: a page elsewhere could make a browser ask this machine under a name of its own.

    The settings are read anew, so that an address counts without a restart.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _known(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
            return
        await PlainTextResponse("Invalid host header", 400)(scope, receive, send)


def _known(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return name in _OWN or (bool(name) and name.casefold() == _of_desk())


def _of_desk() -> str | None:
    address = ours().desk_address
    return urlsplit(address).hostname if address else None
