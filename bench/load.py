"""Measures Puente's assistant under the load of many people, over 100,000 invented listings, by one process and by two.

    python -m bench.load                  the tables: alone, a long conversation, 50 messages a second, more and more
    python -m bench.load --quick          the same in short turns (two minutes)
    python -m bench.load --save           and into its section of bench/RESULTS.md

Messages come by the clock (bench/generator.py), from a process of its own on the same machine. With two processes each
conversation stays with one of them, because the generator keeps a person at one address; Puente itself starts one.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import psutil

from bench.generator import Message, Outcome, Plan, Wire, judged, talks
from bench.load_report import LISTINGS, RATE, Figures, Step, saturation, section
from bench.results import options, tell
from bench.run import ROOT, environment, run, say, wait_for

__all__ = ["main"]

_PORT = 5915
_STEP = 1.2
_BEYOND = 2.0


@dataclass(frozen=True)
class Lengths:
    """How long each part is measured: talks, long conversations, seconds."""

    talks: int
    long: int
    steady: float
    step: float
    warm: float


FULL = Lengths(talks=160, long=5, steady=60.0, step=20.0, warm=8.0)
QUICK = Lengths(talks=32, long=2, steady=20.0, step=6.0, warm=4.0)


class Server:
    """One assistant process, as `puente up` starts it, without the limit on how fast one session writes."""

    def __init__(self, home: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/webhooks/web/"
        self._log = home / f"{port}.log"
        with self._log.open("wb") as log:
            command = [sys.executable, "-m", "bench.serve", str(port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=log, stderr=log)
        self._watched = psutil.Process(self.process.pid)

    def ready(self) -> None:
        wait_for(self.url, self._log, self.process)

    @property
    def cpu(self) -> float:
        """Seconds of a processor that it has used."""
        times = self._watched.cpu_times()
        return float(times.user + times.system)

    @property
    def memory(self) -> float:
        return float(self._watched.memory_info().rss / 1e6)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@contextmanager
def servers(home: Path, number: int) -> Iterator[list[Server]]:
    """That many assistants over one home, warm."""
    with ExitStack() as stack:
        running = [Server(home, _PORT + index) for index in range(number)]
        for one in running:
            stack.callback(one.stop)
        for one in running:
            one.ready()
        for one in running:
            asyncio.run(_talk(one.url, 32, seed=7))
        yield running


def measure(home: Path, lengths: Lengths) -> Figures:
    steps: dict[int, list[Step]] = {}
    memory: dict[int, float] = {}
    with servers(home, 1) as one:
        say("One person after the other ...")
        alone = asyncio.run(_talk(one[0].url, lengths.talks, seed=3))
        tenth, hundredth = asyncio.run(_long(one[0].url, lengths.long))
        say(f"{RATE:.0f} messages a second for {lengths.steady:.0f} s ...")
        steady = step(one, RATE, lengths.steady, lengths.warm)
        steps[1] = climb(one, lengths, RATE)
        memory[1] = sum(server.memory for server in one)
    with servers(home, 2) as two:
        steps[2] = climb(two, lengths, saturation(steps[1]))
        memory[2] = sum(server.memory for server in two)
    return Figures(alone, tenth, hundredth, steady, steps, memory)


def climb(running: Sequence[Server], lengths: Lengths, rate: float) -> list[Step]:
    """More and more messages a second until it does not hold, then twice what held."""
    done: list[Step] = []
    while not done or done[-1].held:
        say(f"{len(running)} process(es), {rate:.0f} messages a second ...")
        done.append(step(running, rate, lengths.step, lengths.warm))
        rate *= _STEP
    while not any(one.held for one in done) and rate > 5:  # it began too high
        rate = done[0].rate / _STEP
        done.insert(0, step(running, rate, lengths.step, lengths.warm))
    done.append(step(running, saturation(done) * _BEYOND, lengths.step, lengths.warm))
    return done


_seeds = count(10)


def step(running: Sequence[Server], rate: float, seconds: float, warm: float) -> Step:
    """One rate for that long."""
    plan = Plan(tuple(server.url for server in running), rate, seconds, warm, next(_seeds))
    used, idle = sum(server.cpu for server in running), psutil.cpu_times().idle
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.generator"], input=json.dumps(asdict(plan)), cwd=ROOT, capture_output=True,
        text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    outcome = Outcome(**json.loads(done.stdout))
    ours = sum(server.cpu for server in running) - used
    took = (time.perf_counter() - began) * (psutil.cpu_count() or 1)
    children = rate * (seconds + warm) * _GENERATOR_SECONDS
    others = max(0.0, took - (psutil.cpu_times().idle - idle) - ours - children) / took
    return Step(rate, outcome, ours / max(len(outcome.late), 1) * 1000, others)


_GENERATOR_SECONDS = 0.001
"""What the generator itself uses for a message, about."""


async def _talk(url: str, number: int, *, seed: int) -> list[float]:
    """Milliseconds of each answer of that many talks, one after the other."""
    wire, took = Wire(url), []
    for _, (language, talk) in zip(range(number), talks(random.Random(seed)), strict=False):
        session = str((await wire.post("session", {}))[1]["session"])
        for message in talk:
            took.append(await _timed(wire, session, message, language))
    await wire.close()
    return took


async def _long(url: str, number: int) -> tuple[list[float], list[float]]:
    """The same words as messages 10 to 19 and as messages 100 to 109 of one conversation, turn about."""
    wire = Wire(url)
    early, late = [], []
    for index in range(number):
        many = talks(random.Random(index))
        said = [(language, message) for language, talk in (next(many) for _ in range(6)) for message in talk][:30]
        session = str((await wire.post("session", {}))[1]["session"])
        took = [
            await _timed(wire, session, message, language)
            for language, message in (*said[:9], *said[9:19], *(said * 4)[:80], *said[9:19])
        ]
        early += took[9:19]
        late += took[99:109]
    await wire.close()
    return early, late


async def _timed(wire: Wire, session: str, message: Message, language: str) -> float:
    body = {"session": session, "message": message.text, "language": language}
    began = time.perf_counter()
    kind = judged(message, *await wire.post("message", body))
    took = (time.perf_counter() - began) * 1000
    if kind != "answer":
        raise SystemExit(f"{message} was not answered: {kind}")
    return took


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--quick", action="store_true", help="short turns")
    parser.add_argument("--home", type=Path, help="a folder to keep the listings in between two runs")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="puente-load-") as folder:
        home = wanted.home or Path(folder)
        if not (home / "directory.db").exists():
            say(f"Writing {LISTINGS:,} invented listings ...")
            made = [str(home / "directory.db"), "--listings", str(LISTINGS), "--quiet"]
            run([sys.executable, "-m", "bench.make_listings", *made], home)
        os.environ.setdefault("PUENTE_MODELS", str(ROOT / "var" / "models"))
        run([sys.executable, "-m", "directory.cli", "train"], home)
        text = section(measure(home, QUICK if wanted.quick else FULL))
    tell(text, keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
