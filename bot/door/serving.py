"""Runs the door on a socket that is open already, with bounds for whoever is slow, until it is asked to stop."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
import time
from contextlib import suppress

import yaml
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot import pages
from bot.door import answers
from bot.door.app import Door, application
from bot.door.assistant import Assistant, Away
from bot.sms import warming
from bot.understanding import opt_out
from directory import logs

__all__ = ["run"]

FIRST_SECONDS = 10.0
"""How long a new connection may take until its first request has arrived, but for its body."""
_KEEP_SECONDS = 15.0
_DRAIN_SECONDS = 6.0
_MOST_CONNECTIONS = 1000
_BACKLOG = 512


def run(listening: socket.socket, assistant_port: int, *, first: float = FIRST_SECONDS) -> None:
    """Answers on that socket until SIGTERM or SIGINT; then finishes what was begun."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if yaml.__with_libyaml__:
        yaml.SafeLoader = yaml.CSafeLoader  # type: ignore[misc]  # ten times faster: the door is back sooner
    most = _files()
    logs.configure("door")
    answers.warm()
    opt_out.wanted("hello")
    warming.warm()
    pages.file("chat.html")
    asyncio.run(_serve(listening, assistant_port, first, most))


async def _serve(listening: socket.socket, assistant_port: int, first: float, most: int) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    door = Door(Assistant(assistant_port))
    await _imports_all(door)
    runner = web.AppRunner(
        application(door), access_log=None, handle_signals=False, keepalive_timeout=_KEEP_SECONDS, shutdown_timeout=1.0
    )
    await runner.setup()
    made = runner.server
    assert made is not None
    server = await loop.create_server(_Bounds(made, first, most).new, sock=listening, backlog=_BACKLOG)
    await stop.wait()
    server.close()
    await _drained(door)
    await runner.cleanup()
    door.texts.close()
    await door.assistant.close()


async def _imports_all(door: Door) -> None:
    """Asks the assistant once, there or not: what aiohttp imports on first use is imported now."""
    with suppress(Away):
        await door.assistant.health()


async def _drained(door: Door) -> None:
    """Waits for the answers that are under way, then gives the sentence to whoever still waits."""
    limit = time.monotonic() + _DRAIN_SECONDS
    while door.under_way and time.monotonic() < limit:
        await asyncio.sleep(0.02)
    door.assistant.leave()
    while door.under_way:
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)  # what was just said leaves


class _Bounds:
    """Makes the connections: not more than fit, and none that stays silent."""

    def __init__(self, server: web.Server, first: float, most: int) -> None:
        self._server = server
        self._first = first
        self._most = most

    def new(self) -> RequestHandler:
        handler = self._server()
        asyncio.get_running_loop().call_soon(self._refuse_too_many, handler)
        asyncio.get_running_loop().call_later(self._first, self._refuse_silent, handler)
        return handler

    def _refuse_too_many(self, handler: RequestHandler) -> None:
        if len(self._server.connections) > self._most:
            handler.force_close()

    def _refuse_silent(self, handler: RequestHandler) -> None:
        """Closes a connection that has not begun a request yet."""
        if not getattr(handler, "_request_count", 1):
            handler.force_close()


def _files() -> int:
    """How many connections fit: each costs a file, and each message one more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST_CONNECTIONS + 200
    if soft < wanted:
        soft = min(wanted, hard) if hard != resource.RLIM_INFINITY else wanted
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(50, min(_MOST_CONNECTIONS, (soft - 200) // 2))
