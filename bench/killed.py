"""Kills each process of `puente up` while people write; counts what they got and the time until all was back.

    python -m bench.killed                five kills of each process
    python -m bench.killed --times 1      a look
    python -m bench.killed --save         and into its section of bench/RESULTS.md

People write by the clock (`--rate` a second), each message over a connection of its own, as phones do. A message
counts as answered; as told, when it got a fixed sentence (away, busy); or as cut, when its connection broke: the page
then says by itself that it did not go through and offers to send it again. Only where the supervisor itself is killed
is a refused connection tried again, because a service manager starts that one; here the measurement does.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psutil

from bench.generator import Message, Wire, judged, talks
from bench.results import options, tell
from bench.run import ROOT, environment, say

__all__ = ["Blow", "Up", "main", "running", "section"]

PARTS = ("door", "assistant", "desk", "supervisor")
_RATE = 10.0
_PATIENCE = 30.0
_LONGEST = 120.0
_CALM = 3.0


@dataclass
class Blow:
    """One kill: seconds until a person got any sentence again, until all was whole, and what came of the messages."""

    part: str
    sentence: float = 0.0
    whole: float = 0.0
    got: Counter[str] = field(default_factory=Counter)


class Up:
    """A `puente up` on a home and ports of its own."""

    def __init__(self, home: Path, *, demo: bool = True) -> None:
        self._home, self._demo = home, demo
        self.port, self._desk = _free(), _free()
        self.url = f"http://127.0.0.1:{self.port}/webhooks/web/"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "directory.cli", "up", "--port", str(self.port)]
        command += ["--demo"] if self._demo else []
        with (self._home / "up.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--desk-port", str(self._desk)],
                cwd=ROOT,
                env=environment(self._home),
                stdout=log,
                stderr=log,
            )

    def kill(self, part: str) -> None:
        """SIGKILL, as the kernel does it when memory is short; a supervisor is started again at once."""
        if part == "supervisor":
            self._process.kill()
            self._process.wait()
            self.start()
            return
        word = {"door": "bot.door"}.get(part, part)
        children = psutil.Process(self._process.pid).children()
        os.kill(next(child.pid for child in children if word in child.cmdline()), signal.SIGKILL)

    async def whole(self) -> bool:
        """Whether the assistant and the desk answer."""
        for port, path in ((self.port, "/webhooks/web/health"), (self._desk, "/")):
            if await _status(port, path) != 200:
                return False
        return True

    @property
    def cpu(self) -> float:
        """Seconds of a processor that all its processes have used."""
        process = psutil.Process(self._process.pid)
        times = [each.cpu_times() for each in (process, *process.children())]
        return float(sum(each.user + each.system for each in times))

    @property
    def memory(self) -> dict[str, float]:
        """Resident megabytes of each process."""
        process = psutil.Process(self._process.pid)
        found = {"supervisor": process.memory_info().rss / 1e6}
        for child in process.children():
            name = next(
                (part for part in PARTS if part in child.cmdline() or f"bot.{part}" in child.cmdline()), "other"
            )
            found[name] = child.memory_info().rss / 1e6
        return found

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


@contextmanager
def running(home: Path, *, demo: bool = True) -> Iterator[Up]:
    """A `puente up` on that home, stopped in the end."""
    up = Up(home, demo=demo)
    try:
        yield up
    finally:
        up.stop()


async def blow(up: Up, part: str, rate: float, chance: random.Random) -> Blow:
    """Kills that part once while people write, and waits until all is whole."""
    done = Blow(part)
    crowd: list[asyncio.Task[None]] = []
    stop = asyncio.Event()
    writing = asyncio.create_task(_write(up, part, rate, chance, stop, done, crowd))
    await asyncio.sleep(_CALM)
    began = time.monotonic()
    await asyncio.to_thread(up.kill, part)
    first = asyncio.create_task(_until(lambda: _said(up), began))
    await asyncio.sleep(0.3)
    done.whole = await _until(up.whole, began)
    done.sentence = await first
    await asyncio.sleep(_CALM)
    stop.set()
    await writing
    await asyncio.gather(*crowd)
    return done


async def _write(
    up: Up,
    part: str,
    rate: float,
    chance: random.Random,
    stop: asyncio.Event,
    done: Blow,
    crowd: list[asyncio.Task[None]],
) -> None:
    many = talks(chance)
    while not stop.is_set():
        language, talk = next(many)
        crowd.append(asyncio.create_task(_one(up, language, talk[0], again=part == "supervisor", done=done)))
        await asyncio.sleep(chance.expovariate(rate))


async def _one(up: Up, language: str, message: Message, *, again: bool, done: Blow) -> None:
    began = time.monotonic()
    while True:
        wire = Wire(up.url)
        try:
            kind = await asyncio.wait_for(_exchange(wire, language, message), _PATIENCE)
        except asyncio.TimeoutError:
            kind = "silence"
        except (OSError, EOFError, ValueError):
            kind = "cut"
        finally:
            with suppress(OSError):
                await wire.close()
        if kind != "cut" or not again or time.monotonic() - began > _LONGEST:
            break
        await asyncio.sleep(0.5)
    done.got["told" if kind in ("apology", "busy") else kind] += 1


async def _exchange(wire: Wire, language: str, message: Message) -> str:
    session = (await wire.post("session", {}))[1]["session"]
    body = {"session": session, "message": message.text, "language": language}
    return judged(message, *await wire.post("message", body))


async def _said(up: Up) -> bool:
    """Whether a person gets a sentence, any sentence."""
    wire = Wire(up.url)
    try:
        return (await asyncio.wait_for(wire.post("message", {"session": "x", "message": "hello"}), 5))[0] in (200, 401)
    except (OSError, EOFError, ValueError, asyncio.TimeoutError):
        return False
    finally:
        await wire.close()


async def _until(check: object, began: float) -> float:
    while not await check():  # type: ignore[operator]
        if time.monotonic() - began > _LONGEST:
            raise SystemExit("It did not come back; see up.txt in the home.")
        await asyncio.sleep(0.1)
    return time.monotonic() - began


async def _status(port: int, path: str) -> int | None:
    with suppress(OSError, ValueError, EOFError, asyncio.TimeoutError):
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return int((await asyncio.wait_for(reader.readuntil(b"\n"), 5)).split()[1])
        finally:
            writer.close()
    return None


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def section(blows: Sequence[Blow], memory: dict[str, float], rate: float, on: date) -> str:
    """The section of the page of results."""
    rows = [_row(part, [one for one in blows if one.part == part]) for part in PARTS]
    used = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in sorted(memory.items()))
    return f"""## Killed under load, {on.isoformat()}

