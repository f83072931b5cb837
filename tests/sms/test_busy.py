"""When too many text at once the door says so itself, at once; whoever writes of a danger hears its lines first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.door.assistant import Answer
from bot.door.texts import Texts
from bot.incoming import Body
from directory.model import Language
from directory.text.catalogue import say
from tests.conftest import in_a_loop

from aiohttp import web  # isort: skip

MANY = 60
TOLD = {"messages": [{"text": "Food near Modesto", "custom": {"v": 1, "kind": "smalltalk"}}], "language": "en"}


class Crowd:
    """Many who text at once to a door whose assistant answers nobody until it is told to."""

    def __init__(self) -> None:
        self._goes_on = asyncio.Event()
        self._texts = Texts(self._forward, _no_body)

    async def _forward(self, path: str, sent: bytes, headers: Mapping[str, str], seconds: float) -> Answer | None:
        await self._goes_on.wait()
        return Answer(200, "application/json", json.dumps(TOLD).encode())

    async def text(self, words: str, number: int) -> list[str]:
        said = await self._texts.simulated(Body("session", words, "en", as_sms=True), f"web-{number}")
        return [message["text"] for message in said]

    async def play(self, many: int) -> tuple[list[list[str]], list[str], list[list[str]], list[str]]:
        """What the refused get, then one in danger; what the others get once it answers, and one who comes later."""
        jobs = [asyncio.create_task(self.text("food in Modesto", number)) for number in range(many)]
        refused, waiting = await asyncio.wait(jobs, timeout=3.0)
        danger = asyncio.create_task(self.text("I want to kill myself", many))
        await asyncio.wait({danger}, timeout=3.0)
        in_time = danger.done()
        self._goes_on.set()
        answered = [await job for job in waiting]
        told = await danger if in_time else []
        return [job.result() for job in refused], told, answered, await self.text("food in Modesto", many + 1)


async def _no_body(_: web.Request) -> bytes:
    return b""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))


def test_beyond_what_it_can_answer_each_is_told_at_once() -> None:
    refused, danger, answered, later = in_a_loop(Crowd().play(MANY))
    busy = say("sms.busy", Language.EN)
    assert len(refused) >= 10 and all(texts == [busy] for texts in refused)
    assert len(danger) == 2 and "988" in danger[0] and danger[1] == busy
    assert len(answered) == MANY - len(refused) and all(texts == ["Food near Modesto"] for texts in answered)
    assert later == ["Food near Modesto"], "there is room again"


def test_those_it_can_answer_are_not_refused() -> None:
    refused, _, answered, _ = in_a_loop(Crowd().play(30))
    assert not refused and all(texts == ["Food near Modesto"] for texts in answered)
