"""An assistant that freezes: one person waits, the next are told at once, and all is as before when it moves again."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.door.assistant import Answer, Assistant, Away
from tests.conftest import in_a_loop

PATIENCE = 1.5


class Played:
    """An assistant of one process: where it `moves` not it says nothing; `slow` is how long a message takes."""

    def __init__(self) -> None:
        self.moves = threading.Event()
        self.moves.set()
        self.slow = 0.0
        self.answered = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(played: Played) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._said()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            time.sleep(played.slow)
            self._said()
            played.answered += 1

        def _said(self) -> None:
            played.moves.wait()
            content = json.dumps({"messages": [{"text": "Food near Modesto"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def played() -> Iterator[Played]:
    made = Played()
    yield made
    made.moves.set()
    made.stop()


def _play(port: int, scene: Callable[[Assistant], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        assistant = Assistant(port, PATIENCE)
        try:
            return await scene(assistant)
        finally:
            await assistant.close()

    return in_a_loop(asyncio.wait_for(whole(), 40))


async def _tried(assistant: Assistant) -> tuple[bool, float]:
    """Whether a message was answered, and after how many seconds something came."""
    began = time.monotonic()
    try:
        said: Answer | None = await assistant.post("/webhooks/web/message", b"{}", {})
    except Away:
        said = None
    return said is not None, time.monotonic() - began


def test_one_waits_the_next_are_told_at_once_and_it_is_back_as_soon_as_it_moves(played: Played) -> None:
    async def scene(assistant: Assistant) -> list[tuple[bool, float]]:
        played.moves.clear()
        said = [await _tried(assistant) for _ in range(4)]
        played.moves.set()
        await asyncio.sleep(0.1)
        return [*said, await _tried(assistant)]

    first, second, third, fourth, after = _play(played.port, scene)
    assert not first[0] and first[1] >= PATIENCE - 0.1
    assert not second[0] and second[1] < 1.2
    assert not any(said for said, _ in (third, fourth)) and max(third[1], fourth[1]) < 0.5
    assert after[0] and after[1] < 1


def test_one_message_that_is_too_slow_sends_nobody_else_away(played: Played) -> None:
    async def scene(assistant: Assistant) -> list[tuple[bool, float]]:
        played.slow = 4.0
        slow = await _tried(assistant)
        played.slow = 1.0  # slow still, and in time
        return [slow, *await asyncio.gather(*(_tried(assistant) for _ in range(5)))]

    slow, *others = _play(played.port, scene)
    assert not slow[0]
    assert all(said for said, _ in others)


def test_who_writes_while_a_slow_message_is_under_way_is_answered(played: Played) -> None:
    async def scene(assistant: Assistant) -> list[tuple[bool, float]]:
        played.slow = PATIENCE - 0.4
        slow = asyncio.create_task(_tried(assistant))
        await asyncio.sleep(0.2)
        played.slow = 0.0
        return [await _tried(assistant), await slow]

    assert all(said for said, _ in _play(played.port, scene))


def test_one_that_froze_and_then_ended_is_found_again_at_its_port(played: Played) -> None:
    async def scene(assistant: Assistant) -> list[tuple[bool, float]]:
        listening = socket.create_server(("127.0.0.1", 0))
        assistant._base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        frozen = await _tried(assistant)
        listening.close()
        assistant._base = f"http://127.0.0.1:{played.port}"  # the one that the supervisor started instead
        await asyncio.sleep(1.0)
        return [frozen, await _tried(assistant)]

    frozen, after = _play(played.port, scene)
    assert not frozen[0] and after[0] and after[1] < 1
