"""Whether somebody wants no texts, kept with the inbox's opt-outs; loaded with the first text, if one ever comes."""

from __future__ import annotations

import asyncio
import shutil
import time
from contextlib import suppress
from datetime import datetime, timezone

from bot.sms import moment
from bot.sms.lately import Lately
from directory import reserve, store
from directory.errors import PuenteError

__all__ = ["Kept", "Played"]

_AGAIN_SECONDS = 30.0
_CLOSE_SECONDS = 3.0
_FULL_BYTES = 1 << 20


class Kept:
    """Who wants no texts, as the inbox keeps it; what could not be kept is held in memory and tried again."""

    def __init__(self, again: float = _AGAIN_SECONDS) -> None:
        self._again = again
        self._unsaved: dict[str, str] = {}
        self._trying: asyncio.Task[None] | None = None

    async def is_out(self, who: str) -> bool:
        """Whether that one asked to stop.

        Where that cannot be read they are answered: they wrote, and Twilio itself holds back what goes to a number
        that said STOP to it.
        """
        from directory.inbox import opt_outs

        return who in self._unsaved or bool(await moment.done(lambda: opt_outs.is_out(who)))

    def is_unsaved(self, who: str) -> bool:
        """Whether that one asked to stop, and it could not be kept yet."""
        return who in self._unsaved

    async def out(self, who: str, how: str) -> bool:
        """Keeps that nothing goes to that one any more; whether it could be kept."""
        if await self._saved(who, how) or (_full() and reserve.spend(store.home()) and await self._saved(who, how)):
            return True
        self._unsaved[who] = how
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._try_again())
        return False

    async def back(self, who: str) -> bool:
        """Keeps that that one may be answered again; whether it could be kept."""
        from directory.inbox import opt_outs

        self._unsaved.pop(who, None)
        return await moment.done(lambda: opt_outs.back(who, _now())) is not None

    def close(self) -> None:
        """Tries a last time to keep what could not be kept."""
        limit = time.monotonic() + _CLOSE_SECONDS
        for who, how in self._unsaved.items():
            with suppress(PuenteError, OSError):
                if time.monotonic() < limit:
                    _out(who, how)

    async def _saved(self, who: str, how: str) -> bool:
        kept = await moment.done(lambda: _out(who, how)) is not None
        if kept:
            self._unsaved.pop(who, None)
        return kept

    async def _try_again(self) -> None:
        while self._unsaved:
            await asyncio.sleep(self._again)
            for who, how in [*self._unsaved.items()]:
                await self._saved(who, how)


class Played(Kept):
    """The same of phones that are only played: in memory, the oldest forgotten first."""

    def __init__(self) -> None:
        super().__init__()
        self._out: Lately[None] = Lately()

    async def is_out(self, who: str) -> bool:
        return who in self._out

    async def out(self, who: str, how: str) -> bool:
        self._out.note(who, None)
        return True

    async def back(self, who: str) -> bool:
        self._out.pop(who, None)
        return True


def _out(who: str, how: str) -> bool:
    from directory.inbox import opt_outs

    return opt_outs.out(who, how, _now())


def _full() -> bool:
    with suppress(OSError):
        return shutil.disk_usage(store.home()).free < _FULL_BYTES
    return False


def _now() -> datetime:
    return datetime.now(timezone.utc)
