"""How many turns the assistant takes on: what it cannot begin soon it refuses at once, and danger never waits in line.

A process answers one turn after the other. When more messages come than it can answer, waiting only grows, until
everybody waits longer than they look at a screen. So a turn waits only while the measured pace lets it begin within a
bound; past that the person hears at once that there are too many, and may try again. One gate stands before all
channels of a process, because they share its processor.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from directory import logs

__all__ = ["Bounds", "Gate"]

logger = logging.getLogger(__name__)

_WEIGHT = 0.1
_TELL_SECONDS = 60.0


@dataclass(frozen=True)
class Bounds:
    """`at_once` turns are worked on together; one more waits if it should begin within `soon` seconds.

    Nobody waits longer than `longest` for theirs to begin. `pace` is how many seconds a turn is thought to take before
    any was measured.
    """

    at_once: int = 4
    soon: float = 0.7
    longest: float = 1.5
    pace: float = 0.05


@dataclass(eq=False)
class _Waiter:
    conversation: str
    danger: bool
    let_in: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def decide(self, admitted: bool) -> None:
        if not self.let_in.done():
            self.let_in.set_result(admitted)


class Gate:
    """Lets turns in, one at a time for each conversation and in order; `now` counts seconds."""

    def __init__(self, bounds: Bounds | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._bounds = bounds or Bounds()
        self._now = now
        self._running: set[str] = set()
        self._waiting: list[_Waiter] = []
        self._pace = self._bounds.pace
        self._moved = now()
        self._told = -_TELL_SECONDS
        self.refused = 0

    @property
    def waiting(self) -> int:
        """How many wait for their turn to begin."""
        return len(self._waiting)

    @asynccontextmanager
    async def turn(self, conversation: str, danger: Callable[[], bool] = lambda: False) -> AsyncIterator[bool]:
        """Holds a place for one turn while it is worked on; yields False at once where there is none to be had.

        `danger` says whether the message speaks of one, and is asked only when somebody has to wait.
        """
        admitted = await self._admitted(conversation, danger)
        if not admitted:
            self._count_refused()
            yield False
            return
        began = self._now()
        try:
            yield True
        finally:
            self._leave(conversation, began)

    async def _admitted(self, conversation: str, danger: Callable[[], bool]) -> bool:
        if self._free() and conversation not in self._running:
            self._enter(conversation)
            return True
        waiter = _Waiter(conversation, danger())
        if self._wait(waiter) > self._bounds.soon:
            return False
        return await self._in_line(waiter)

    def _free(self) -> bool:
        return len(self._running) < self._bounds.at_once

    def _wait(self, waiter: _Waiter) -> float:
        """How long that one would wait, in seconds: those before them at the measured pace, or since nothing moves."""
        before = sum(other.danger for other in self._waiting) if waiter.danger else len(self._waiting)
        still = 0.0 if self._free() else self._now() - self._moved
        return max(before * self._pace, still)

    async def _in_line(self, waiter: _Waiter) -> bool:
        # Who waits for the answer to a message of their own is not told of too many others.
        own = waiter.conversation in self._running
        self._waiting.append(waiter)
        loop = asyncio.get_running_loop()
        patience = None if own else loop.call_later(self._bounds.longest, waiter.decide, False)
        try:
            return await waiter.let_in
        except asyncio.CancelledError:
            if waiter.let_in.done() and not waiter.let_in.cancelled() and waiter.let_in.result():
                self._leave(waiter.conversation, self._now())
            raise
        finally:
            if patience:
                patience.cancel()
            if waiter in self._waiting:
                self._waiting.remove(waiter)

    def _enter(self, conversation: str) -> None:
        self._moved = self._now()
        self._running.add(conversation)

    def _leave(self, conversation: str, began: float) -> None:
        now = self._now()
        took = min(now - max(self._moved, began), self._bounds.longest)
        self._pace += _WEIGHT * (took - self._pace)
        self._moved = now
        self._running.discard(conversation)
        while self._free() and (waiter := self._next()):
            self._waiting.remove(waiter)
            self._enter(waiter.conversation)
            waiter.decide(True)

    def _next(self) -> _Waiter | None:
        """Who comes next: danger first, then who waits longest, of those whose conversation is not being answered."""
        ready = [
            waiter for waiter in self._waiting if waiter.conversation not in self._running and not waiter.let_in.done()
        ]
        return next((waiter for waiter in ready if waiter.danger), ready[0] if ready else None)

    def _count_refused(self) -> None:
        self.refused += 1
        now = self._now()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            logs.event(logger, "gate.busy", level=logging.WARNING, waiting=len(self._waiting),
                       pace_ms=round(self._pace * 1000), refused=self.refused)  # fmt: skip
