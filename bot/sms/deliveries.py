"""Each text message is answered once, however often Twilio delivers it.

A delivery that comes again while the first is under way waits for it, and gets the answer only where the first one's
connection is gone; one that comes after an answer went out whole gets nothing more. An answer that could be given to
nobody is held in memory for a while: Twilio tries again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.sms import twiml
from bot.sms.given import Given

__all__ = ["Deliveries"]

_HOLD_SECONDS = 120.0
_MOST_HELD = 1000
Make = Callable[[], Awaitable[bytes]]
Write = Callable[[bytes], Awaitable[bool]]


@dataclass(eq=False)
class _Delivery:
    ids: tuple[str, ...]
    answer: asyncio.Task[bytes]
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    given: bool = False


class Deliveries:
    """What is under way, over the file of what was given."""

    def __init__(self, given: Given, hold: float = _HOLD_SECONDS) -> None:
        self._given = given
        self._hold = hold
        self._under_way: dict[str, _Delivery] = {}

    async def deliver(self, ids: tuple[str, ...], make: Make, write: Write) -> None:
        """Has the answer made, once for those ids, and written; `write` says whether it went out whole."""
        if not ids:
            await write(await make())
            return
        if self._given.holds(ids):
            await write(twiml.NOTHING)
            return
        one = self._of(ids, make)
        body = await asyncio.shield(one.answer)
        async with one.writing:
            if one.given:
                await write(twiml.NOTHING)
                return
            one.given = await write(body)
        if one.given:
            self._given.note(one.ids)
            self._forget(one)

    def _of(self, ids: tuple[str, ...], make: Make) -> _Delivery:
        for id in ids:
            if id in self._under_way:
                return self._under_way[id]
        one = _Delivery(ids, asyncio.ensure_future(make()))
        for id in ids:
            self._under_way[id] = one
        while len(self._under_way) > _MOST_HELD and (done := self._oldest_done()):
            self._forget(done)
        asyncio.get_running_loop().call_later(self._hold, self._forget, one)
        return one

    def _oldest_done(self) -> _Delivery | None:
        return next((one for one in self._under_way.values() if one.answer.done() and not one.writing.locked()), None)

    def _forget(self, one: _Delivery) -> None:
        for id in one.ids:
            if self._under_way.get(id) is one:
                del self._under_way[id]
