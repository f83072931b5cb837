"""What the load generator takes for an answer, and that it writes by the clock and not by the answers."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bench.generator import Generator, Message, Outcome, Plan, judged, talks
from bot import sentences

SAID, DANGER = Message("hello"), Message("help", danger=True)
BUSY = {"error": sentences.both("busy"), "code": "busy"}


def said(*texts: str) -> dict[str, Any]:
    return {"messages": [{"text": text, "custom": {}} for text in texts]}


@pytest.mark.parametrize(
    ("message", "status", "body", "kind"),
    [
        (SAID, 200, said("Hello"), "answer"),
        (SAID, 200, said(), "empty"),
        (SAID, 200, said("Hello", ""), "empty"),
        (SAID, 200, {}, "empty"),
        (SAID, 200, said(sentences.both("away")["es"]), "apology"),
        (DANGER, 200, said("Hello"), "danger unheard"),
        (DANGER, 200, said("Call 911 now"), "answer"),
        (DANGER, 503, BUSY, "busy"),
        (SAID, 503, BUSY, "busy"),
        (SAID, 503, {"error": {"en": "Later.", "es": "Luego."}, "code": "busy"}, "danger unheard"),
        (SAID, 503, {"error": sentences.both("away"), "code": "away"}, "status 503"),
        (SAID, 429, {}, "status 429"),
    ],
)
def test_what_counts_as_an_answer(message: Message, status: int, body: dict[str, Any], kind: str) -> None:
    assert judged(message, status, body) == kind


def test_talks_are_in_both_languages_with_danger_in_each_and_no_place_left_open() -> None:
    many = talks(random.Random(1))
    some = [next(many) for _ in range(32)]
    assert {language for language, _ in some} == {"en", "es"}
    for spoken in ("en", "es"):
        messages = [message for language, talk in some if language == spoken for message in talk]
        assert sum(message.danger for message in messages) >= 2
        assert max(len(message.text) for message in messages) > 500
        assert not any("{" in message.text for message in messages)


Answer = Callable[[str], Awaitable[bytes]]


async def _served(answer: Answer, plan: Callable[[str], Plan]) -> Outcome:
    """The outcome of a plan against a server that answers so."""

    open_ones: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.add(writer)
        while head := await reader.readline():
            told = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            await reader.readexactly(int(told.partition("content-length:")[2].partition("\r\n")[0]))
            writer.write(await answer(head.split()[1].decode()))
        writer.close()
        await writer.wait_closed()
        open_ones.discard(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        outcome = await Generator(plan(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")).run()
        while open_ones:
            await asyncio.sleep(0)
        return outcome


def _http(body: dict[str, Any]) -> bytes:
    sent = json.dumps(body).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(sent) + sent


def test_it_goes_on_writing_while_nobody_answers() -> None:
    asked = 0
    enough = asyncio.Event()

    async def answer(path: str) -> bytes:
        nonlocal asked
        if path == "/session":
            return _http({"session": "one"})
        asked += 1
        if asked == 20:
            enough.set()
        await enough.wait()  # nobody is answered before twenty have written
        return _http(said("911"))

    outcome = asyncio.run(_served(answer, lambda url: Plan((url,), rate=200.0, seconds=0.3)))
    assert asked >= 20 and outcome.wrong == {}
    assert len(outcome.answers) == asked
