"""Work on the inbox in a thread, for which nobody waits longer than a moment: its file may be locked, or far away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from directory import logs
from directory.errors import PuenteError

__all__ = ["SECONDS", "done"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

SECONDS = 1.5
"""Twice this and the assistant's time fit into the fifteen seconds that Twilio waits."""
_going: set[asyncio.Future[Any]] = set()


async def done(work: Callable[[], T]) -> T | None:
    """What that work gives; None where it fails or takes longer, and then it goes on by itself."""
    going: asyncio.Future[T] = asyncio.ensure_future(asyncio.to_thread(work))
    _going.add(going)
    going.add_done_callback(_ended)
    await asyncio.wait({going}, timeout=SECONDS)
    if not going.done():
        logs.event(logger, "sms.inbox.slow", level=logging.ERROR)
        return None
    return None if going.exception() else going.result()


def _ended(going: asyncio.Future[T]) -> None:
    _going.discard(going)
    error = None if going.cancelled() else going.exception()
    if isinstance(error, PuenteError | OSError):
        logs.event(logger, "sms.inbox.failed", level=logging.ERROR, error=error)
    elif error is not None:
        logs.event(logger, "sms.inbox.broken", level=logging.ERROR, error=error)