`python -m bench.killed --save`: `kill -9` of each process of `puente up`, {len(blows) // len(PARTS)} times each, while
{rate:.0f} new people a second write one message each. "Told" is a fixed sentence with 911, 988 and 211; "cut" is a
connection that broke, where the page itself says so and offers to send it again.

| killed | a sentence again, s | all whole again, median / most s | answered | told | cut | anything else |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

The aim is all whole within 20 s and no message without an answer or a sentence. A supervisor is started again at once
by the measurement, as systemd does, and who is refused meanwhile tries again. Resident memory, MB: {used}; in all
{sum(memory.values()):.0f}.
"""


def _row(part: str, blows: Sequence[Blow]) -> str:
    got: Counter[str] = sum((one.got for one in blows), Counter())
    whole = [one.whole for one in blows] or [0.0]
    rest = {kind: count for kind, count in got.items() if kind not in ("answer", "told", "cut")}
    other = ", ".join(f"{kind} {count}" for kind, count in sorted(rest.items())) or "0"
    first = max((one.sentence for one in blows), default=0.0)
    times = f"{statistics.median(whole):.1f} / {max(whole):.1f}"
    return f"| {part} | {first:.1f} | {times} | {got['answer']} | {got['told']} | {got['cut']} | {other} |"


async def _measured(up: Up, times: int, rate: float) -> list[Blow]:
    chance = random.Random(11)
    await _until(up.whole, time.monotonic())
    blows = []
    for number in range(times):
        for part in PARTS:
            blows.append(await blow(up, part, rate, chance))
            say(f"{number + 1}: {part} {blows[-1].whole:.1f} s {json.dumps(blows[-1].got)}")
    return blows


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--times", type=int, default=5, help="how often each process is killed")
    parser.add_argument("--rate", type=float, default=_RATE, help="messages a second")
    wanted = parser.parse_args(arguments)
    os.environ.setdefault("PUENTE_MODELS", str(ROOT / "var" / "models"))
    with tempfile.TemporaryDirectory(prefix="puente-killed-") as folder, running(Path(folder)) as up:
        blows = asyncio.run(_measured(up, wanted.times, wanted.rate))
        text = section(blows, up.memory, wanted.rate, date.today())
    tell(text, keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
