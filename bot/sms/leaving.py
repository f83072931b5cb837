"""Whether somebody wants no texts, kept with the inbox's opt-outs; loaded with the first text, if one ever comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timezone
from typing import TypeVar

from directory import logs
from directory.errors import PuenteError

__all__ = ["back", "is_out", "out"]

logger = logging.getLogger(__name__)
T = TypeVar("T")


async def is_out(who: str) -> bool:
    """Whether that one asked to stop.

    Where that cannot be read they are answered: they wrote, and Twilio itself holds back what goes to a number that
    said STOP to it.
    """
    from directory.inbox import opt_outs

    return bool(await _tried(lambda: opt_outs.is_out(who)))


async def out(who: str, how: str) -> bool:
    """Keeps that nothing goes to that one any more; whether it could be kept."""
    from directory.inbox import opt_outs

    return await _tried(lambda: opt_outs.out(who, how, _now())) is not None


async def back(who: str) -> bool:
    """Keeps that that one may be answered again; whether it could be kept."""
    from directory.inbox import opt_outs

    return await _tried(lambda: opt_outs.back(who, _now())) is not None


async def _tried(work: Callable[[], T]) -> T | None:
    """In a thread: the file may be a database on another machine, and nobody else waits for it."""
    try:
        return await asyncio.to_thread(work)
    except (PuenteError, OSError) as error:
        logs.event(logger, "sms.opt_outs.failed", level=logging.ERROR, error=error)
        return None


def _now() -> datetime:
    return datetime.now(timezone.utc)
