"""The assistant as the door sees it: an address on this machine that answers in time, or is away."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

__all__ = ["TIMEOUT_SECONDS", "Answer", "Assistant", "Away", "Silent"]

TIMEOUT_SECONDS = 14.0
"""The assistant gives up after ten, and Twilio after fifteen."""
_HEALTH_SECONDS = 5.0
_CONNECT_SECONDS = 2.0
_MOST_BYTES = 1024 * 1024
_IDLE_SECONDS = 2.0
"""Shorter than the assistant keeps an idle connection, so that none is used which it is just closing."""
_MOST_AT_ONCE = 256
_DOUBT_SECONDS = 1.0
"""After a silence: so long the assistant may take to say that it is awake; then people get the sentence at once."""
_GLANCE_SECONDS = 0.25
_AGAIN_SECONDS = 0.25


class Away(Exception):
    """The assistant did not answer: not there, too slow, broken in the middle, or no assistant at all."""


class Silent(Away):
    """It may be there and said nothing in time; every other way of being away is noticed at once."""


@dataclass(frozen=True)
class Answer:
    """What came back, whole; `body` parsed where it is JSON."""

    status: int
    kind: str
    content: bytes
    retry_after: str | None = None

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None


class Assistant:
    """Forwards to one port of this machine; connections stay open between messages."""

    def __init__(self, port: int, seconds: float = TIMEOUT_SECONDS) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None
        self._leaving = asyncio.Event()
        self._awake = asyncio.Event()
        self._awake.set()
        self._probing: asyncio.Task[None] | None = None
        self._doubted = 0.0

    async def post(
        self, path: str, sent: bytes, headers: Mapping[str, str], seconds: float = TIMEOUT_SECONDS
    ) -> Answer:
        """Sends a body to a path of the assistant; Away when no whole answer comes in time.

        After a silence nobody else waits as long: until the assistant says that it is awake, Silent comes at once.
        """
        await self._look()
        try:
            return await self._ask("POST", path, sent, headers, min(seconds, self._seconds))
        except Silent:
            self._doubt()
            raise

    async def health(self) -> Answer:
        """What the assistant says of itself; Away when it says nothing."""
        return await self._ask("GET", "/webhooks/web/health", None, {}, _HEALTH_SECONDS)

    def leave(self) -> None:
        """Waits for no answer any more: whoever waits gets the sentence now."""
        self._leaving.set()

    async def close(self) -> None:
        if self._probing is not None:
            self._probing.cancel()
        if self._session is not None:
            await self._session.close()

    async def _look(self) -> None:
        """Silent while the assistant is not awake; one that is only busy with a slow message says that it is."""
        left = max(_GLANCE_SECONDS, self._doubted + _DOUBT_SECONDS - time.monotonic())
        try:
            await asyncio.wait_for(self._awake.wait(), left)
        except asyncio.TimeoutError as error:
            raise Silent from error

    def _doubt(self) -> None:
        if self._awake.is_set() and not self._leaving.is_set():
            self._doubted = time.monotonic()
            self._awake.clear()
            self._probing = asyncio.create_task(self._probe())

    async def _probe(self) -> None:
        """Asks for its health until anything comes back; a refusal too, for then each message learns of it at once."""
        try:
            while True:
                try:
                    await self.health()
                    return
                except Silent:
                    await asyncio.sleep(_AGAIN_SECONDS)
        except Away:
            return
        finally:
            self._awake.set()

    async def _ask(
        self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str], seconds: float
    ) -> Answer:
        asked = asyncio.ensure_future(self._exchange(method, path, sent, headers))
        leaving = asyncio.ensure_future(self._leaving.wait())
        try:
            await asyncio.wait({asked, leaving}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if asked.done():
                return asked.result()
        except asyncio.TimeoutError as error:  # nobody takes the connection
            raise Silent from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Away from error
        finally:
            for task in (asked, leaving):
                task.cancel()
        raise Away if self._leaving.is_set() else Silent

    async def _exchange(self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str]) -> Answer:
        wanted = {"Accept-Encoding": "identity", "User-Agent": "puente-door", **headers}
        async with self._open().request(
            method, f"{self._base}{path}", data=sent, headers=wanted, allow_redirects=False
        ) as response:
            content = await response.content.read(_MOST_BYTES + 1)
            while len(content) <= _MOST_BYTES and not response.content.at_eof():
                content += await response.content.read(_MOST_BYTES + 1 - len(content))
            if len(content) > _MOST_BYTES:
                raise Away
            return Answer(response.status, response.content_type, content, response.headers.get("Retry-After"))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_MOST_AT_ONCE, keepalive_timeout=_IDLE_SECONDS, force_close=False)
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session
