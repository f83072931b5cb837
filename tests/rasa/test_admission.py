"""Whom the gate lets in, by invented turns and an invented clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from bot.admission import Bounds, Gate


class Load:
    """Invented turns before a gate: each begins when it is let in, and ends when the test says so."""

    def __init__(self, **bounds: float) -> None:
        self.clock = 0.0
        self.gate = Gate(Bounds(**bounds), now=lambda: self.clock)  # type: ignore[arg-type]
        self.begun: list[str] = []
        self.refused: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def comes(self, *names: str, danger: bool = False) -> None:
        """Turns come in that order; `a2` is the second of conversation `a`."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._turn(name, danger))
            await _settled()

    async def _turn(self, name: str, danger: bool) -> None:
        async with self.gate.turn(name[0], lambda: danger) as admitted:
            (self.begun if admitted else self.refused).append(name)
            if admitted:
                await self._ends[name].wait()

    async def ends(self, *names: str, after: float = 0.0, until: Callable[[], bool] = lambda: False) -> None:
        for name in names:
            self.clock += after
            self._ends[name].set()
            await _settled(until)

    async def goes_away(self, name: str) -> None:
        self._tasks[name].cancel()
        await _settled()


@dataclass(frozen=True)
class Outcome:
    """Who was let in and who was not when the story ended, and how many were still in line."""

    begun: str
    refused: str
    in_line: int
    counted: int


async def _settled(until: Callable[[], bool] = lambda: False) -> None:
    for _ in range(6):
        if not until():
            await asyncio.sleep(0)


def loaded(story: Callable[[Load], Awaitable[None]], **bounds: float) -> Outcome:
    async def told() -> Outcome:
        load = Load(**bounds)
        await story(load)
        return Outcome(" ".join(load.begun), " ".join(load.refused), load.gate.waiting, load.gate.refused)

    # In a thread of its own: a browser's tests before this one leave a loop running in theirs.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, told()).result()


async def _more_than_fit(load: Load) -> None:
    await load.comes(*"abcdefg")


async def _in_order(load: Load) -> None:
    await load.comes(*"abcd")
    await load.ends(*"abcd")


async def _danger_first(load: Load) -> None:
    await load.comes(*"abcdef")
    await load.comes("x", danger=True)
    await load.ends("a")


async def _one_person_twice(load: Load) -> None:
    await load.comes("a1", "b1", "a2", "c1")
    await load.ends("b1")
    await load.ends("a1")


async def _gone_while_waiting(load: Load) -> None:
    await load.comes(*"abcd")
    await load.goes_away("c")
    await load.ends("a")


async def _gone_while_answered(load: Load) -> None:
    await load.comes(*"abc")
    await load.goes_away("a")


async def _gone_as_it_is_let_in(load: Load) -> None:
    await load.comes(*"abcd")
    await load.ends("a", until=lambda: load.gate.waiting == 1)
    await load.goes_away("c")


async def _slower_than_thought(load: Load) -> None:
    await load.comes(*"ab")
    for name in "cdefghijk":
        await load.ends(*load.begun[-2:-1], after=0.9)
        await load.comes(name)
    await load.comes(*"mno")


async def _nothing_moves(load: Load) -> None:
    await load.comes(*"ab")
    load.clock += 2.0
    await load.comes("c")
    await load.comes("x", danger=True)


@pytest.mark.parametrize(
    ("story", "begun", "refused"),
    [
        # At a pace of 0.3 s, four may wait within a second: the first after no time, the fourth after 0.9.
        (_more_than_fit, "a b", "g"),
        (_in_order, "a b c d", ""),
        (_danger_first, "a b x", ""),
        (_one_person_twice, "a1 b1 c1 a2", ""),
        (_gone_while_waiting, "a b d", ""),
        (_gone_while_answered, "a b c", ""),
        (_gone_as_it_is_let_in, "a b d", ""),
        (_nothing_moves, "a b", "c x"),
    ],
)
def test_who_is_let_in(story: Callable[[Load], Awaitable[None]], begun: str, refused: str) -> None:
    outcome = loaded(story, at_once=2, soon=1.0, pace=0.3)
    assert (outcome.begun, outcome.refused) == (begun, refused)
    assert outcome.counted == len(refused.split())


def test_fewer_are_let_in_line_when_turns_take_longer() -> None:
    quick = loaded(_more_than_fit, at_once=2, soon=1.0, pace=0.01)
    slow = loaded(_slower_than_thought, at_once=2, soon=1.0, pace=0.01)
    assert (quick.refused, quick.in_line) == ("", 5)
    assert (slow.refused, slow.in_line) == ("o", 2)


def test_nobody_waits_longer_than_the_bound_while_nothing_moves() -> None:
    async def waits(load: Load) -> None:
        await load.comes(*"abc")
        while load.gate.waiting:
            await asyncio.sleep(0.001)

    assert loaded(waits, at_once=2, soon=9.0, longest=0.01).refused == "c"
