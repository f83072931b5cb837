"""What the door costs: the same talks through the door and straight to the assistant behind it, by turns, in one run.

    python -m bench.door             200 talks each way
    python -m bench.door --talks 20  a look
    python -m bench.door --save      and into its section of bench/RESULTS.md

One person at a time writes over a connection that stays open, so what is measured is the way and not a queue.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.generator import Message, Wire, talks
from bench.killed import Up, running
from bench.results import options, tell
from bench.run import ROOT
from directory.running import running as alive

__all__ = ["main", "section"]

WAYS = ("straight", "through the door")
_PAUSE = 0.02
"""Seconds between two messages: nobody is to be told that they write too fast."""


async def measured(up: Up, many: int) -> Mapping[str, Sequence[float]]:
    """Milliseconds of each answer by its way; every talk is held once on each, in changing order."""
    wires = {WAYS[0]: Wire(_straight()), WAYS[1]: Wire(up.url)}
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    made = talks(random.Random(7))
    for number in range(many):
        language, talk = next(made)
        for way in WAYS if number % 2 else reversed(WAYS):
            found[way] += await _held(wires[way], language, talk)
    for wire in wires.values():
        await wire.close()
    return found


def _straight() -> str:
    now = alive()
    if now is None:
        raise SystemExit("No `puente up` is alive on this home.")
    return f"http://127.0.0.1:{now.ports['assistant']}/webhooks/web/"


async def _held(wire: Wire, language: str, talk: Sequence[Message]) -> list[float]:
    session = (await wire.post("session", {}))[1]["session"]
    times = []
    for message in talk[:8]:
        began = time.perf_counter()
        status, _ = await wire.post("message", {"session": session, "message": message.text, "language": language})
        if status != 200:
            raise SystemExit(f"A message was answered with {status}; nothing is measured that way.")
        times.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(_PAUSE)
    return times


def section(found: Mapping[str, Sequence[float]], on: date) -> str:
    """The section of the page of results."""
    rows = [
        f"| {way} | {len(found[way])} | {statistics.median(found[way]):.1f} | {_ninety_five(found[way]):.1f} |"
        for way in WAYS
    ]
    ratio = statistics.median(found[WAYS[1]]) / statistics.median(found[WAYS[0]])
    return f"""## What the door costs, {on.isoformat()}

`python -m bench.door --save`: the same talks on the demo directory, one person at a time, both ways by turns.

| way | messages | p50, ms | p95, ms |
|---|---|---|---|
{chr(10).join(rows)}

Through the door the median answer takes {ratio:.2f} times as long.
"""


def _ninety_five(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


async def _ready(up: Up) -> None:
    limit = time.monotonic() + 600
    while not await up.whole():
        if time.monotonic() > limit:
            raise SystemExit("It did not start; see up.txt in the home.")
        await asyncio.sleep(0.3)


async def _all(up: Up, many: int) -> Mapping[str, Sequence[float]]:
    await _ready(up)
    return await measured(up, many)


def main(arguments: list[str] | None = None) -> int:
    parser = options(__doc__)
    parser.add_argument("--talks", type=int, default=200, help="talks on each way")
    wanted = parser.parse_args(arguments)
    os.environ.setdefault("PUENTE_MODELS", str(ROOT / "var" / "models"))
    with tempfile.TemporaryDirectory(prefix="puente-door-") as folder, running(Path(folder)) as up:
        os.environ["PUENTE_HOME"] = folder
        found = asyncio.run(_all(up, wanted.talks))
    tell(section(found, date.today()), keep=wanted.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
