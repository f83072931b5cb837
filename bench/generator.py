"""People who write to the assistant by the clock and not by its answers: an open loop, in a process of its own.

    python -m bench.generator < plan.json > outcome.json

A plan has the fields of `Plan`. Messages come by chance, `rate` a second on average, whether the ones before were
answered or not. Each is written by one of the people, who goes on with their talk of `talks.yml` and at its end begins
another with a new session. A person stays with one of the `urls`. The time of an answer counts from the moment its
message was due, so that a late generator makes nothing look better.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bench.make_listings import COUNTIES
from bench.search import ZIPS
from bot import sentences
from bot.messages import project

__all__ = ["Message", "Outcome", "Plan", "Wire", "judged", "talks"]

PATIENCE_SECONDS = 30.0
_SECONDS_BETWEEN = 8.0
"""How long a person takes from one message to the next, on average."""


@dataclass(frozen=True)
class Plan:
    """What is sent where: messages a second for that long; what is due in the first `warm` seconds is not timed."""

    urls: tuple[str, ...]
    rate: float
    seconds: float
    warm: float = 0.0
    seed: int = 1


@dataclass(frozen=True)
class Message:
    """One line of a talk; `danger` where its answer must name a line to call."""

    text: str
    danger: bool = False


@dataclass
class Outcome:
    """Milliseconds of the answers and of the refusals, what went wrong by kind, and how late we were to send."""

    answers: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)


def talks(chance: random.Random) -> Iterator[tuple[str, list[Message]]]:
    """Talks without end, each with its language: all of them in an order by chance, then all again."""
    kept = [(language, talk) for language, many in _file().items() for talk in many]
    places = (*(city for city, *_ in COUNTIES.values()), *ZIPS)
    while True:
        for language, talk in chance.sample(kept, len(kept)):
            place = chance.choice(places)
            yield language, [_message(line, place) for line in talk]


@cache
def _file() -> dict[str, list[list[Any]]]:
    loaded: dict[str, list[list[Any]]] = yaml.safe_load(Path(__file__).with_name("talks.yml").read_text("utf-8"))
    return loaded


def _message(line: Any, place: str) -> Message:
    danger = isinstance(line, dict)
    return Message(str(line["danger"] if danger else line).replace("{place}", place), danger)


class Wire:
    """HTTP to one server over connections that stay open; a new one where none is idle."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port, self._path = str(parts.hostname), int(parts.port or 80), parts.path
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        """The status and the JSON that came back; OSError, EOFError or ValueError when it was no answer."""
        sent = json.dumps(body).encode()
        head = f"POST {self._path}{path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(sent)}\r\n\r\n"
        while self._idle:
            try:
                return await self._exchange(*self._idle.pop(), head.encode() + sent)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                # The server closed it while it was idle: a browser, too, takes another then.
                if getattr(error, "partial", b""):
                    raise
        return await self._exchange(*await asyncio.open_connection(self._host, self._port), head.encode() + sent)

    async def close(self) -> None:
        """Closes what is idle."""
        for _, writer in self._idle:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        self._idle.clear()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes
    ) -> tuple[int, Any]:
        try:
            writer.write(sent)
            told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(told.partition("content-length:")[2].partition("\r\n")[0])
            came = json.loads(await reader.readexactly(length))
        except BaseException:
            writer.close()
            raise
        self._idle.append((reader, writer))
        return int(told.split(None, 2)[1]), came


def judged(message: Message, status: int, body: Any) -> str:
    """What an answer is: `answer`, `busy`, or what is wrong with it."""
    if status == 503 and body.get("code") == "busy":
        told = " ".join(body["error"].values())
        return "busy" if "911" in told and "988" in told else "danger unheard"
    if status != 200:
        return f"status {status}"
    texts = [str(part.get("text") or "") for part in body.get("messages") or ()]
    if not texts or not all(texts):
        return "empty"
    if any(text.startswith(apology) for text in texts for apology in _apologies()):
        return "apology"  # the clinic's number may stand after it
    heard = not message.danger or any("911" in text for text in texts)
    return "answer" if heard else "danger unheard"


@cache
def _apologies() -> frozenset[str]:
    failed = (project.messages(language)["utter_failed"]["text"] for language in sentences.both("away"))
    return frozenset({*sentences.both("away").values(), *failed})


class Person:
    """Who writes one talk after the other, each with a session of its own, always to the same server."""

    def __init__(self, wire: Wire, many: Iterator[tuple[str, list[Message]]]) -> None:
        self.wire = wire
        self._many = many
        self._left: list[Message] = []
        self._session = ""
        self._language = "en"
        self._beginning = asyncio.Lock()

    async def next(self) -> tuple[Message, dict[str, str]]:
        """The next message and the body that carries it."""
        async with self._beginning:
            if not self._left:
                self._session = str((await self.wire.post("session", {}))[1]["session"])
                self._language, self._left = next(self._many)
        message, self._left = self._left[0], self._left[1:]
        return message, {"session": self._session, "message": message.text, "language": self._language}


class Generator:
    """Carries out one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = random.Random(plan.seed)
        many = talks(self._chance)
        self._wires = wires = [Wire(url) for url in plan.urls]
        count = max(len(wires), int(plan.rate * _SECONDS_BETWEEN))
        self._people = [Person(wires[number % len(wires)], many) for number in range(count)]
        self._outcome = Outcome()
        self._wrong: Counter[str] = Counter()

    async def run(self) -> Outcome:
        """Sends everything when it is due and waits for the last answers."""
        began = time.perf_counter()
        end = began + self._plan.warm + self._plan.seconds
        due, tasks = began, []
        while (due := due + self._chance.expovariate(self._plan.rate)) < end:
            if (ahead := due - time.perf_counter()) > 0:
                await asyncio.sleep(ahead)
            timed = due >= began + self._plan.warm
            tasks.append(asyncio.create_task(self._one(self._chance.choice(self._people), due, timed)))
        await asyncio.gather(*tasks)
        for wire in self._wires:
            await wire.close()
        self._outcome.wrong = dict(self._wrong)
        return self._outcome

    async def _one(self, person: Person, due: float, timed: bool) -> None:
        try:
            kind = await asyncio.wait_for(self._said(person, due), PATIENCE_SECONDS)
        except asyncio.TimeoutError:
            kind = "silence"
        except (OSError, ValueError, EOFError) as error:
            kind = type(error).__name__
        took = (time.perf_counter() - due) * 1000
        if kind not in ("answer", "busy"):
            self._wrong[kind] += 1
        elif timed:
            (self._outcome.answers if kind == "answer" else self._outcome.refusals).append(took)

    async def _said(self, person: Person, due: float) -> str:
        message, body = await person.next()
        self._outcome.late.append((time.perf_counter() - due) * 1000)
        return judged(message, *await person.wire.post("message", body))


def main() -> None:
    plan = json.load(sys.stdin)
    outcome = asyncio.run(Generator(Plan(**{**plan, "urls": tuple(plan["urls"])})).run())
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
