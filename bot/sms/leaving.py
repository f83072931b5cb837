"""Whether somebody wants no texts, kept with the inbox's opt-outs; loaded with the first text, if one ever comes."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timezone
from typing import TypeVar

from directory import logs
from directory.errors import PuenteError

__all__ = ["Kept", "Played"]

logger = logging.getLogger(__name__)
T = TypeVar("T")
_REMEMBERED = 10_000


class Kept:
    """Who wants no texts, as the inbox keeps it."""

    async def is_out(self, who: str) -> bool:
        """Whether that one asked to stop.

        Where that cannot be read they are answered: they wrote, and Twilio itself holds back what goes to a number
        that said STOP to it.
        """
        from directory.inbox import opt_outs

        return bool(await _tried(lambda: opt_outs.is_out(who)))

    async def out(self, who: str, how: str) -> bool:
        """Keeps that nothing goes to that one any more; whether it could be kept."""
        from directory.inbox import opt_outs

        return await _tried(lambda: opt_outs.out(who, how, _now())) is not None

    async def back(self, who: str) -> bool:
        """Keeps that that one may be answered again; whether it could be kept."""
        from directory.inbox import opt_outs

        return await _tried(lambda: opt_outs.back(who, _now())) is not None


class Played(Kept):
    """The same of phones that are only played: in memory, the oldest forgotten first."""

    def __init__(self) -> None:
        self._out: OrderedDict[str, None] = OrderedDict()

    async def is_out(self, who: str) -> bool:
        return who in self._out

    async def out(self, who: str, how: str) -> bool:
        self._out[who] = None
        if len(self._out) > _REMEMBERED:
            self._out.popitem(last=False)
        return True

    async def back(self, who: str) -> bool:
        self._out.pop(who, None)
        return True


async def _tried(work: Callable[[], T]) -> T | None:
    """In a thread: the file may be a database on another machine, and nobody else waits for it."""
    try:
        return await asyncio.to_thread(work)
    except (PuenteError, OSError) as error:
        logs.event(logger, "sms.opt_outs.failed", level=logging.ERROR, error=error)
        return None


def _now() -> datetime:
    return datetime.now(timezone.utc)
